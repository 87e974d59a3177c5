"""Looking a customer up by whatever was typed: who was found, by what, and who may have been meant."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pydantic import ValidationError

from app.rees46 import crm, profile
from app.rees46.errors import NotAllowed, NotFound, Refused, TooMany
from app.rees46.profile import Profile
from app.web.customers.keys import known, normal
from app.web.customers.parse import Reading, readings
from app.web.customers.typos import likely_emails, likely_phones
from app.web.rees46 import ask

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.rees46.crm import Found
    from app.store.customers import KnownCustomer

MOST_IDENTIFIERS = 3
MOST_SUGGESTIONS = 5


@dataclass(frozen=True)
class Person:
    """Somebody who was found: the key for URLs, what REES46 knows, and which identifiers led here."""

    customer: KnownCustomer
    profile: Profile | Found
    by: list[Reading]


@dataclass
class Lookup:
    """What became of a search: nobody, one person, or several, when two identifiers lead to two people."""

    people: list[Person] = field(default_factory=list)
    missing: list[list[Reading]] = field(default_factory=list)  # the ways in which an identifier was looked for in vain

    @property
    def person(self) -> Person | None:
        """The one person that everything typed leads to."""
        return self.people[0] if len(self.people) == 1 else None


def look_up(text: str) -> Lookup:
    """Find who is meant by what was typed: an address, a number in any format, an ID, or two of them together."""
    found = Lookup()
    for ways in readings(text)[:MOST_IDENTIFIERS]:
        person = next((person for reading in ways if (person := find(reading))), None)
        if person is None:
            found.missing.append(ways)
            continue
        same = next((other for other in found.people if other.customer.id == person.customer.id), None)
        if same:
            same.by.extend(person.by)
        else:
            found.people.append(person)
    return found


def find(reading: Reading) -> Person | None:
    """Read the profile that one identifier leads to."""
    said = read_profile(reading.identity)
    if said is None:
        return None
    return Person(known(said, **reading.identity), said, [reading])


def read_profile(identity: Mapping[str, str]) -> Profile | None:
    """Read a whole profile; None when there is none, or when REES46 does not look by this kind of key."""
    try:
        reply = ask(profile.Read.from_form(dict(identity)))
    except ValidationError:
        return None
    except Refused as refused:
        if not means_nobody(refused):
            raise
        return None
    return reply if isinstance(reply, Profile) else None


def means_nobody(refused: Refused) -> bool:
    """Tell whether REES46 refused because of the key it was asked by; any other refusal says nothing of a customer."""
    if isinstance(refused, NotAllowed | TooMany):
        return False
    return isinstance(refused, NotFound) or refused.status == 400 or "identifier" in refused.message.lower()


def suggest(text: str) -> list[Person]:
    """List who may have been meant, were it not for a typo of the keyboard."""
    wanted = [("email", likely_emails(text)), ("phone", likely_phones(text))]
    people: dict[int, Person] = {}
    for kind, keys in wanted:
        for found in _search(kind, keys)[:MOST_SUGGESTIONS]:
            person = Person(known(found), found, [Reading(kind, normal(kind, getattr(found, kind)))])
            people.setdefault(person.customer.id, person)
    return list(people.values())[:MOST_SUGGESTIONS]


def _search(kind: str, keys: list[str]) -> list[Found]:
    """Ask for many keys at once."""
    if not keys:
        return []
    try:
        found = ask(crm.Search.from_form({"by": kind, "ids": keys}))
    except Refused as refused:
        if not means_nobody(refused):
            raise
        return []
    return [one for one in found if getattr(one, kind)]
