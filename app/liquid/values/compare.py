"""How values compare in Ruby: what equals what, what comes first, what is blank."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from app.liquid.errors import LiquidError
from app.liquid.values.kinds import Drop, Range
from app.liquid.values.text import inspected, to_text

ORDER: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
}
SPACES = "\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
SMALL = 2**62  # Ruby names whole numbers up to here by their value, larger ones by their class


def is_true(value: Any) -> bool:
    """Everything but nil and false is true: 0, an empty text, an empty list."""
    return value is not None and value is not False


def is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def equal(left: Any, right: Any) -> bool:
    """Compare by value: 1 equals 1.0, and neither equals "1" nor true."""
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(equal, left, right))
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(equal(value, right[key]) for key, value in left.items())
    if is_number(left) and is_number(right):
        return bool(left == right)
    if isinstance(left, str) and isinstance(right, str):
        return str(left) == str(right)
    return type(left) is type(right) and bool(left == right)


def identity(value: Any) -> Any:
    """Make the key by which `uniq` tells values apart: 1 and 1.0 differ."""
    match value:
        case list():
            return ("list", *map(identity, value))
        case dict():
            return ("object", frozenset((key, identity(item)) for key, item in value.items()))
        case str():
            return ("text", str(value))
    return (type(value).__name__, value)


def ordered(left: Any, sign: str, right: Any) -> bool:
    """Compare by order. Only numbers and texts have one; a number with a text is an error, anything else is false."""
    has_order = all(is_number(value) or isinstance(value, str) for value in (left, right))
    if not has_order:
        return False
    if is_number(left) != is_number(right):
        raise LiquidError(f"comparison of {_class(left)} with {_named(right)} failed")
    return ORDER[sign](left, right) if is_number(left) else ORDER[sign](str(left), str(right))


def _class(value: Any) -> str:
    return "String" if isinstance(value, str) else "Float" if isinstance(value, float) else "Integer"


def _named(value: Any) -> str:
    is_special = isinstance(value, float) or (isinstance(value, int) and -SMALL <= value < SMALL)
    return inspected(value) if is_special else _class(value)


def which_first(left: Any, right: Any) -> int:
    """Order two items of a list for `sort`: negative, 0 or positive; nil comes last."""
    if is_number(left) and is_number(right):
        return int(left > right) - int(left < right)
    if isinstance(left, str) and isinstance(right, str):
        return (str(left) > str(right)) - (str(left) < str(right))
    if equal(left, right):
        return 0
    if left is None:
        return 1
    if right is None:
        return -1
    raise LiquidError("cannot sort values of incompatible types")


def which_first_naturally(left: Any, right: Any) -> int:
    """Order two items for `sort_natural`: as texts, A to Z like a to z; nil comes last."""
    if left is None or right is None:
        return 1 if left is None else -1
    one, other = _lowered(to_text(left)), _lowered(to_text(right))
    return (one > other) - (one < other)


def _lowered(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass").lower()  # of bytes, only A to Z


def sorted_by(items: list[Any], compare: Callable[[Any, Any], int]) -> list[Any]:
    """Sort as glibc does for Ruby: by halves. Which items are compared decides which of them are incompatible."""
    if len(items) < 2:
        return items
    middle = len(items) // 2
    left, right = sorted_by(items[:middle], compare), sorted_by(items[middle:], compare)
    merged: list[Any] = []
    one = other = 0
    while one < len(left) and other < len(right):
        if compare(left[one], right[other]) <= 0:
            merged.append(left[one])
            one += 1
        else:
            merged.append(right[other])
            other += 1
    return merged + left[one:] + right[other:]


def is_empty(value: Any) -> bool:
    """Whether a text, list or object holds nothing; other values are never empty."""
    return isinstance(value, (str, list, dict)) and not value


def is_blank(value: Any) -> bool:
    """Whether a value says nothing: nil, false, empty, or blanks only."""
    if isinstance(value, str):
        return not value.strip(SPACES)
    return value is None or value is False or is_empty(value)


def contains(container: Any, item: Any) -> bool:
    """Whether a text holds a text, a list an item, an object a key, a range a number."""
    if not is_true(container) or not is_true(item):
        return False
    match container:
        case str():
            return str(to_text(item)) in str(container)
        case list():
            return any(equal(one, item) for one in container)
        case dict():
            return isinstance(item, str) and item in container
        case Range():
            return is_number(item) and container.first <= item <= container.last
    return False


def at(value: Any, key: Any) -> Any:
    """Take what Ruby's `value[key]` gives a filter for a property; TypeError if it refuses the key."""
    match value:
        case Drop():
            return value[key]
        case dict():
            return value.get(key) if isinstance(key, str) else None
        case str() if isinstance(key, str):
            return key if key in value else None
        case str() if is_number(key):
            place = int(key)
            return value[place] if -len(value) <= place < len(value) else None
        case int() if not isinstance(value, bool) and is_number(key):
            return value >> int(key) & 1 if key >= 0 else 0
    raise TypeError(f"no such property of {type(value).__name__}")


def has_properties(value: Any) -> bool:
    """Whether Ruby lets one ask for `value[key]` at all."""
    return isinstance(value, (str, dict, list, Drop)) or (isinstance(value, int) and not isinstance(value, bool))
