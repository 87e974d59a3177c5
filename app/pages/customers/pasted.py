"""Finding many customers at once: a pasted list, one call for each kind of identifier in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from app.rees46 import crm
from app.rees46.errors import Refused
from app.store import customers
from app.web.context import desk
from app.web.customers.keys import name_of, normal, telling
from app.web.customers.lookup import means_nobody, read_profile
from app.web.customers.parse import Reading, is_name, readings
from app.web.rees46 import ask
from app.web.shops import shop

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.rees46.crm import Found

ASKED = ("email", "phone", "loyalty_id", "external_id")
OUTCOMES = ("found", "missing", "ambiguous", "repeated", "unread")
FORMER = {"email": "additional_emails", "phone": "additional_phones", "loyalty_id": "additional_loyalty_ids"}
MOST_FORMER = 25  # profiles that are read to learn by which former key somebody was meant


@dataclass
class Line:
    """A line as typed, and whom it leads to."""

    number: int
    text: str
    ways: list[list[Reading]] = field(default_factory=list)
    outcome: str = "missing"
    same_as: int | None = None
    people: list[Found] = field(default_factory=list)

    @property
    def meant(self) -> str:
        """Whom it names, as it is compared with other lines."""
        return " ".join(f"{ways[0].kind}={ways[0].value}" for ways in self.ways)


def find_all(typed: Iterable[str], first: int = 1, before: Iterable[dict[str, Any]] = ()) -> list[dict[str, Any]]:
    """Look up every line, numbered from `first`; what is given back can be kept as JSON.

    `before` are the lines of the same list that were looked up already.
    """
    lines = [_read(number, text) for number, text in enumerate(typed, first)]
    _mark_repeated(lines, {line["meant"]: line["number"] for line in before if line["outcome"] != "repeated"})
    asked = [line for line in lines if line.outcome == "missing"]
    known = {kind: _search(kind, _values(asked, kind)) for kind in ASKED}
    for line in asked:
        line.people = _different(
            known[way.kind].get(way.value) for ways in line.ways for way in ways if way.kind in known
        )
        line.outcome = ("missing", "found", "ambiguous")[min(len(line.people), 2)]
    return _kept(lines)


def _read(number: int, text: str) -> Line:
    """Understand a line; words without a digit or an @ are a name, and nobody is found by that."""
    ways = [] if is_name(text) else readings(text)
    return Line(number, text[:255], ways, "missing" if ways else "unread")


def _mark_repeated(lines: list[Line], seen: dict[str, int]) -> None:
    for line in lines:
        if line.meant and line.meant in seen:
            line.outcome, line.same_as = "repeated", seen[line.meant]
        seen.setdefault(line.meant, line.number)


def _values(lines: list[Line], kind: str) -> list[str]:
    """Collect the identifiers of one kind, each once."""
    return list(dict.fromkeys(way.value for line in lines for ways in line.ways for way in ways if way.kind == kind))


def _search(kind: str, values: list[str]) -> dict[str, Found]:
    """Ask for all of one kind in one call, then once more for those who were named by another key of theirs."""
    by_key = {normal(kind, getattr(one, kind)): one for one in _ask(kind, values)}
    missing = [value for value in values if value not in by_key]
    for one in _ask(kind, missing)[:MOST_FORMER] if by_key and kind in FORMER else []:
        profile = read_profile({kind: getattr(one, kind)})
        former = {normal(kind, key) for key in getattr(profile, FORMER[kind])} if profile else set()
        by_key |= dict.fromkeys(former.intersection(missing), one)
    return {value: by_key[value] for value in values if value in by_key}


def _ask(kind: str, values: list[str]) -> list[Found]:
    if not values:
        return []
    try:
        found = ask(crm.Search.from_form({"by": kind, "ids": values}))
    except Refused as refused:
        if not means_nobody(refused):
            raise
        return []
    return [one for one in found if getattr(one, kind)]


def _different(found: Iterable[Found | None]) -> list[Found]:
    """Leave one of each person."""
    return list({telling(one): one for one in found if one}.values())


def _kept(lines: list[Line]) -> list[dict[str, Any]]:
    """Give what is kept of each line, with the keys under which the profiles open."""
    people = {telling(person): name_of(person) for line in lines for person in line.people}
    with desk().writing() as db:
        keys = {who: customer.key for who, customer in customers.remember_all(db, shop().id, people).items()}
    return [
        {
            "number": line.number,
            "text": line.text,
            "meant": line.meant,
            "outcome": line.outcome,
            "same_as": line.same_as,
            "people": [_person(one, keys[telling(one)]) for one in line.people],
        }
        for line in lines
    ]


def _person(one: Found, key: str) -> dict[str, Any]:
    known = {kind: getattr(one, kind, None) for kind in ASKED}
    return {"key": key, "name": name_of(one), **known}
