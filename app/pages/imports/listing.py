"""What the list of imports shows of each, and what it is narrowed by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from app.store.imports import AUDIENCE, SUPPRESSED
from app.web.filters import number
from app.web.forms.fields import choices
from app.web.forms.filters import DatedFilters
from app.web.paging_args import whole_number
from app.web.tables.columns import Address, Column, macro, once_for, when_column

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.store.imports import Batch
    from app.store.segment_names import SegmentName

KINDS = {"": _l("Everything"), AUDIENCE: _l("Customers"), SUPPRESSED: _l("Suppressed addresses")}


class ListFilters(DatedFilters):
    """The filters of the list."""

    kind = SelectField(_l("What"), choices=choices(KINDS))
    person = SelectField(_l("Person"), coerce=whole_number)


def columns(names: Mapping[str, SegmentName]) -> list[Column[Batch]]:
    """What was brought, how far it is, and how many rows went where."""
    batch_at, parts = Address("imports.show", "key"), "imports/parts.html"
    purpose, state, pasted = macro(parts, "purpose"), macro(parts, "state"), _("pasted")
    words = once_for(
        lambda batch: (batch.kind, batch.segment_id), lambda batch: purpose(batch, names.get(batch.segment_id or ""))
    )
    return [
        Column(_l("What"), lambda batch: batch_at.link(batch.key, words(batch)), at="name"),
        Column(_l("State"), once_for(lambda batch: batch.state, state), at="figure"),
        Column(_l("Rows"), lambda batch: number(batch.rows), kind="number"),
        Column(_l("Sent"), lambda batch: number(batch.count("accepted")), kind="number"),
        Column(_l("Rows left out"), lambda batch: number(batch.left_out), kind="number"),
        Column(_l("File"), lambda batch: batch.source or pasted, at="note", kind="cut"),
        Column(_l("By"), lambda batch: batch.person, kind="soft"),
        when_column(lambda batch: batch.at),
    ]
