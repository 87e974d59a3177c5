"""Reading a table that a person uploads or pastes: text in any usual encoding, by any separator, or a spreadsheet."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from flask_babel import gettext as _

from app.web.cells.urls import looks_like_url
from app.web.tables.dialect import Unclosed, dialect_of, records
from app.web.tables.encoding import decoded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from werkzeug.datastructures import FileStorage

LARGEST = 10 * 1024 * 1024  # bytes of a file
MOST_ROWS = 100_000
MOST_COLUMNS = 100
LONGEST_CELL = 10_000  # characters
SECONDS = 15.0  # for opening a spreadsheet
XLSX_CHILD = Path(__file__).with_name("xlsx_child.py")
ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
DATA = re.compile(r".*@.*|[+\d][\d\s()./-]{4,}")  # a name of a column does not look like this
GUARD = re.compile(r"'(?=[=+\-@\t\r\n＝＋－＠])")  # what csv.py puts before a would-be formula


class Row(NamedTuple):
    """A row and its number as a spreadsheet shows it, the header being 1. Rows without any text are left out."""

    number: int
    cells: list[str]


@dataclass(frozen=True)
class Table:
    """Names of columns, and rows at least as wide. `is_named` says whether the names stood in the file."""

    header: list[str]
    rows: list[Row]
    is_named: bool = True


class Unreadable(Exception):
    """It is no table we can take; `words` say why, in the person's language."""

    def __init__(self, words: str) -> None:
        super().__init__("unreadable table")
        self.words = words


def read_file(file: FileStorage, *, most_rows: int = MOST_ROWS, named: bool | None = None) -> Table:
    """Read an uploaded file, whatever its name says it is. `named`: its first row is a header; left out: look at it."""
    content = file.stream.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise Unreadable(_("The file is larger than 10 MB. Split it and upload the parts."))
    if content.startswith((ZIP, OLD_EXCEL)):
        return _table(_spreadsheet(content, most_rows), most_rows, named=named)
    return read_text(decoded(content).text, most_rows=most_rows, named=named)


def read_text(text: str, *, most_rows: int = MOST_ROWS, named: bool | None = None) -> Table:
    """Read pasted text."""
    if "\0" in text:
        raise Unreadable(_("This is no text file. Save it as CSV, TSV or XLSX."))
    separator, body = dialect_of(text.removeprefix("\ufeff"))
    return _table(_records(body, separator), most_rows, named=named)


def _records(text: str, separator: str) -> Iterator[list[str]]:
    try:
        yield from records(text, separator)
    except Unclosed as unclosed:
        raise Unreadable(
            _("The quotes are not closed, or a cell is too long, near row %(row)s.", row=unclosed.row)
        ) from None


def _spreadsheet(content: bytes, most_rows: int) -> Iterator[list[str]]:
    """Open it in a child that is killed when it takes too long or too much."""
    command = [sys.executable, "-P", str(XLSX_CHILD), str(most_rows), str(MOST_COLUMNS)]
    try:
        child = subprocess.run(command, input=content, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603  # our own program
    except subprocess.TimeoutExpired:
        raise Unreadable(_too_heavy()) from None
    lines = child.stdout.decode().splitlines()
    last = json.loads(lines[-1]) if lines and child.returncode == 0 else {"error": "large"}
    if "error" in last:
        raise Unreadable(_why(last["error"], most_rows))
    return (json.loads(line) for line in lines[:-1])


def _why(error: str, most_rows: int) -> str:
    said = {
        "broken": _("The spreadsheet cannot be opened: it is damaged or locked by a password."),
        "rows": _too_many_rows(most_rows),
        "columns": _too_many_columns(),
    }
    return said.get(error) or _too_heavy()


def _table(records: Iterable[list[str]], most_rows: int, *, named: bool | None) -> Table:
    rows: list[Row] = []
    for number, record in enumerate(records, 1):
        if len(record) > MOST_COLUMNS:
            raise Unreadable(_too_many_columns())
        cells = [_clean(cell, number) for cell in record]
        if any(cells):
            rows.append(Row(number, cells))
        if len(rows) > most_rows + 1:
            raise Unreadable(_too_many_rows(most_rows))
    if not rows:
        raise Unreadable(_("There is nothing in it."))
    return _named(rows, is_named=_has_names(rows[0]) if named is None else named)


def _clean(cell: str, number: int) -> str:
    if len(cell) > LONGEST_CELL:
        raise Unreadable(_("A cell of row %(row)s is longer than 10,000 characters.", row=number))
    return GUARD.sub("", cell, count=1).strip() if cell.startswith("'") else cell.strip()


def _has_names(first: Row) -> bool:
    return not any(DATA.fullmatch(cell) or looks_like_url(cell) for cell in first.cells)


def _named(rows: list[Row], *, is_named: bool) -> Table:
    """Take the first row for the names of the columns, or name them by letters; fill short rows."""
    names = rows[0].cells if is_named else []
    body = rows[1:] if is_named else rows
    while len(names) > 1 and not any(any(row.cells[len(names) - 1 :]) for row in rows):
        names = names[:-1]  # separators at the end of rows
    width = len(names) or max((len(row.cells) for row in body), default=1)
    header = _distinct([*names, *[""] * (width - len(names))])
    return Table(header, [Row(row.number, _filled(row.cells, width)) for row in body], is_named)


def _filled(cells: list[str], width: int) -> list[str]:
    """Fill a short row; of a long one, what is too much stays only where it holds something."""
    beyond = cells[width:] if any(cells[width:]) else []
    return cells[:width] + [""] * (width - len(cells)) + beyond


def _distinct(names: list[str]) -> list[str]:
    """Give nameless columns their letter, and a name that comes again its number."""
    found: list[str] = []
    for place, name in enumerate(names):
        base = name or _("Column %(letter)s", letter=_letter(place))
        again = sum(1 for other in names[:place] if other == name) if name else 0
        found.append(f"{base} ({again + 1})" if again else base)
    return found


def _letter(place: int) -> str:
    return chr(65 + place) if place < 26 else f"{chr(64 + place // 26)}{chr(65 + place % 26)}"


def _too_many_rows(most: int) -> str:
    return _("There are more than %(most)s rows. Split it and take the parts one by one.", most=f"{most:,}")


def _too_many_columns() -> str:
    return _("There are more than 100 columns.")


def _too_heavy() -> str:
    return _("The spreadsheet unpacks to too much. Save it as CSV and upload that.")
