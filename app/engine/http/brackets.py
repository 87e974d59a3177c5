"""Names with brackets, in which a query or a form holds lists and objects: `item_id[0]=a`, `kids[0][gender]=m`."""

from __future__ import annotations

import re
from typing import Any

from app.rees46.values import DEEPEST, Listed

BRACKETED = re.compile(rf"\A(?P<name>[^\[\]]+)(?P<keys>(\[[^\[\]]*\]){{1,{DEEPEST}}})\Z")
LONGEST_PLACE = 9  # digits
Entry = tuple[list[str], str | None]  # the keys that lead to a value, and the value; None where it stands for nothing


def split(name: str) -> tuple[str, list[str]] | None:
    """Take `kids[0][gender]` apart into `kids` and its keys; None for a name without brackets."""
    found = BRACKETED.match(name) if name.endswith("]") else None
    return (found["name"].strip(), found["keys"][1:-1].split("][")) if found else None


def grown(entries: list[Entry]) -> Any:
    """Make the list or the object of all that stands under one name; None if that is nothing."""
    branches: dict[str, list[Entry]] = {}
    for keys, value in entries:
        key, *rest = keys or [""]
        branches.setdefault(key or str(len(branches)), []).append((rest, value))
    if all(place.isdecimal() for place in branches):
        return _list(branches)
    made = {key: _value(branch) for key, branch in branches.items()}
    return {key: value for key, value in made.items() if value is not None} or None


def _list(branches: dict[str, list[Entry]]) -> list[Any] | None:
    """Put what has a place in its order; what was given for one place twice is there twice."""
    values: list[tuple[int, Any]] = []
    for key, branch in branches.items():
        each = [value for keys, value in branch if not keys] or [_value(branch)]
        values += [(int(key[:LONGEST_PLACE]), value) for value in each if value is not None]
    return Listed(values) if values else None


def _value(branch: list[Entry]) -> Any:
    """Give what stands at the end of the keys, or what goes on below them."""
    deeper = [entry for entry in branch if entry[0]]
    if deeper:
        return grown(deeper)
    values = [value for _, value in branch if value is not None]
    return values if len(values) > 1 else branch[-1][1]
