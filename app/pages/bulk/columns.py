"""What the list of bulk acts shows of each, and what one of them shows of its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.web.customers.columns import customer_column
from app.web.filters import number
from app.web.tables.columns import Address, Column, macro, once_for, when_column
from app.work.bulk import BULK_KINDS

if TYPE_CHECKING:
    from app.store.bulks import Bulk, BulkRow

PARTS = "bulk/_parts.html"


def columns() -> list[Column[Bulk]]:
    bulk_at, stage = Address("bulk.show", "key"), macro(PARTS, "stage")

    def what(bulk: Bulk) -> object:
        return bulk_at.link(bulk.key, BULK_KINDS[bulk.kind].label if bulk.kind in BULK_KINDS else _("Not decided yet"))

    return [
        Column(_l("What"), what, at="name"),
        Column(_l("Chosen from"), lambda bulk: bulk.source, at="note", kind="cut"),
        Column(_l("State"), once_for(lambda bulk: bulk.state, stage), at="figure"),
        Column(_l("Customers"), lambda bulk: number(bulk.rows), kind="number"),
        Column(_l("By"), lambda bulk: bulk.person),
        when_column(lambda bulk: bulk.at),
    ]


def row_columns() -> list[Column[BulkRow]]:
    """Whom it concerned, and how it ended for them."""
    act_at, badge = Address("trail.show", "number"), macro(PARTS, "row_badge")
    words = once_for(lambda row: row.outcome, lambda row: badge(row.outcome))

    def outcome(row: BulkRow) -> object:
        return act_at.link(row.act_id, words(row)) if row.act_id else words(row)

    return [
        customer_column(lambda row: row.customer, at="name"),
        Column(_l("Outcome"), outcome, at="figure"),
        Column(_l("In words"), lambda row: row.answer or "–", at="note", kind="cut"),
    ]
