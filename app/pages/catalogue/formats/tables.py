"""Rows of CSV and TSV, read as a stream: only some lines of the file are in memory."""

from __future__ import annotations

import csv
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from app.web.tables.upload import Unreadable, read_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import BinaryIO

    from pydantic import JsonValue

    from app.web.tables.reading import Reading
    from app.web.tables.upload import Table

LOOKED_AT = 200  # rows by which headings and separator are told
WIDE = ""  # the column of cells that have none


def begin_of(text: str, separator: str, *, is_whole: bool) -> str:
    """Cut the first rows out of the beginning of a file, none of them in two."""
    lines = text.splitlines(keepends=True)
    reader = csv.reader(lines, delimiter=separator)
    ends: list[int] = []
    try:
        for _cells in reader:
            ends.append(reader.line_num)
            if len(ends) > LOOKED_AT:
                break
    except csv.Error:
        pass
    last = len(ends) if is_whole or len(ends) > LOOKED_AT else len(ends) - 1
    return "".join(lines[: ends[last - 1]]) if last > 0 else text


def looked_at(text: str, reading: Reading) -> Table:
    """Tell headings and separator by the first rows."""
    return read_text(text, reading, most_rows=LOOKED_AT * 2)


def rows(file: BinaryIO, reading: Mapping[str, Any]) -> Iterator[tuple[int, dict[str, JsonValue]]]:
    """Give the rows below the headings, each by the names of its columns."""
    header: list[str] = reading["header"]
    text = TextIOWrapper(file, encoding=reading["encoding"], errors="replace", newline="")
    reader = csv.reader(_without_mark(text, reading), delimiter=reading["separator"])
    number = 0
    try:
        for number, record in enumerate(reader, 1):
            if number > reading["heading"]:
                row: dict[str, JsonValue] = {
                    name: cell for name, cell in zip(header, record, strict=False) if cell.strip()
                }
                if beyond := [cell for cell in record[len(header) :] if cell.strip()]:
                    row[WIDE] = list(beyond)
                if row:
                    yield number, row
    except csv.Error:
        words = _("The quotes are not closed, or a cell is too long, near row %(row)s.", row=number + 1)
        raise Unreadable(words) from None


def _without_mark(text: TextIOWrapper, reading: Mapping[str, Any]) -> Iterator[str]:
    """Leave out the mark of an encoding, and the line by which Excel names the separator."""
    first = next(text, "").removeprefix("\ufeff")
    if not (reading.get("names_separator") and first.lower().startswith("sep=")):
        yield first
    yield from text
