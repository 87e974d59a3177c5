"""Which of the customers in a file REES46 knows already, and what they agreed to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.pages.imports.elements import digest
from app.pages.imports.fields import IDENTIFIERS
from app.rees46.crm import Search
from app.web.customers.keys import normal
from app.web.rees46 import ask

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.pages.imports.elements import Element
    from app.rees46.crm import Found

Owners = dict[tuple[str, str], "Found"]


def owners_of(elements: Iterable[Element]) -> Owners:
    """Find whom each identifier belongs to; one call for each kind of identifier."""
    wanted: dict[str, list[str]] = {}
    for element in elements:
        for kind, value in element.keys.items():
            wanted.setdefault(kind, []).append(value)
    return find(wanted)


def find(wanted: dict[str, list[str]]) -> Owners:
    found: Owners = {}
    for kind in IDENTIFIERS:
        if keys := list(dict.fromkeys(wanted.get(kind, []))):
            found |= {(kind, key): owner for key, owner in _found(kind, keys).items()}
    return found


def people(element: Element, owners: Owners) -> list[Found]:
    """The customers that the identifiers of one row lead to: none, one, or two that are not the same."""
    found = [owners[key] for key in element.keys.items() if key in owners]
    return list({_identity(one): one for one in found}.values())


def are_same(one: Found, other: Found) -> bool:
    """Whether two answers are about one customer."""
    return _identity(one) == _identity(other)


def _identity(owner: Found) -> tuple[str | None, ...]:
    return tuple(getattr(owner, kind) for kind in IDENTIFIERS)


def digests_of(owner: Found) -> list[str]:
    """The identifiers that REES46 tells of a customer, unreadable."""
    return [digest(kind, normal(kind, value)) for kind in IDENTIFIERS if (value := getattr(owner, kind))]


def _found(kind: str, keys: list[str]) -> dict[str, Found]:
    """Ask by keys and tell whose answer is whose.

    The answer names a customer's main address only, once, and may have been found by several keys of theirs. Keys that
    are left are asked for again: alone when all answers are told apart, else by halves.
    """
    summary = {"by": kind, "ids": f"{len(keys)} keys of an import"}
    answer = ask(Search.from_form({"by": kind, "ids": keys}), asked=summary)
    if len(keys) == 1:
        return {keys[0]: answer[0]} if answer else {}
    plain = {_plain(kind, key): key for key in keys}
    found = {plain[said]: one for one in answer if (said := _plain(kind, getattr(one, kind))) in plain}
    left = [key for key in keys if key not in found]
    if not (left and answer):
        return found
    half = len(left) if len(answer) == len(found) else (len(left) + 1) // 2
    return found | _found(kind, left[:half]) | (_found(kind, left[half:]) if left[half:] else {})


def _plain(kind: str, value: str | None) -> str:
    said = value or ""
    return "".join(sign for sign in said if sign.isdigit()) if kind == "phone" else said.casefold()
