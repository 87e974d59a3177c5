"""From a file that arrived to an import: what kind of file it is, how it is read, what its columns are."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from app.pages.catalogue import files
from app.pages.catalogue.formats import json_rows, tables, yml
from app.pages.catalogue.formats.depth import Shallow
from app.pages.catalogue.targets import guessed
from app.store import catalogue_imports as store
from app.store.brought_files import CHUNK
from app.store.catalogue_imports import CatalogueImport
from app.web.context import desk
from app.web.tables.dialect import SAID, dialect_of
from app.web.tables.encoding import decoded
from app.web.tables.reading import AS_LIKELY
from app.web.tables.upload import OLD_EXCEL, ZIP, Unreadable, spreadsheet_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from app.store.brought_files import BroughtFile
    from app.web.tables.reading import Reading

LARGEST = 512 * 1024 * 1024  # bytes of a file
LARGEST_SPREADSHEET = 30 * 1024 * 1024
MOST_IN_SPREADSHEET = 200_000  # rows
SAMPLE = 3  # rows that are shown under each column
LONGEST_SAMPLE = 120  # characters


def describe(batch: CatalogueImport, file: BroughtFile) -> None:
    """Say on an import what its file is; a spreadsheet is kept as the table in it."""
    head = files.beginning_of(batch.shop_id, file.id)
    if not head.strip():
        raise Unreadable(_("There is nothing in it."))
    begin = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    batch.file_id, batch.size = file.id, file.size
    if head.startswith((ZIP, OLD_EXCEL)):
        batch.format = "xlsx"
        batch.file_id = _as_table(batch, file).id
        _describe_table(batch, files.beginning_of(batch.shop_id, batch.file_id), AS_LIKELY)
    elif begin.startswith((b"{", b"[")):
        batch.format = "json"
        _describe_json(batch, head)
    elif begin.startswith(b"<"):
        batch.format = "yml"
        _describe_yml(batch, head)
    else:
        batch.format = "table"
        _describe_table(batch, head, AS_LIKELY)


def read_again(batch: CatalogueImport, reading: Reading) -> None:
    """Read a table in another way: another encoding, separator or row of headings."""
    _describe_table(batch, files.beginning_of(batch.shop_id, batch.file_id), reading)


def _as_table(batch: CatalogueImport, file: BroughtFile) -> BroughtFile:
    if file.size > LARGEST_SPREADSHEET:
        raise Unreadable(_("A spreadsheet may have 30 MB. Save it as CSV and upload that."))
    content = files.content_of(batch.shop_id, file.id)
    rows, _sheet, _sheets = spreadsheet_rows(content, MOST_IN_SPREADSHEET)
    table = files.keep(batch.shop_id, file.name, _written(rows))
    files.let_go(file.id)
    return table


def _written(rows: Iterable[list[str]]) -> Iterator[bytes]:
    """Write rows as CSV, some at a time."""
    text = io.StringIO()
    writer = csv.writer(text)
    for row in rows:
        writer.writerow(row)
        if text.tell() >= CHUNK:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()


def _describe_table(batch: CatalogueImport, head: bytes, reading: Reading) -> None:
    whole = len(head) >= batch.size and batch.format != "xlsx"
    text, encoding = decoded(head if whole else head[: len(head) // 4 * 4], reading.encoding)
    if "\0" in text:
        raise Unreadable(_("This is no text file. Save it as CSV, TSV or XLSX."))
    names_separator = bool(SAID.match(text))
    separator, body = dialect_of(text, reading.separator)
    begin = tables.begin_of(body, separator, is_whole=whole)
    table = tables.looked_at(begin, replace(reading, encoding=encoding, separator=separator))
    if not table.is_named:
        raise Unreadable(_("The first row has no names of columns. Write them above the rows: id, name, price …"))
    kept = table.reading.kept() | {"header": table.header, "names_separator": names_separator}
    kept["sample"] = [dict(zip(table.header, map(_short, row.cells), strict=False)) for row in table.rows[:SAMPLE]]
    _keep(batch, kept)


def _describe_json(batch: CatalogueImport, head: bytes) -> None:
    Shallow(io.BytesIO(head)).read()
    place = json_rows.place_of(head, batch.kind)
    some = json_rows.first_of(head, place)
    if not some:
        raise Unreadable(_("There is no list of objects in this JSON."))
    header = json_rows.names_of(head, place)
    sample = [{name: _short(value) for name, value in one.items()} for one in some[:SAMPLE]]
    _keep(batch, {"place": place, "header": header, "sample": sample})


def _describe_yml(batch: CatalogueImport, head: bytes) -> None:
    if batch.kind not in yml.HEADERS:
        raise Unreadable(_("YML has no locations. Bring them as CSV, XLSX or JSON."))
    if b"yml_catalog" not in head and b"<offers" not in head and b"<categories" not in head:
        raise Unreadable(_("This XML is no YML: it has no yml_catalog. Save the catalogue as YML, CSV, XLSX or JSON."))
    _keep(batch, {"header": list(yml.HEADERS[batch.kind]), "sample": []})


def _keep(batch: CatalogueImport, reading: dict[str, Any]) -> None:
    batch.reading = reading
    batch.columns = guessed(batch.kind, reading["header"])
    if batch.format == "yml":
        return
    with desk().reading() as db:
        before = db.scalar(
            store.of_shop(batch.shop_id, batch.kind)
            .where(CatalogueImport.state != "draft")
            .order_by(CatalogueImport.id.desc())
            .limit(1)
        )
    if before and before.reading.get("header") == reading["header"]:
        batch.columns = before.columns
        batch.reading = reading | {"as_in": before.key}


def _short(value: object) -> str:
    return str(value)[:LONGEST_SAMPLE]
