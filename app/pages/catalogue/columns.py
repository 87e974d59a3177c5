"""What the list of catalogue imports shows of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.pages.catalogue.kinds import KINDS
from app.web.tables.columns import Address, Column, macro, once_for, when_column

if TYPE_CHECKING:
    from app.store.catalogue_imports import CatalogueImport


def columns() -> list[Column[CatalogueImport]]:
    """What was imported, from where, and how far it is."""
    state, address = macro("catalogue/_parts.html", "state"), Address("catalogue.show", "key")
    return [
        Column(_l("What"), lambda batch: address.link(batch.key, KINDS[batch.kind].label), at="name", kind="cut"),
        Column(_l("State"), once_for(lambda batch: batch.state, state), at="figure"),
        Column(_l("Rows"), lambda batch: batch.read_rows, kind="number"),
        Column(_l("Rows left out"), lambda batch: batch.count("left"), kind="number"),
        Column(_l("File"), lambda batch: batch.source or "–", at="note", kind="cut"),
        Column(_l("By"), lambda batch: batch.person),
        when_column(lambda batch: batch.at),
    ]
