"""Who may decide about what waits for a second person, and sending calls of which no page has work of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.rees46.catalogue import operation_named
from app.store import approvals
from app.store.approvals import Approval
from app.web.context import desk, settings
from app.web.page import ADMINS, STAFF
from app.web.rees46 import About, act
from app.web.safeguards.approval_rules import ALLOWANCE
from app.web.safeguards.second_person import PLAIN
from app.web.shops import shop
from app.web.sign_in.login import me
from app.work.held_acts import let_out
from app.work.kinds import KINDS, Progress, kind

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.store.acts import Act
    from app.store.people import Person, Role
    from app.store.works import Work

COUNTED = 100  # that are looked at for the number in the bar


@kind(PLAIN, label=_l("An approved call"), page="approvals.show", needs=STAFF, is_repeatable=False, is_single=True)
def send_approved(work: Work) -> Progress:
    """Send a call as it was written down when somebody asked for it."""
    with desk().reading() as db:
        here = select(Approval).where(Approval.key == work.subject, Approval.shop_id == work.shop_id)
        approval = db.scalars(here).one()

    def send(row: Act) -> None:
        operation = operation_named(row.what)
        if operation is None:
            raise LookupError(row.what)
        call = approval.call(settings().key)
        act(operation.from_form(call), About(held=row.id, asked=row.asked))

    return let_out(work, send)


def needs_of(approval: Approval) -> frozenset[Role]:
    """The roles that the act needs; a call that no page has work for is decided by administrators."""
    if approval.rule == ALLOWANCE:
        return STAFF
    return ADMINS if approval.kind == PLAIN else KINDS[approval.kind].needs


def may_decide(approval: Approval, person: Person) -> bool:
    """Whether a person may approve or refuse it: in a role that may do it, and nobody their own."""
    return approval.person_id != person.id and person.may_in(approval.shop_id, needs_of(approval))


def number_for_me(db: Session) -> int:
    """Count what waits in this shop for somebody like me."""
    found = db.scalars(approvals.waiting(shop().id).order_by(Approval.id.desc()).limit(COUNTED))
    return sum(may_decide(approval, me()) for approval in found)
