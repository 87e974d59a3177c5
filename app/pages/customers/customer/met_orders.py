"""Orders that were read with a customer are remembered, so that one can be found by its number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import current_app

from app.store import orders_seen
from app.store.base import now
from app.store.orders_seen import Met

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.rees46.placed_orders import Placed
    from app.web.customer_page.opening import Opening

MOST = 10_000  # customers of whom a process knows what it wrote


def remember(who: Opening, listed: Sequence[Placed]) -> None:
    """Let the orders be written with all else of this opening, unless the same was written today."""
    met = [Met(order.id, order.order_status, order.value, order.date or "") for order in listed]
    written: dict[int, int] = current_app.extensions.setdefault("met_orders", {})
    mark, customer = hash((now().date(), *met)), who.customer
    if written.get(customer.id) == mark:
        return
    if len(written) >= MOST:
        written.clear()
    written[customer.id] = mark
    who.writes.append(lambda writing: orders_seen.note(writing, customer.shop_id, met, customer))
