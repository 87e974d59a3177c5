"""Whose the identifiers of a message are. Two people are never one message: a person chooses which of them is meant.

REES46 decides by the first identifier that it knows, in the order of KINDS (rees46.md#identity); so does the desk.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.rees46.profile import Profile
from app.store import customers, sends
from app.web.context import desk
from app.web.customers.keys import KINDS
from app.web.customers.lookup import find
from app.web.customers.parse import Reading
from app.web.customers.traces import note_seen
from app.web.messaging.languages import language_of
from app.web.panels.standing import read_or
from app.web.shops import shop

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.store.customers import KnownCustomer
    from app.store.sends import Send
    from app.web.customers.lookup import Person


def recipient_of(asked: Mapping[str, Any]) -> tuple[KnownCustomer, str]:
    """Name whom a message goes to, with their language: the customer who decides, or an identifier of nobody."""
    people, _failure = read_or(lambda: people_of(asked), [])
    kind, value = next((kind, asked[kind]) for kind in KINDS if asked.get(kind))
    profile = people[0].profile if people else None
    language = language_of(profile, asked.get("variables") or {})
    with desk().writing() as db:
        if not people:
            return customers.remember(db, shop().id, kind, value), language
        if isinstance(profile, Profile):  # so that the history is found by any of their contacts
            note_seen(db, people[0].customer, profile)
        return people[0].customer, language


def contradiction(send: Send) -> list[Person]:
    """List the people whom the identifiers of a message lead to, if these are several."""
    people = people_of(send.who) if len(send.who) > 1 else []
    return people if len(people) > 1 else []


def people_of(who: Mapping[str, str]) -> list[Person]:
    """Find everybody whom identifiers lead to, in the order that decides."""
    people: dict[int, Person] = {}
    for kind in KINDS:
        if who.get(kind) and (person := find(Reading(kind, who[kind]))):
            same = people.setdefault(person.customer.id, person)
            if same is not person:
                same.by.extend(person.by)
    return list(people.values())


def keep_only(send: Send, chosen: Person, people: list[Person]) -> None:
    """Leave out of a draft what is somebody else's; what leads to nobody stays."""
    others = {reading.kind for person in people if person is not chosen for reading in person.by}
    asked = {name: value for name, value in send.asked.items() if name not in others}
    with desk().writing() as db:
        sends.readdress(db, send.id, asked, chosen.customer.id, language_of(chosen.profile, send.variables))
