"""What the list of differences shows of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.web.filters import number
from app.web.tables.columns import Column, macro, mono, once_for, when_column

if TYPE_CHECKING:
    from app.store.reply_differences import ReplyDifference


def columns() -> list[Column[ReplyDifference]]:
    """Which operation, in what its reply differs, and how often that was met."""
    kind = macro("differences/_parts.html", "difference")
    return [
        Column(_l("Operation"), lambda row: mono(row.operation), at="note"),
        Column(_l("Difference"), once_for(lambda row: row.kind, kind), at="figure", text=lambda row: row.kind),
        Column(_l("Field"), lambda row: mono(row.field) if row.field else _l("the whole answer"), at="name"),
        Column(_l("What stands there"), lambda row: row.example or "–", kind="cut"),
        Column(_l("Times"), lambda row: number(row.times), kind="number"),
        when_column(lambda row: row.first_seen, _l("First"), at=""),
        when_column(lambda row: row.last_seen, _l("Last")),
    ]
