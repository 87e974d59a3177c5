"""What differs between what a row says of a customer and what REES46 says: before it is sent, and after."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from app.pages.imports.fields import CONSENTS, IDENTIFIERS, TARGETS
from app.web.customers.keys import normal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import JsonValue

    from app.rees46.crm import Found

OTHERWISE_CALLED = {"loyalty_card_location": "loyalty_location"}  # in the answer of the search


class Change(NamedTuple):
    """A field whose value is another one in REES46."""

    field: str
    before: JsonValue
    after: JsonValue


def changes_of(said: Mapping[str, JsonValue], owner: Found, theirs: set[str]) -> list[Change]:
    """Compare what is said with a customer; `theirs` are identifiers that lead to them already, by whichever key.

    What somebody turned off stays off, so a yes against their no is no change here.
    """
    found = []
    for name, value in said.items():
        before = value_of(owner, name)
        is_kept_off = name in CONSENTS and value is True and before is False
        if is_told(owner, name) and name not in theirs and not is_kept_off and not same_values(name, before, value):
            found.append(Change(name, before, value))
    return found


def is_told(owner: Found, name: str) -> bool:
    """Whether REES46 tells this field in the answer of the search."""
    return owner.tells(OTHERWISE_CALLED.get(name, name))


def value_of(owner: Found, name: str) -> JsonValue:
    """What REES46 tells of a field of somebody, in the spelling of the file."""
    value: JsonValue = getattr(owner, OTHERWISE_CALLED.get(name, name), None)
    return normal(name, value) if name in IDENTIFIERS and isinstance(value, str) and value else value


def same_values(name: str, before: JsonValue, after: JsonValue) -> bool:
    """Whether two values of a field are one."""
    if before is None or isinstance(before, bool) or isinstance(after, bool):
        return before == after
    one, other = (str(value)[:10] if name == "birthday" else str(value) for value in (before, after))
    return one == other


def label_of(name: str) -> str:
    """What a field is called here; a custom property has its own name."""
    return str(TARGETS[name].label) if name in TARGETS else name
