"""Filters for texts."""

from __future__ import annotations

import re
from typing import Any

from app.liquid.errors import LiquidError
from app.liquid.filters.registry import a_filter
from app.liquid.values.numbers import to_index, to_whole
from app.liquid.values.text import left_stripped, right_stripped, stripped, to_text, words
from app.liquid.values.text import split as split_text

LINE_END = re.compile(r"\r?\n")
LARGEST_COUNT = 2**31 - 1
REFERENCE = re.compile(r"\\(?:([0-9])|k<([^>]*)>|([&`'\\]))")


@a_filter
def downcase(value: Any) -> str:
    return _lowered(to_text(value))


def _lowered(text: str) -> str:
    return "".join(letter.lower() for letter in text)  # one by one: Ruby knows no ς at the end of a word


@a_filter
def upcase(value: Any) -> str:
    return to_text(value).upper()


@a_filter
def capitalize(value: Any) -> str:
    text = to_text(value)
    return text[:1].title() + _lowered(text[1:])


@a_filter
def strip(value: Any) -> str:
    return stripped(to_text(value))


@a_filter
def lstrip(value: Any) -> str:
    return left_stripped(to_text(value))


@a_filter
def rstrip(value: Any) -> str:
    return right_stripped(to_text(value))


@a_filter
def strip_newlines(value: Any) -> str:
    return LINE_END.sub("", to_text(value))


@a_filter
def append(value: Any, text: Any) -> str:
    return to_text(value) + to_text(text)


@a_filter
def prepend(value: Any, text: Any) -> str:
    return to_text(text) + to_text(value)


@a_filter
def replace(value: Any, text: Any, replacement: Any = "") -> str:
    return _replaced(value, text, replacement)


@a_filter
def replace_first(value: Any, text: Any, replacement: Any = "") -> str:
    return _replaced(value, text, replacement, most=1)


def _replaced(value: Any, text: Any, replacement: Any, most: int = 0) -> str:
    """Replace as Ruby does, for which a backslash in the new text stands for parts of the old one."""
    whole, old, new = to_text(value), to_text(text), to_text(replacement)
    if "\\" not in new:
        return whole.replace(old, new, most or -1)
    return re.sub(re.escape(old), lambda match: _filled(new, match), whole, count=most)


def _filled(new: str, match: re.Match[str]) -> str:
    meanings = {
        "0": match[0],
        "&": match[0],
        "\\": "\\",
        "`": match.string[: match.start()],
        "'": match.string[match.end() :],
    }

    def meaning(reference: re.Match[str]) -> str:
        if reference[2] is not None:
            raise IndexError(reference[2])  # no group of a text has a name
        return meanings.get(reference[1] or reference[3], "")

    return REFERENCE.sub(meaning, new)


@a_filter
def replace_last(value: Any, text: Any, replacement: Any) -> str:
    return _replaced_last(value, text, replacement)


def _replaced_last(value: Any, text: Any, replacement: Any) -> str:
    whole, old = to_text(value), to_text(text)
    start = whole.rfind(old)
    return whole if start < 0 else whole[:start] + to_text(replacement) + whole[start + len(old) :]


@a_filter
def remove(value: Any, text: Any) -> str:
    return _replaced(value, text, "")


@a_filter
def remove_first(value: Any, text: Any) -> str:
    return _replaced(value, text, "", most=1)


@a_filter
def remove_last(value: Any, text: Any) -> str:
    return _replaced_last(value, text, "")


@a_filter
def slice_(value: Any, start: Any, length: Any = None) -> Any:
    """Take a part of a text or list: one item, unless a length is given; a negative start counts from the end."""
    whole: Any = value if isinstance(value, list) else to_text(value)
    first = to_index(start)
    count = 1 if length is None or length is False else to_index(length)
    if first < 0:
        first += len(whole)
    return whole[first : first + count] if first >= 0 and count >= 0 else whole[:0]


@a_filter
def truncate(value: Any, length: Any = 50, ending: Any = "...") -> str | None:
    """Cut a text to a length, its new ending included."""
    if value is None:
        return None
    text, most, end = to_text(value), to_whole(length), to_text(ending)
    return text if len(text) <= most else text[: max(0, most - len(end))] + end


@a_filter
def truncatewords(value: Any, count: Any = 15, ending: Any = "...") -> str | None:
    """Cut a text to a number of words."""
    if value is None:
        return None
    text, most = to_text(value), max(1, to_whole(count))
    if most + 1 > LARGEST_COUNT:
        raise LiquidError(f"integer {most} too big for truncatewords")
    parts = words(text, most + 1)
    return text if len(parts) <= most else " ".join(parts[:most]) + to_text(ending)


@a_filter
def split(value: Any, separator: Any) -> list[str]:
    return split_text(to_text(value), to_text(separator))
