"""How a text file separates its cells, and its cells: quotes as spreadsheets write them, and as people do."""

from __future__ import annotations

import csv
import re
from io import StringIO
from typing import TYPE_CHECKING

from app.web.cells.urls import looks_like_url

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SEPARATORS = "\t;,|"
SAID = re.compile(r"sep=(.)\r?\n")  # Excel's own way of naming the separator
QUOTED = re.compile(r'(?:(?<=^)|(?<=[\n\t;,|]))"(?:[^"]|"")*"')
WHOLE_LINES = ""  # the separator of a file in which each line is a cell
LONGEST_CELL = 131_072  # characters, as of the csv module
LOOKED_AT = 50  # lines by which the separator is told
URL_BODY = re.compile(r"(?<![A-Za-z0-9+.-])[A-Za-z][A-Za-z0-9+.-]{0,30}://[^\s|\"]+")  # bounded: a long word is no URL


class Unclosed(Exception):
    """Quotes that nobody closed, in the row of this number."""

    def __init__(self, row: int) -> None:
        super().__init__("unclosed quotes")
        self.row = row


def dialect_of(text: str) -> tuple[str, str]:
    """Give the separator and the text without the line that names it."""
    if said := SAID.match(text):
        return said.group(1), text[said.end() :]
    return _separator(text), text


def _separator(text: str) -> str:
    """Choose what stands as often in each of the first lines, outside quotes and URLs; most in the first one."""
    begin = QUOTED.sub("", text[:200_000])
    lines = [line for line in begin.splitlines()[:LOOKED_AT] if line.strip()]
    bare = [URL_BODY.sub("", line) for line in lines]
    if not bare:
        return ","
    if all(looks_like_url(line) for line in lines):  # a URL's own commas and semicolons separate nothing
        return "\t"

    def fit(separator: str) -> tuple[float, int]:
        counts = [line.count(separator) for line in bare]
        usual = max(set(counts), key=counts.count)
        return (counts.count(usual) / len(counts) if usual else 0.0, counts[0])

    likely = max(SEPARATORS, key=lambda separator: (fit(separator)[1] > 0, *fit(separator)))
    if any(fit(likely)):
        return likely
    return max(SEPARATORS, key=lambda separator: max(line.count(separator) for line in bare))  # headings below a title


def holds_whole_lines(text: str, is_whole: Callable[[str], bool]) -> bool:
    """Whether most of the first lines are each one thing, whatever separators stand in them."""
    lines = [line for line in text[:200_000].splitlines() if line.strip()][:LOOKED_AT]
    return sum(is_whole(line) for line in lines) * 2 > len(lines)


def without_ends(lines: list[str]) -> list[str]:
    """Take off the separator with which all lines end, but perhaps the last: one URL may end in it, not all."""
    filled = [line.rstrip() for line in lines if line.strip()]
    ends = {line[-1] for line in filled[:-1]}
    if len(ends) != 1 or not ends <= set(",;|"):
        return lines
    end = ends.pop()
    return [line.rstrip().removesuffix(end) for line in lines]


def records(text: str, separator: str) -> Iterator[list[str]]:
    """Give the cells of each row. Quotes that close in mid-cell are part of it: `"Рога" и копыта`."""
    if separator == WHOLE_LINES:
        yield from ([line] for line in without_ends(text.splitlines()))
        return
    try:
        yield from list(csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error:
        yield from _forgiving(text, separator)


def _forgiving(text: str, separator: str) -> Iterator[list[str]]:
    sign = re.escape(separator)
    cell = re.compile(rf'(?:"((?:[^"]|"")*)"(?={sign}|\r|\n|\Z)|([^{sign}\r\n]*))({sign}|\r\n|\r|\n|\Z)')
    row: list[str] = []
    place, number = 0, 1
    while place < len(text):
        match = cell.match(text, place)
        if match is None:
            raise Unclosed(number)
        quoted, plain, end = match.groups()
        if quoted is None and plain.startswith('"') and plain.count('"') % 2:
            raise Unclosed(number)
        if len(quoted or plain or "") > LONGEST_CELL:
            raise Unclosed(number)
        row.append(quoted.replace('""', '"') if quoted is not None else plain)
        place = match.end()
        if end != separator:
            yield row
            row, number = [], number + 1
    if row:
        yield row
