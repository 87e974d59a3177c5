"""Reading a value of a catalogue: a cell as people write it, or what JSON and YML say already."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

from app.web.cells.ids import read_id
from app.web.cells.numbers import read_number
from app.web.cells.spreadsheet_errors import is_error
from app.web.cells.tidying import Unfit, plain_dashes, trimmed
from app.web.tables.encoding import STRAY

if TYPE_CHECKING:
    from pydantic import JsonValue

YES = {"1", "yes", "y", "true", "on", "да", "д", "истина", "+", "в наличии", "есть", "in stock", "available"}
NO = {"0", "no", "n", "false", "off", "нет", "н", "ложь", "-", "нет в наличии", "out of stock", "not available"}
BETWEEN = re.compile(r"\s*[|;,]\s*")
GUARD = re.compile(r"'(?=[=+\-@\t\r\n＝＋－＠])")  # what csv.py puts before a would-be formula
MONEY = re.compile(r"\s*(?:₽|руб\.?|rub|€|\$|eur|usd)\s*\Z", re.IGNORECASE)
DEEPEST = 20


def clean(text: str) -> str:
    """Take off what nobody means; a cell that no person wrote is refused."""
    if STRAY in text:
        raise Unfit("garbled")
    if is_error(text):
        raise Unfit("formula")
    return GUARD.sub("", text, count=1).strip() if text.startswith("'") else text.strip()


def text(value: JsonValue) -> JsonValue:
    """Read a text; a number is one, too."""
    if isinstance(value, bool | list | dict):
        raise Unfit("text")
    return value if value is None else str(value)


def an_id(value: JsonValue) -> JsonValue:
    """Read an ID: a text that a spreadsheet may have cut."""
    if isinstance(value, str):
        return read_id(value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    said = text(value)
    if said is not None and len(str(said)) > 255:  # as the contract has it
        raise Unfit("long")
    return said


def number(value: JsonValue) -> JsonValue:
    if isinstance(value, str):
        return read_number(MONEY.sub("", value))
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Unfit("number")
    return value


def whole(value: JsonValue) -> JsonValue:
    read = number(value)
    if not isinstance(read, int):
        raise Unfit("fraction")
    return read


def flag(value: JsonValue) -> JsonValue:
    if not isinstance(value, str):
        return bool(value) if isinstance(value, bool | int | float) else _refuse("flag")
    said = plain_dashes(trimmed(value)).casefold()
    if said in YES:
        return True
    if said in NO:
        return False
    return is_some(said)


def is_some(said: str) -> bool:
    """Take a number of pieces for whether there are any."""
    try:
        return read_number(said) > 0
    except Unfit:
        raise Unfit("flag") from None


def ids(value: JsonValue) -> JsonValue:
    """Read a list of IDs: "17|3", "17, 3" or JSON."""
    found = nested(value) if isinstance(value, str) and value.startswith("[") else value
    several = found if isinstance(found, list) else BETWEEN.split(found) if isinstance(found, str) else [found]
    read = [an_id(one) for one in several]
    return [one for one in read if one not in (None, "")] or _refuse("text")


def texts(value: JsonValue) -> JsonValue:
    """Read a list of texts."""
    found = nested(value) if isinstance(value, str) and value.startswith("[") else value
    if isinstance(found, str):
        return [one for one in BETWEEN.split(found) if one]
    return found if isinstance(found, list) else [text(found)]


def nested(value: JsonValue) -> JsonValue:
    """Read an object or a list, which stands in a cell as JSON."""
    if not isinstance(value, str):
        return value
    try:
        read: JsonValue = msgspec.json.decode(value)
    except (msgspec.MsgspecError, RecursionError):
        raise Unfit("json") from None
    return read if isinstance(read, dict | list) else _refuse("json")


def places(value: JsonValue) -> JsonValue:
    """Read locations: JSON as the contract has it, or their IDs."""
    if isinstance(value, str) and not value.startswith(("[", "{")):
        found = ids(value)
        return [{"location": one} for one in found] if isinstance(found, list) else None
    read = nested(value)
    return read if isinstance(read, list) else [read]


def properties(value: JsonValue) -> JsonValue:
    """Read properties of a product: a list of names and values, or an object of them."""
    read = nested(value)
    if isinstance(read, dict):
        return [{"name": name, "value": said if isinstance(said, list) else [said]} for name, said in read.items()]
    return read


def too_deep(value: Any, depth: int = 0) -> bool:
    """Whether a value is nested without end."""
    if depth > DEEPEST:
        return True
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return any(too_deep(one, depth + 1) for one in inner)


def _refuse(code: str) -> Any:
    raise Unfit(code)


Read = "Callable[[JsonValue], JsonValue]"
