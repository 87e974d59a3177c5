"""Rows of CSV and TSV, read as a stream: only some lines of the file are in memory."""

from __future__ import annotations

from io import StringIO, TextIOWrapper
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from app.web.tables.dialect import SAID, Unclosed, rows_of
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
    begun: list[str] = []
    try:
        for row, _cells in rows_of(StringIO(text, newline=""), separator):
            begun.append(row)
            if len(begun) > LOOKED_AT:
                break
    except Unclosed:
        is_whole = True  # the row that was cut in two did not come
    whole = begun if is_whole or len(begun) > LOOKED_AT else begun[:-1]
    return "".join(whole) or text


def looked_at(text: str, reading: Reading) -> Table:
    """Tell headings and separator by the first rows."""
    return read_text(text, reading, most_rows=LOOKED_AT * 2)


def rows(file: BinaryIO, reading: Mapping[str, Any]) -> Iterator[tuple[int, dict[str, JsonValue]]]:
    """Give the rows below the headings, each by the names of its columns."""
    header: list[str] = reading["header"]
    text = TextIOWrapper(file, encoding=reading["encoding"], errors="replace", newline="")
    brought = rows_of(_without_mark(text, reading), reading["separator"])
    try:
        for number, (_row, record) in enumerate(brought, 1):
            if number > reading["heading"]:
                row: dict[str, JsonValue] = {
                    name: cell for name, cell in zip(header, record, strict=False) if cell.strip()
                }
                if beyond := [cell for cell in record[len(header) :] if cell.strip()]:
                    row[WIDE] = list(beyond)
                if row:
                    yield number, row
    except Unclosed as unclosed:
        words = _("The quotes are not closed, or a cell is too long, near row %(row)s.", row=unclosed.row)
        raise Unreadable(words) from None


def _without_mark(text: TextIOWrapper, reading: Mapping[str, Any]) -> Iterator[str]:
    """Leave out the mark of an encoding, and the line by which Excel names the separator."""
    first = next(text, "").removeprefix("\ufeff")
    if not (reading.get("names_separator") and SAID.match(first)):
        yield first
    yield from text
