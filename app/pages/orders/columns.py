"""What the list of orders shows of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from app.pages.orders.reading import ORDERS, STATUSES
from app.web.filters import money, number
from app.web.moments import clock, for_file
from app.web.records.columns import record_columns
from app.web.tables.columns import Address, Column, macro, mono

if TYPE_CHECKING:
    from app.store.orders_seen import SeenOrder
    from app.store.record_imports import RecordImport

KINDS = {ORDERS: _l("Whole orders"), STATUSES: _l("Statuses")}


def import_columns() -> list[Column[RecordImport]]:
    """What was brought, how many orders it was, and what they came to."""
    return record_columns(
        "orders.show",
        Column(_l("What is brought"), lambda batch: KINDS[batch.kind], at="note"),
        Column(_l("Orders"), lambda batch: number(batch.rows), kind="number"),
        Column(_l("Total"), lambda batch: money(batch.figures.get("total")), kind="number"),
    )


def columns() -> list[Column[SeenOrder]]:
    """Its number, whose it is, how it stands, and when this desk met it."""
    orders_of, theirs = Address("customers.orders", "key"), _("Their orders")
    tell, sent = clock().when, macro("components/badge.html", "badge")(_("sent from here"))

    def whose(order: SeenOrder) -> object:
        return orders_of.link(order.customer.key, order.customer.name or theirs) if order.customer else "–"

    def met(order: SeenOrder) -> object:
        return Markup("{} {}").format(tell(order.read), sent) if order.is_sent else tell(order.read)

    return [
        Column(_l("Order"), lambda order: mono(order.number), at="name", kind="cut"),
        Column(_l("Customer"), whose, at="note"),
        Column(_l("Status"), lambda order: order.status or "–"),
        Column(_l("Total"), lambda order: money(order.total), at="figure", kind="number"),
        Column(_l("Placed"), lambda order: order.placed or "–", kind="soft"),
        Column(_l("Met"), met, at="when", kind="soft", text=lambda order: for_file(order.read)),
    ]
