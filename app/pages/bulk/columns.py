"""What the list of bulk acts shows of each, and what one of them shows of its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.web.filters import number
from app.web.tables.columns import Address, Column, macro, once_for, when_column
from app.work.bulk import BULK_KINDS

if TYPE_CHECKING:
    from app.store.bulks import Bulk


def columns() -> list[Column[Bulk]]:
    bulk_at, stage = Address("bulk.show", "key"), macro("bulk/_parts.html", "stage")

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
