"""Values as text: as they are printed, as Ruby shows them inside of a list or an object, and without blanks."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Any

from app.liquid.values.kinds import Drop, Range

BLANKS = "\0\t\n\v\f\r "  # what Ruby strips; other blanks stay
ESCAPES = {
    '"': '\\"',
    "\\": "\\\\",
    "\n": "\\n",
    "\t": "\\t",
    "\r": "\\r",
    "\f": "\\f",
    "\v": "\\v",
    "\b": "\\b",
    "\a": "\\a",
    "\x1b": "\\e",
}
HIDDEN = {"Cc", "Cn", "Cs", "Zl", "Zp"}  # the kinds of characters that have no look
NEXT_LINE = "\x85"  # the one control character that Ruby shows as it is
WORD_BLANKS = "\t\n\v\f\r "
WORD = re.compile(r"([^\t\n\v\f\r ]+)([\t\n\v\f\r ]*)")
LONG = 1e15  # from here on Ruby writes whole numbers with an exponent
INTERPOLATION = re.compile(r"#(?=[{$@])")


def to_text(value: Any) -> str:
    """Write a value as filters see it: nothing for nil, a list as Ruby shows it."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    return inspected(value)


def printed(value: Any) -> str:
    """Write a value as `{{ … }}` prints it: the items of a list one after the other."""
    return joined(value, "") if isinstance(value, list) else to_text(value)


def joined(items: Any, glue: str) -> str:
    """Join items, and the items of lists among them."""
    return glue.join(joined(item, glue) if isinstance(item, list) else to_text(item) for item in items)


def inspected(value: Any) -> str:
    """Write a value as Ruby shows it: `["a", nil, {"b"=>1.0}]`."""
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, list):
        return f"[{', '.join(map(inspected, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{inspected(key)}=>{inspected(item)}' for key, item in value.items())}}}"
    return _plain(value)


def _plain(value: Any) -> str:
    match value:
        case None:
            return "nil"
        case bool():
            return "true" if value else "false"
        case float():
            return _number(value)
        case Range():
            return f"{value.first}..{value.last}"
        case Drop():
            return value.ruby_name
    return str(value)


def _number(value: float) -> str:
    """Write a number with a point always: 1.0e+20, Infinity, NaN."""
    if value != value:  # noqa: PLR0124  # only NaN differs from itself
        return "NaN"
    if value in {float("inf"), float("-inf")}:
        return "Infinity" if value > 0 else "-Infinity"
    text = repr(value)
    if abs(value) >= LONG and text.endswith(".0"):
        text = f"{Decimal(text).normalize():e}"
    digits, exponent, power = text.partition("e")
    return f"{digits if '.' in digits else f'{digits}.0'}{exponent}{power}"


def _quoted(text: str) -> str:
    shown = INTERPOLATION.sub(r"\\#", "".join(map(_shown, text)))
    return f'"{shown}"'


def _shown(character: str) -> str:
    if character in ESCAPES:
        return ESCAPES[character]
    if character == NEXT_LINE or unicodedata.category(character) not in HIDDEN:
        return character
    code = ord(character)
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\u{{{code:X}}}"


def stripped(text: str) -> str:
    return text.strip(BLANKS)


def left_stripped(text: str) -> str:
    return text.lstrip(BLANKS)


def right_stripped(text: str) -> str:
    return text.rstrip(BLANKS)


def split(text: str, separator: str) -> list[str]:
    """Split as Ruby does: a blank stands for any run of them, and empty texts at the end are dropped."""
    if separator == " ":
        return words(text)
    parts = list(text) if not separator else text.split(separator)
    while parts and not parts[-1]:
        parts.pop()
    return parts


def words(text: str, most: int = 0) -> list[str]:
    """Split at blanks; into `most` parts at most, the last of which is all that is left."""
    parts: list[str] = []
    place = len(text) - len(text.lstrip(WORD_BLANKS))
    for match in WORD.finditer(text, place):
        if most and len(parts) == most - 1:
            return [*parts, text[match.start() :]]
        parts.append(match[1])
        is_last = match.end() == len(text)
        if most and is_last and match[2]:
            parts.append("")
    return parts
