"""From what was brought to an import: the file is read, its rows kept in parts, its columns guessed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from flask_babel import force_locale
from flask_babel import gettext as _

from app.pages.imports.guessing import guessed
from app.store import brought_files, imports
from app.store.imports import SUPPRESSED
from app.web.cells.emails import addresses_in, parts_of
from app.web.context import desk, settings
from app.web.forms.columns import digest_of
from app.web.language import LANGUAGES
from app.web.tables.upload import Row, Table, read_content

if TYPE_CHECKING:
    from app.store.imports import Batch
    from app.web.tables.reading import Reading

MOST_ROWS = 100_000
BETWEEN = re.compile(r"[,;|\t]")  # cells


def read(content: bytes, reading: Reading, kind: str) -> Table:
    """Read a file; of a list of addresses a line may hold several, and no separator cuts it."""
    whole = holds_addresses if kind == SUPPRESSED else None
    return without_report(read_content(content, reading, most_rows=MOST_ROWS, whole=whole))


def holds_addresses(line: str) -> bool:
    """Whether a line is no row of cells: one thing, or several addresses."""
    return not BETWEEN.search(line) or bool(addresses_in(line) or parts_of(line))


def report_headings() -> list[list[str]]:
    """What the two last columns of a file of left-out rows are called, in each language."""
    found = []
    for language in LANGUAGES:
        with force_locale(language):
            found.append([_("Row"), _("Problem")])
    return found


def without_report(table: Table) -> Table:
    """Take off what a file of left-out rows says of each row, so that it comes in again as the file it was cut from."""
    place = len(table.header) - 2
    if place < 1 or table.header[place:] not in report_headings():
        return table
    rows = [Row(number, cells[:place] + cells[place + 2 :]) for number, cells in table.rows]
    return Table(table.header[:place], rows, table.reading)


def describe(batch: Batch, table: Table) -> None:
    """Say on a batch what was read: headings, columns, how it was read, how many cells each column fills."""
    filled = [0] * len(table.header)
    for row in table.rows:
        for place, cell in enumerate(row.cells[: len(filled)]):
            filled[place] += bool(cell)
    batch.header, batch.rows = table.header, len(table.rows)
    batch.headings = digest_of(table.header) if table.is_named else None
    batch.reading = table.reading.kept() | {"filled": filled}
    batch.columns, batch.lenient = guessed(table), []
    if batch.kind == SUPPRESSED:
        emails = {place: target for place, target in batch.columns.items() if target == "email"}
        batch.columns = emails if len(table.header) > 1 else {"0": "email"}
    _remember(batch)


def _remember(batch: Batch) -> None:
    """Take the columns of the last import with the same headings, and say whose that was."""
    if batch.headings is None:
        return
    with desk().reading() as db:
        before = imports.with_headings(db, batch.shop_id, batch.kind, batch.headings)
    if before and before.id != batch.id:
        batch.columns, batch.lenient = before.columns, before.lenient
        batch.reading |= {"as_in": before.key}


def keep(batch: Batch, table: Table, content: bytes) -> Batch:
    """Keep a new import: its rows, and the file, which may be read in another way."""
    describe(batch, table)
    with desk().writing() as db:
        batch.file_id = brought_files.keep(db, batch.shop_id, batch.source, content, settings().key).id
        return imports.add(db, batch, _rows(table))


def keep_again(batch: Batch, table: Table) -> None:
    """Put what was read in another way in the place of what was read at first."""
    describe(batch, table)
    said: dict[str, Any] = {name: getattr(batch, name) for name in DESCRIBED}
    with desk().writing() as db:
        imports.replace_rows(db, batch.id, _rows(table), said)


DESCRIBED = ("header", "rows", "headings", "reading", "columns", "lenient")


def _rows(table: Table) -> list[tuple[int, list[str]]]:
    return [(row.number, row.cells) for row in table.rows]
