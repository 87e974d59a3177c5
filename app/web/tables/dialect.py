"""How a text file separates its cells, and its cells: quotes as spreadsheets write them, and as people do."""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from io import StringIO
from typing import TYPE_CHECKING

from app.web.cells.urls import looks_like_url

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

SEPARATORS = "\t;,|^"
# Excel's own way of naming the separator; programs that filled the row up have quoted it, or ended it with separators.
SAID = re.compile(r'"?sep ?=(.)"?[;,\t|]*(?:\r\n?|\n)', re.IGNORECASE)
QUOTED = re.compile(r'(?:(?<=^)|(?<=[\n\t;,|^])|(?<=[;,|^] ))"(?:[^"]|"")*"')
OPENED = re.compile(r' *"(?:[^"]|"")*')
WHOLE_LINES = ""  # the separator of a file in which each line is a cell
LONGEST_CELL = 131_072  # characters, as of the csv module
LOOKED_AT = 50  # lines by which the separator is told
URL_BODY = re.compile(r"(?<![A-Za-z0-9+.-])[A-Za-z][A-Za-z0-9+.-]{0,30}://[^\s|\"]+")  # bounded: a long word is no URL


class Unclosed(Exception):
    """Quotes that nobody closed, in the row of this number."""

    def __init__(self, row: int) -> None:
        super().__init__("unclosed quotes")
        self.row = row


def dialect_of(text: str, chosen: str | None = None) -> tuple[str, str]:
    """Give the separator, if nobody chose one, and the text without the line that names it."""
    said = SAID.match(text)
    body = text[said.end() :] if said else text
    if chosen is not None:
        return chosen, body
    return (said.group(1) if said else _separator(body)), body


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
    usual = _strictly(text, separator)
    if usual is None or not _are_even(usual):
        ways = (rows for rows in _otherwise(text, separator) if usual is None or len(rows) == len(usual))
        usual = next(filter(_are_even, ways), usual)
    yield from usual if usual is not None else (cells for _raw, cells in rows_of(StringIO(text, newline=""), separator))


def _strictly(text: str, separator: str, quote: str = '"', escape: str | None = None) -> list[list[str]] | None:
    """Read by the standard, also where a blank stands before the quotes; None when it is not met."""
    rows = csv.reader(
        StringIO(text, newline=""),
        delimiter=separator,
        quotechar=quote,
        escapechar=escape,
        skipinitialspace=separator != " ",
        strict=True,
    )
    try:
        return list(rows)
    except csv.Error:
        return None


def _otherwise(text: str, separator: str) -> Iterator[list[list[str]]]:
    """Read as databases write: a backslash before quotes and separators, or single quotes around cells."""
    yield from filter(None, [_strictly(text, separator, escape="\\")] if "\\" in text else [])
    yield from filter(None, [_strictly(text, separator, quote="'")] if "'" in text else [])


def _are_even(rows: list[list[str]]) -> bool:
    """Whether all rows have as many cells, of which each has several."""
    widths = {len(cells) for cells in rows if any(cells)}
    return len(widths) == 1 and widths != {1}


def rows_of(lines: Iterable[str], separator: str) -> Iterator[tuple[str, list[str]]]:
    """Give each row as it stands, and its cells; what is quoted may hold line breaks."""
    number, row = 1, ""
    for line in lines:
        is_within, has_quotes, row = bool(row), '"' in line, row + line
        if _is_open(row, separator) if has_quotes else is_within:
            if len(row) > LONGEST_CELL:
                raise Unclosed(number)
            continue
        yield row, _cells(row, separator, number)
        number, row = number + 1, ""
    if row:
        raise Unclosed(number)


@lru_cache(16)
def _cell_in(separator: str) -> re.Pattern[str]:
    sign = re.escape(separator)
    return re.compile(rf'(?: *"((?:[^"]|"")*)" *(?={sign}|\r|\n|\Z)|([^{sign}\r\n]*))({sign}|\r\n|\r|\n|\Z)')


def _is_open(row: str, separator: str) -> bool:
    """Whether a cell begins with quotes that do not close before the row ends."""
    cell, place = _cell_in(separator), 0
    while place < len(row):
        if (quoted := OPENED.match(row, place)) and quoted.end() == len(row):
            return True
        match = cell.match(row, place)
        place = match.end() if match and match.end() > place else len(row)
    return False


def _cells(row: str, separator: str, number: int) -> list[str]:
    if '"' not in row and len(row) <= LONGEST_CELL:
        return row.rstrip("\r\n").split(separator)
    cell, place = _cell_in(separator), 0
    cells: list[str] = []
    end = separator
    while end == separator:
        match = cell.match(row, place)
        if match is None:
            raise Unclosed(number)
        quoted, plain, end = match.groups()
        is_unclosed = quoted is None and plain.lstrip().startswith('"') and plain.count('"') % 2
        if is_unclosed or len(quoted or plain or "") > LONGEST_CELL:
            raise Unclosed(number)
        cells.append(quoted.replace('""', '"') if quoted is not None else plain)
        place = match.end()
    return cells
