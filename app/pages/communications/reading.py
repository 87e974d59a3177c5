"""Reading a customer's communications: what REES46 lists, what only the desk remembers, and what was changed."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import abort

from app.pages.communications.vocabulary import Vocabulary
from app.rees46 import communications
from app.rees46.errors import Garbled, NotFound, Refused
from app.store import communications as archive
from app.store import words
from app.store.communications import FIELDS, Communication
from app.web.context import desk, if_there_is_room
from app.web.customers.identity import identity_for
from app.web.rees46 import ask
from app.web.shops import shop

if TYPE_CHECKING:
    from app.rees46.communications import Call
    from app.store.customers import KnownCustomer

LISTED = 20  # REES46 gives no more


@dataclass(frozen=True)
class Log:
    """A customer's communications, newest first."""

    listed: list[Communication]
    older: list[Communication]  # REES46 lists them no more
    changed: set[int]  # those that have former texts

    @property
    def is_full(self) -> bool:
        """Whether REES46 may have more than it gives."""
        return len(self.listed) >= LISTED


@dataclass(frozen=True)
class Entry:
    """One communication as it stands now. `is_fresh` is not so when REES46 did not give it this time."""

    kept: Communication
    is_fresh: bool


def vocabulary() -> Vocabulary:
    with desk().reading() as db:
        return Vocabulary(words.of_shop(db, shop().id))


def read_log(customer: KnownCustomer) -> Log:
    """Ask REES46, keep what is new, and add what only the desk remembers."""
    calls = _calls(customer)
    _remember(customer, calls)
    with desk().reading() as db:
        known = archive.by_numbers(db, shop().id, [call.id for call in calls])
        listed = [known[call.id] for call in calls if call.id in known]
        older = archive.older(db, customer.id, [call.id for call in calls])
        changed = archive.changed(db, [one.id for one in [*listed, *older]])
    return Log(listed, older, changed)


def _calls(customer: KnownCustomer) -> list[Call]:
    who = identity_for(communications.Read, customer)
    try:
        said = ask(communications.Read.from_form(who))
    except NotFound:
        return []
    return newest_first(said)


def newest_first(calls: list[Call]) -> list[Call]:
    return sorted(calls, key=lambda call: call.date or "", reverse=True)


def _remember(customer: KnownCustomer, calls: list[Call]) -> None:
    """Keep what was not seen before; when all is known already, nothing is written."""
    with desk().reading() as db:
        known = archive.by_numbers(db, shop().id, [call.id for call in calls])
    news = [call for call in calls if archive.is_news(known.get(call.id), fields_of(call), call.date)]
    if not news:
        return
    with if_there_is_room(), desk().writing() as db:
        for call in reversed(news):
            archive.keep(db, shop().id, customer.id, call.id, fields_of(call), date=call.date)


def fields_of(call: Call) -> dict[str, Any]:
    return {name: getattr(call, name) for name in FIELDS}


def entry_of(customer: KnownCustomer, number: str) -> Entry:
    """Read one communication anew; what REES46 does not give is taken from what the desk remembers."""
    call = next((call for call in _calls(customer) if call.id == number), None) or _single(customer, number)
    if call is None:
        return remembered(customer, number)
    _remember(customer, [call])
    with desk().reading() as db:
        kept = archive.by_number(db, shop().id, number)
    return Entry(kept or abort(404), is_fresh=True)


def remembered(customer: KnownCustomer, number: str) -> Entry:
    """Give a communication as the desk saw it last."""
    with desk().reading() as db:
        kept = archive.by_number(db, shop().id, number)
    if kept is None or kept.customer_id != customer.id:
        abort(404)
    return Entry(kept, is_fresh=False)


def _single(customer: KnownCustomer, number: str) -> Call | None:
    """Ask for one that is not among the last twenty; not every REES46 answers that."""
    with suppress(Refused, Garbled):
        who = identity_for(communications.ReadOne, customer)
        said = ask(communications.ReadOne.from_form({**who, "id": number}))
        return next((call for call in said if call.id == number), None)
    return None
