"""Reading a file of a catalogue row by row, however long it is: tables, JSON, YML."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from app.pages.catalogue.formats import json_rows, tables, yml

if TYPE_CHECKING:
    from typing import BinaryIO

    from pydantic import JsonValue

    from app.store.catalogue_imports import CatalogueImport

Row = tuple[int, dict[str, "JsonValue"]]  # its number and what its columns hold; empty ones are left out


def rows_of(batch: CatalogueImport, file: BinaryIO) -> Iterator[Row]:
    """Read a file from its beginning, as its import says."""
    if batch.format == "yml":
        return yml.rows(file, batch.kind)
    if batch.format == "json":
        return json_rows.rows(file, batch.reading["place"])
    return tables.rows(file, batch.reading)
