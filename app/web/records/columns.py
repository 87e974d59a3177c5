"""What a list of imports of records shows of each, and what it is narrowed by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from app.store import record_imports
from app.store.paging import newest
from app.store.record_imports import RecordImport
from app.web.filters import number
from app.web.forms.fields import choices
from app.web.forms.filters import DatedFilters
from app.web.shops import shop
from app.web.tables.columns import Address, Column, macro, once_for, when_column
from app.web.tables.listing import Listing

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session

STATES = {
    "": _l("Any state"),
    "checked": _l("Checked, not sent"),
    "running": _l("Being sent"),
    "done": _l("Sent"),
}


class RecordFilters(DatedFilters):
    """The filters of a list of imports."""

    state = SelectField(_l("State"), choices=choices(STATES))


def record_listing(
    db: Session, at: dict[str, Any], kinds: Collection[str], columns: list[Column[RecordImport]], file: str
) -> Listing[RecordImport]:
    """The imports of some kinds, newest first."""
    form = RecordFilters()
    wanted = record_imports.of_shop(shop().id, kinds, form.state.data or "", form.between())
    found = newest(db, wanted, RecordImport.id, **at)
    return Listing(_("Imports, newest first"), columns, found, form, file=file)


def record_columns(endpoint: str, *amounts: Column[RecordImport]) -> list[Column[RecordImport]]:
    """What was brought, how far it is, and how much it is; the page says what it counts."""
    import_at, pasted = Address(endpoint, "key"), _("pasted")
    state = macro("components/records.html", "record_state")
    return [
        Column(
            _l("File"),
            lambda batch: import_at.link(batch.key, batch.source or pasted),
            at="name",
            text=lambda batch: batch.source or pasted,
        ),
        Column(
            _l("State"),
            once_for(lambda batch: batch.state, state),
            at="figure",
            text=lambda batch: str(STATES[batch.state]),
        ),
        *amounts,
        Column(_l("Rows left out"), lambda batch: number(batch.figures.get("left_out")), kind="number"),
        Column(_l("By"), lambda batch: batch.person, kind="soft"),
        when_column(lambda batch: batch.at),
    ]
