"""Going beyond a budget for an hour: asked for by whoever is over it, granted by a second person."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from flask import abort
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.store import approvals
from app.store.base import now
from app.store.budgets import Allowance, Kind
from app.store.works import Work
from app.web.context import desk
from app.web.page import EVERYONE
from app.web.rees46 import About, new_act, noted
from app.web.safeguards.approval_rules import ALLOWANCE
from app.web.safeguards.budgets import LABELS
from app.web.safeguards.second_person import Review, facts_of, put, reviews_job
from app.web.shops import shop
from app.work.held_acts import let_out
from app.work.kinds import Progress, kind

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.store.acts import Act
    from app.web.rees46 import Ended

KIND = "budgets.allow"
FOR = timedelta(hours=1)


def kind_or_404(name: str) -> Kind:
    return next((one for one in Kind if one == name), None) or abort(404)


def ask(wanted: Kind, why: str) -> str:
    """Ask a second person; the key of what was asked is given."""
    act = new_act("budgets.Allow", shop(), About(reason=why), {"kind": wanted.value})
    work = Work(kind=KIND, subject="", total=1)
    with desk().writing() as db:
        put(db, work, act, shop(), ALLOWANCE)
        approval = approvals.of_act(db, act.id) or abort(409)
        work.subject = approval.key
        return approval.key


@reviews_job(KIND)
def review_allowance(_db: Session, _work: Work, act: Act) -> Review:
    """Which budget, and that it holds again after an hour."""
    wanted = Kind(act.asked["kind"])
    return Review([(str(LABELS[wanted]), _("the budget of the role"), _("any number, for an hour"))], facts_of(wanted))


@kind(
    KIND,
    label=_l("An hour beyond a budget"),
    page="approvals.show",
    needs=EVERYONE,
    is_repeatable=False,
    is_single=True,
)
def allow(work: Work) -> Progress:
    """Let whoever asked go beyond it from now on, in the transaction that ends the act."""

    def begin(row: Act) -> None:
        def ended(db: Session, _how: Ended) -> None:
            db.add(Allowance(person_id=work.person_id, kind=row.asked["kind"], until=now() + FOR, act_id=row.id))

        with noted("budgets.Allow", About(held=row.id, ended=ended)):
            pass

    return let_out(work, begin)
