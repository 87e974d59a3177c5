"""Kinds of value that many parameters share.

Real clients write them in many ways: rees46.md#parameters, rees46.md#clients.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, LiteralString, TypeVar
from urllib.parse import unquote

from pydantic import BeforeValidator, Field, JsonValue, PlainSerializer
from pydantic_core import PydanticCustomError

T = TypeVar("T")
DATE = "%Y-%m-%d"
DEEPEST = 32  # levels of nested JSON
DAY = re.compile(r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
ABSENT = {"", "null", "undefined"}  # what SDKs write when they mean nothing
SURROGATES = re.compile("[\ud800-\udfff]")


class Listed(list[Any]):
    """A list that came as `price[0]=1&price[2]=3`, and the index of each value."""

    def __init__(self, entries: Iterable[tuple[int, Any]]) -> None:
        indexed = sorted(entries, key=lambda entry: entry[0])
        super().__init__(value for _, value in indexed)
        self.places = [place for place, _ in indexed]


def absent(value: Any) -> bool:
    """Tell whether a value stands for nothing."""
    return value is None or (isinstance(value, str) and value.strip() in ABSENT)


def storable(value: Any, depth: int = 0) -> None:
    """Raise ValueError for what no database keeps: NUL, lone surrogates, NaN, and JSON nested without end."""
    if depth > DEEPEST:
        raise ValueError("The JSON is nested too deeply")
    if isinstance(value, str):
        if "\x00" in value or (not value.isascii() and SURROGATES.search(value)):
            raise ValueError("The request holds a character that text cannot hold")
    elif isinstance(value, dict):
        for key, item in value.items():
            storable(key, depth)
            storable(item, depth + 1)
    elif isinstance(value, list):
        for item in value:
            storable(item, depth + 1)
    elif isinstance(value, float) and not math.isfinite(value):
        raise ValueError("NaN and Infinity are not JSON")


def _from_json_text(value: Any) -> Any:
    """Open JSON that arrives inside a string: `"kids": "[{…}]"`."""
    if not isinstance(value, str) or value.lstrip()[:1] not in {"[", "{"}:
        return value
    try:
        opened = json.loads(value)
    except (ValueError, RecursionError):
        return value
    storable(opened)
    return opened


def _split(value: Any) -> Any:
    """Take `a,b` for a list of two, one number for a list of one, and JSON text for what it says."""
    value = _from_json_text(value)
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    return [value] if isinstance(value, int | float) else value


def _address(value: Any) -> Any:
    """Trim, and undo the double encoding of one SDK: `a%40b.c` for `a@b.c`."""
    if not isinstance(value, str):
        return value
    address = (unquote(value) if "@" not in value and "%40" in value else value).strip()
    if len(address.lower()) > LONGEST_ADDRESS:  # a few letters become two in lower case, in which it is looked up
        raise _wrong("address_too_long", "An e-mail address has {longest} characters at most", longest=LONGEST_ADDRESS)
    if not re.search(ADDRESS, address):
        raise _wrong("address_expected", "This is not an e-mail address")
    return address


def _number_of_a_phone(value: Any) -> Any:
    if isinstance(value, str) and sum(sign.isdecimal() for sign in value) < FEWEST_DIGITS:
        raise _wrong("phone_too_short", "A phone number has {fewest} digits or more", fewest=FEWEST_DIGITS)
    return value


def lower(value: Any) -> Any:
    """Write text in lower case; what is no text stays."""
    return value.strip().lower() if isinstance(value, str) else value


def upper(value: Any) -> Any:
    """Write text in upper case; what is no text stays."""
    return value.upper() if isinstance(value, str) else value


def _written_day(value: Any) -> Any:
    """Take a date only as YYYY-MM-DD: a bare number would be read as seconds since 1970."""
    if isinstance(value, date) or (isinstance(value, str) and DAY.match(value)):
        return value
    raise _wrong("day_expected", "A date is written YYYY-MM-DD")


def _wrong(kind: str, words: LiteralString, **facts: int) -> PydanticCustomError:
    """Say what is wrong, with a name by which a form says it in the language of its reader."""
    return PydanticCustomError(kind, words, facts)


def _no_guest(value: Any) -> Any:
    """Take the ID that shops write for who has no account, a zero, for none."""
    return None if value is False or (value is not None and str(value).strip() in NOBODY) else value


NOBODY = {"0", "-1", "false", "False"}


def _as_text(value: float | None) -> str | None:
    return None if value is None else str(int(value)) if value == int(value) else str(value)


def _as_number(value: str | None) -> int | str | None:
    return int(value) if value and value.isdecimal() else value


FEWEST_DIGITS = 5
LONGEST_ADDRESS = 254


def _whole_part(value: Any) -> Any:
    """Bonuses are whole, and shops send fractions: what is behind the point is not kept."""
    try:
        number = float(value) if isinstance(value, str) else value
    except ValueError:
        return value
    is_fraction = isinstance(number, float) and math.isfinite(number) and number != math.trunc(number)
    return math.trunc(number) if is_fraction else value


# What every call may carry besides its parameters; never a custom property, nor a subscription.
PROTOCOL = {"id", "seance", "sid", "ssid", "stream", "segment", "v", "referrer", "referer", "tz"}
ADDRESS = r"^[^@\s]+@[^@\s]+$"
JsonText = BeforeValidator(_from_json_text)
CsvList = BeforeValidator(_split)
AsCsv = PlainSerializer(lambda values: ",".join(map(str, values)), return_type=str)  # a list that goes out as `a,b`

Email = Annotated[str, Field(min_length=3, max_length=LONGEST_ADDRESS, pattern=ADDRESS), BeforeValidator(_address)]
PHONE = r"^[\s+0-9().,/\u2010-\u2015-]+$"
Phone = Annotated[str, Field(min_length=5, max_length=32, pattern=PHONE), BeforeValidator(_number_of_a_phone)]
Identifier = Annotated[str, Field(min_length=1, max_length=255)]
CustomerId = Annotated[Identifier | None, BeforeValidator(_no_guest)]
Name = Annotated[str, Field(min_length=1, max_length=2000)]
Flag = Annotated[bool, BeforeValidator(lower)]
Whole = Annotated[int, Field(ge=-2_147_483_648, le=2_147_483_647)]
Bonuses = Annotated[Whole, BeforeValidator(_whole_part)]
Day = Annotated[date, BeforeValidator(_written_day), PlainSerializer(lambda day: day.isoformat(), return_type=str)]
Variables = Annotated[dict[str, JsonValue], JsonText]
# Apps read the sums of an order as text, and its internal ID as a number.
Sum = Annotated[float | None, PlainSerializer(_as_text, return_type=str | None, when_used="json")]
InternalId = Annotated[str | None, PlainSerializer(_as_number, return_type=int | str | None, when_used="json")]
