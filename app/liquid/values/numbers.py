"""Values as numbers: whole ones where a filter wants a count, exact decimals where it calculates."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from app.liquid.errors import InternalError, LiquidError
from app.liquid.values.kinds import Range
from app.liquid.values.text import BLANKS, stripped, to_text

WHOLE = re.compile(r"([+-]?)(?:0[xX]([0-9a-fA-F_]+)|0[bB]([01_]+)|0[oO]?_?([0-7][0-7_]*)|(?:0[dD])?([0-9_]+))")
LEADING_INT = re.compile(r"[\t\n\v\f\r ]*([+-]?[0-9]+(?:_[0-9]+)*)")
DECIMAL = re.compile(r"-?[0-9]+\.[0-9]+")
LEADING_FLOAT = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
BASES = (16, 2, 8, 10)
LARGEST_INDEX = 2**63

Number = int | Decimal


def to_whole(value: Any) -> int:
    """Read a count, as `slice`, `truncate` and `limit` want it: whole, or an error."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    text = stripped(to_text(value)) if isinstance(value, str) else to_text(value)
    match = WHOLE.fullmatch(text)
    if match is None or "__" in text or text.endswith("_") or "_" in text[: len(match[1]) + 1]:
        raise LiquidError("invalid integer")
    digits, base = next((digits, base) for digits, base in zip(match.groups()[1:], BASES, strict=True) if digits)
    return int(match[1] + digits, base)


def to_index(value: Any) -> int:
    """Read a place in a text or list: no computer has one this far out."""
    number = to_whole(value)
    if not -LARGEST_INDEX <= number < LARGEST_INDEX:
        raise InternalError
    return number


def leading_int(value: Any) -> int:
    """Read the number that a value begins with, or 0: bounds of ranges, columns of tables."""
    if isinstance(value, (bool, list, dict, Range)):
        raise InternalError
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return int(value)
    match = LEADING_INT.match(value or "")
    return int(match[1]) if match else 0


def leading_float(text: str) -> float:
    match = LEADING_FLOAT.match(text)
    return float(match[0]) if match else 0.0


def to_number(value: Any) -> Number:
    """Read a number to calculate with: whole numbers stay whole, others become exact; what is no number is 0."""
    match value:
        case bool():
            return 0
        case int():
            return value
        case float():
            return Decimal(repr(value))
        case str():
            decimal = DECIMAL.fullmatch(value.strip(BLANKS))
            return Decimal(decimal[0]) if decimal else leading_int(value)
    return 0


def from_number(number: Number) -> int | float:
    """Give a number back to the template: what was not whole has a point from now on."""
    return float(number) if isinstance(number, Decimal) else number
