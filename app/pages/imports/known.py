"""Which of the customers in a file REES46 knows already, and what they agreed to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.pages.imports.fields import IDENTIFIERS
from app.rees46.crm import Search
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
    return list({tuple(getattr(one, kind) for kind in IDENTIFIERS): one for one in found}.values())


def taken_over(element: Element, owners: Owners) -> str | None:
    """Name the identifier by which a row would make its only owner somebody else: nobody has it, and they another."""
    found = people(element, owners)
    if len(found) != 1:
        return None
    strange = (kind for kind, value in element.keys.items() if (kind, value) not in owners)
    return next((kind for kind in strange if getattr(found[0], kind)), None)


def _found(kind: str, keys: list[str]) -> dict[str, Found]:
    """Ask by keys and tell whose answer is whose.

    The answer names a customer's main address only. Who was found by another address of theirs is told apart by
    asking again for half of the keys that are left, and so on.
    """
    summary = {"by": kind, "ids": f"{len(keys)} keys of an import"}
    answer = ask(Search.from_form({"by": kind, "ids": keys}), asked=summary)
    if len(keys) == 1:
        return {keys[0]: answer[0]} if answer else {}
    plain = {_plain(kind, key): key for key in keys}
    found = {plain[said]: one for one in answer if (said := _plain(kind, getattr(one, kind))) in plain}
    if len(answer) == len(found):
        return found
    left = [key for key in keys if key not in found]
    half = (len(left) + 1) // 2
    return found | _found(kind, left[:half]) | (_found(kind, left[half:]) if left[half:] else {})


def _plain(kind: str, value: str | None) -> str:
    said = value or ""
    return "".join(sign for sign in said if sign.isdigit()) if kind == "phone" else said.casefold()
