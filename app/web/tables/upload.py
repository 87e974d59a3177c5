"""Reading a table that a person uploads or pastes: text in any usual encoding, by any separator, or a spreadsheet."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from flask_babel import gettext as _

from app.processes.sandbox import TookTooMuch, run_once
from app.web.tables.dialect import WHOLE_LINES, Unclosed, dialect_of, holds_whole_lines, records
from app.web.tables.encoding import STRAY, decoded
from app.web.tables.foreign import kind_of
from app.web.tables.headings import MOST_ABOVE, heading_of
from app.web.tables.reading import AS_LIKELY, NO_HEADING, Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from werkzeug.datastructures import FileStorage

LARGEST = 10 * 1024 * 1024  # bytes of a file
MOST_ROWS = 100_000
MOST_COLUMNS = 100
LONGEST_CELL = 10_000  # characters
SECONDS = 15.0  # for opening a spreadsheet
MEMORY = 1024 * 1024 * 1024  # bytes, for the same
Whole = Callable[[str], bool]
ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
GUARD = re.compile(r"'(?=[=+\-@\t\r\n＝＋－＠])")  # what csv.py puts before a would-be formula


class Row(NamedTuple):
    """A row and its number as a spreadsheet shows it, the first being 1. Rows without any text are left out."""

    number: int
    cells: list[str]


@dataclass(frozen=True)
class Table:
    """Names of columns, and rows at least as wide; `reading` says how these were come by."""

    header: list[str]
    rows: list[Row]
    reading: Reading = field(default_factory=Reading)

    @property
    def is_named(self) -> bool:
        """Whether the names stood in the file."""
        return self.reading.heading != NO_HEADING


class Unreadable(Exception):
    """It is no table we can take; `words` say why, in the person's language."""

    def __init__(self, words: str) -> None:
        super().__init__("unreadable table")
        self.words = words


def content_of(file: FileStorage) -> bytes:
    """Give the bytes of an uploaded file."""
    content = file.stream.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise Unreadable(_("The file is larger than 10 MB. Split it and upload the parts."))
    return content


def read_file(
    file: FileStorage, reading: Reading = AS_LIKELY, *, most_rows: int = MOST_ROWS, whole: Whole | None = None
) -> Table:
    """Read an uploaded file, whatever its name says it is."""
    return read_content(content_of(file), reading, most_rows=most_rows, whole=whole)


def read_content(
    content: bytes, reading: Reading = AS_LIKELY, *, most_rows: int = MOST_ROWS, whole: Whole | None = None
) -> Table:
    """Read a file as is said, and what is not said as is likely. `whole` tells lines that are no rows of cells."""
    if content.startswith((ZIP, OLD_EXCEL)):
        records, sheet, sheets = spreadsheet_rows(content, most_rows, reading.sheet)
        return _table(records, most_rows, replace(reading, sheet=sheet, sheets=sheets, encoding=None, separator=None))
    if kind := kind_of(content):
        raise Unreadable(_("This is %(kind)s, not a table. Save it as XLSX or CSV and upload that.", kind=kind))
    text, encoding = decoded(content, reading.encoding)
    return read_text(text, replace(reading, encoding=encoding), most_rows=most_rows, whole=whole)


def read_text(
    text: str, reading: Reading = AS_LIKELY, *, most_rows: int = MOST_ROWS, whole: Whole | None = None
) -> Table:
    """Read pasted text."""
    if text.count("\0") * 100 > len(text):
        raise Unreadable(_("This is no text file. Save it as CSV, TSV or XLSX."))
    text = text.removeprefix("\ufeff").replace("\0", STRAY)
    separator, body = dialect_of(text, reading.separator)
    if whole and reading.separator is None and holds_whole_lines(text, whole):
        separator, body = WHOLE_LINES, text
    return _table(_records(body, separator), most_rows, replace(reading, separator=separator))


def _records(text: str, separator: str) -> Iterator[list[str]]:
    try:
        yield from records(text, separator)
    except Unclosed as unclosed:
        raise Unreadable(
            _("The quotes are not closed, or a cell is too long, near row %(row)s.", row=unclosed.row)
        ) from None


def spreadsheet_rows(
    content: bytes, most_rows: int, sheet: str | None = None
) -> tuple[Iterator[list[str]], str, list[str]]:
    """Open it in a child that is killed when it takes too long or too much; also say which sheet, of which."""
    arguments = (str(most_rows), str(MOST_COLUMNS), sheet or "")
    try:
        said = run_once("app.web.tables.xlsx_child", *arguments, content=content, memory=MEMORY, seconds=SECONDS)
    except TookTooMuch:
        raise Unreadable(_too_heavy()) from None
    lines = said.decode().splitlines()
    last = json.loads(lines[-1]) if lines else {"error": "large"}
    if "error" in last:
        raise Unreadable(_why(last["error"], most_rows))
    about = json.loads(lines[0])
    return (json.loads(line) for line in lines[1:-1]), about["sheet"], about["sheets"]


def _why(error: str, most_rows: int) -> str:
    said = {
        "broken": _("The spreadsheet cannot be opened: it is damaged or locked by a password."),
        "rows": _too_many_rows(most_rows),
        "columns": _too_many_columns(),
    }
    return said.get(error) or _too_heavy()


def _table(records: Iterable[list[str]], most_rows: int, reading: Reading) -> Table:
    rows: list[Row] = []
    for number, record in enumerate(records, 1):
        if len(record) > MOST_COLUMNS:
            raise Unreadable(_too_many_columns())
        cells = [_clean(cell, number) for cell in record]
        if any(cells):
            rows.append(Row(number, cells))
        if len(rows) > most_rows + MOST_ABOVE + 1:
            raise Unreadable(_too_many_rows(most_rows))
    if not rows:
        raise Unreadable(_("There is nothing in it."))
    heading, first = heading_of(rows, reading.heading)
    above = [" ".join(filter(None, row.cells))[:100] for row in rows[:first] if row is not heading]
    reading = replace(reading, heading=heading.number if heading else NO_HEADING, above=above)
    table = _named(heading, rows[first:], reading)
    if len(table.rows) > most_rows:
        raise Unreadable(_too_many_rows(most_rows))
    return table


def _clean(cell: str, number: int) -> str:
    if len(cell) > LONGEST_CELL:
        raise Unreadable(_("A cell of row %(row)s is longer than 10,000 characters.", row=number))
    return GUARD.sub("", cell, count=1).strip() if cell.startswith("'") else cell.strip()


def _named(heading: Row | None, body: list[Row], reading: Reading) -> Table:
    """Take a row for the names of the columns, or name them by letters; fill short rows."""
    names = heading.cells if heading else []
    while len(names) > 1 and not names[-1] and not any(any(row.cells[len(names) - 1 :]) for row in body):
        names = names[:-1]  # separators at the end of rows
    width = len(names) or max((len(row.cells) for row in body), default=1)
    header = _distinct([*names, *[""] * (width - len(names))])
    return Table(header, [Row(row.number, _filled(row.cells, width)) for row in body], reading)


def _filled(cells: list[str], width: int) -> list[str]:
    """Fill a short row; of a long one, what is too much stays only where it holds something."""
    beyond = cells[width:] if any(cells[width:]) else []
    return cells[:width] + [""] * (width - len(cells)) + beyond


def _distinct(names: list[str]) -> list[str]:
    """Give nameless columns their letter, and a name that comes again its number."""
    found: list[str] = []
    for place, name in enumerate(names):
        base = name or _("Column %(letter)s", letter=_letter(place))
        names_of_it = (base, *(f"{base} ({number})" for number in range(2, len(names) + 2)))
        found.append(next(free for free in names_of_it if free not in found))
    return found


def _letter(place: int) -> str:
    return chr(65 + place) if place < 26 else f"{chr(64 + place // 26)}{chr(65 + place % 26)}"


def _too_many_rows(most: int) -> str:
    return _("There are more than %(most)s rows. Split it and take the parts one by one.", most=f"{most:,}")


def _too_many_columns() -> str:
    return _("There are more than 100 columns.")


def _too_heavy() -> str:
    return _("The spreadsheet unpacks to too much. Save it as CSV and upload that.")
