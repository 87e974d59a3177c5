"""Rows of a JSON file: a list of objects or IDs, alone or under a name, or an object in each line."""

from __future__ import annotations

import json
from io import BytesIO
from typing import TYPE_CHECKING

import ijson  # type: ignore[import-untyped]  # it has no types of its own
from flask_babel import gettext as _

from app.pages.catalogue.formats.depth import Shallow
from app.web.tables.upload import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from pydantic import JsonValue

NAMES = {
    "categories": ("categories",),
    "locations": ("locations",),
    "products": ("items", "products", "offers"),
    "stock": ("items", "products", "offers", "ids"),
    "removal": ("items", "products", "offers", "ids"),
}
LINES = ""  # the place of a file with an object in each line
MANY = "item"
FIRST = 50  # rows that are looked at


def place_of(head: bytes, kind: str) -> str:
    """Find where the list stands: as ijson names places."""
    begin = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if begin.startswith(b"["):
        return MANY
    if _is_object_in_each_line(begin):
        return LINES
    found = _lists_in(begin)
    name = next((name for name in NAMES[kind] if name in found), None) or next(iter(found), NAMES[kind][0])
    return f"{name}.item"


def _is_object_in_each_line(begin: bytes) -> bool:
    first, _end, rest = begin.partition(b"\n")
    try:
        return isinstance(json.loads(first), dict) and rest.lstrip().startswith(b"{")
    except (ValueError, RecursionError):
        return False


def _lists_in(begin: bytes) -> list[str]:
    """Name the lists at the top of an object, as far as its beginning shows them."""
    found = []
    try:
        for prefix, event, _value in ijson.parse(Shallow(BytesIO(begin))):
            if event == "start_array" and prefix and "." not in prefix:
                found.append(prefix)
    except ijson.JSONError:
        pass
    return found


def rows(file: BinaryIO, place: str) -> Iterator[tuple[int, dict[str, JsonValue]]]:
    """Give the elements with their numbers; a bare ID is an object that has nothing else."""
    number = 0
    found = ijson.items(Shallow(file), place, use_float=True, multiple_values=place == LINES)
    try:
        for number, element in enumerate(found, 1):
            yield number, element if isinstance(element, dict) else {"id": element}
    except (ijson.JSONError, UnicodeDecodeError, RecursionError, OverflowError, ValueError):
        words = _("This is no valid JSON behind element %(number)s.", number=number)
        raise Unreadable(words) from None


def names_of(head: bytes, place: str) -> list[str]:
    """Name what the first elements have."""
    found: dict[str, None] = {}
    for element in first_of(head, place):
        found |= dict.fromkeys(element)
    return list(found)


def first_of(head: bytes, place: str) -> list[dict[str, JsonValue]]:
    """Give the first elements as far as the beginning of a file has them whole."""
    some: list[dict[str, JsonValue]] = []
    try:
        for _number, element in rows(BytesIO(head), place):
            some.append(element)
            if len(some) == FIRST:
                break
    except Unreadable:
        pass
    return some
