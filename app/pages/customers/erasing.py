"""Erasing a customer: whom that means at this desk, the call that makes them nameless, and the calls of the past."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from app import erasures
from app.rees46.profile import Purge
from app.store import brought_files, customer_traces, customers, erasing
from app.store.brought_files import BroughtFile
from app.store.customers import KnownCustomer
from app.store.exchanges import Exchange
from app.web.context import desk, settings
from app.web.customers.keys import KINDS, normal
from app.web.customers.lookup import find, read_profile
from app.web.customers.parse import Reading
from app.web.page import SUPPORT
from app.web.rees46 import About, Ended, act, noted
from app.web.shops import shop
from app.work.batches import batch_of, queue
from app.work.held_acts import let_out
from app.work.kinds import Progress, kind

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.rees46.profile import Profile
    from app.store.acts import Act
    from app.store.erasing import Key
    from app.store.works import Work

KIND, CALLS = "customers.erase", "customers.forget_calls"
AT_HAND = ("email", "phone", "loyalty_id")
MORE = {"email": "additional_emails", "phone": "additional_phones", "loyalty_id": "additional_loyalty_ids"}
ROWS = 5000  # of the request log that one part looks through
MARGIN = 100  # calls of this very erasure, which are written after it


@dataclass(frozen=True)
class Whom:
    """A person as this desk knows them: the keys that stand for them, and the contacts that lead to nobody else."""

    ids: set[int]
    contacts: list[Key]


def whom(customer: KnownCustomer, profile: Profile | None) -> Whom:
    """Gather who is meant. A former contact that is somebody else's by now stays theirs."""
    contacts = dict.fromkeys([(customer.kind, customer.value), *(_contacts(profile) if profile else [])])
    with desk().reading() as db:
        ids = {customer.id, *customers.met_as(db, customer.shop_id, list(contacts))}
        former = {one for number in ids for one in customer_traces.seen_with(db, number, AT_HAND, settings().key)}
    for contact in sorted(former - set(contacts)):
        owner = find(Reading(*contact))
        if owner is None or owner.customer.id in ids:
            contacts[contact] = None
    with desk().reading() as db:
        ids |= set(customers.met_as(db, customer.shop_id, list(contacts)))
    return Whom(ids, list(contacts))


def _contacts(profile: Profile) -> list[Key]:
    main = [(kind, value) for kind in KINDS if (value := getattr(profile, kind, None))]
    more = [(kind, value) for kind, name in MORE.items() for value in getattr(profile, name) or ()]
    return [(kind, normal(kind, str(value))) for kind, value in (*main, *more)]


def operation_for(customer: KnownCustomer) -> Purge:
    return Purge.from_form(customer.identity)


def erase_now(customer: KnownCustomer, about: About, *, is_here_alone: bool = False) -> None:
    """Make them nameless in REES46 and here; whom REES46 does not know any more is forgotten here alone."""
    profile = read_profile(customer.identity)
    meant = whom(customer, profile)
    about = _joined(customer, about, meant)
    if profile is None and (about.held is None or is_here_alone):
        with noted("customers.Erase", about):
            pass
    else:
        act(operation_for(customer), about)


def _joined(customer: KnownCustomer, about: About, meant: Whom) -> About:
    """Let the desk forget in the transaction that ends the act."""

    def ended(db: Session, how: Ended) -> None:
        if how.state == "done":
            forget_here(db, customer, meant)

    return About(customer, reason=about.reason, once=about.once, held=about.held, ended=ended)


def forget_here(db: Session, customer: KnownCustomer, meant: Whom) -> None:
    """Forget them at this desk; the calls of the past are gone through by a job."""
    here = shop()
    erasures.note(settings(), here.shop_id, meant.contacts)
    erasing.erase(db, here.id, meant.ids, meant.contacts, settings().key)
    text = json.dumps(meant.contacts).encode()
    brought_files.keep(db, here.id, _file_of(customer.key), text, settings().key)
    last = db.scalar(select(func.max(Exchange.id))) or 0
    queue(db, CALLS, customer.key, total=last + MARGIN)


@kind(KIND, label=_l("Erase a customer"), page="customers.erase", needs=SUPPORT, is_repeatable=False, is_single=True)
def erase_held(work: Work) -> Progress:
    """Erase whom the act is about, now that its undo window is over."""
    with desk().reading() as db:
        customer = batch_of(db, KnownCustomer, work)

    def send(row: Act) -> None:
        erase_now(customer, About(held=row.id), is_here_alone=row.what == "customers.Erase")

    return let_out(work, send)


@kind(
    CALLS,
    label=_l("Take an erased customer out of the request log"),
    page="customers.show",
    needs=SUPPORT,
    is_repeatable=True,
)
def forget_calls(work: Work) -> Progress:
    """Look through some rows of the request log; the contacts are kept for as long as that takes."""
    up_to = min(work.done + ROWS, work.total)
    with desk().writing() as db:
        file = db.scalars(select(BroughtFile).where(BroughtFile.name == _file_of(work.subject))).one()
        contacts = json.loads(brought_files.content_of(db, file, settings().key))
        erasing.hide_calls(db, work.shop_id, (work.done, up_to), [tuple(contact) for contact in contacts], work.subject)
        if up_to == work.total:
            brought_files.let_go(db, file.id)
    return Progress(up_to, work.total, is_over=up_to == work.total)


def _file_of(key: str) -> str:
    return f"erasure {key}"
