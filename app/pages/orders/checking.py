"""What a file of orders would do: totals, dates, products that nobody knows, and statuses from what to what."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from app.pages.orders.reading import ORDERS, STATUSES, orders_of
from app.store import orders_seen
from app.store.base import now
from app.web.catalogue import remembered
from app.web.context import desk
from app.web.records.bringing import Checked, new_import
from app.web.shops import shop

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.rees46.orders import Order
    from app.store.orders_seen import SeenOrder
    from app.store.record_imports import RecordImport
    from app.web.records.bringing import Brought

KINDS = (ORDERS, STATUSES)
PRODUCTS_READ = 40  # in one go, of those that nobody read lately; REES46 is asked for them one by one
MOST_LISTED = 100
LONG_AGO = timedelta(days=3650)
ROUNDING = 0.011


def check(mode: str, source: str, brought: Brought) -> tuple[RecordImport, list[dict[str, Any]]]:
    """Look at every order; nothing is sent."""
    checked = Checked()
    found = orders_of(mode, brought, checked)
    known = _known(order.id for _row, _said, order in found)
    for row, _said, order in found:
        _warn(checked, mode, row, order, known.get(order.id))
    checked.records = [said for _row, said, _order in found]
    checked.figures = {
        **_totals([order for _row, _said, order in found]),
        **_products([line.id for _row, _said, order in found for line in order.items]),
        "transitions": _transitions([order for _row, _said, order in found], known),
        "known": len(known),
        "unused": brought.unused[:MOST_LISTED],
    }
    return new_import(mode, source, checked), checked.records


def _known(numbers: Iterable[str]) -> dict[str, SeenOrder]:
    with desk().reading() as db:
        return orders_seen.by_numbers(db, shop().id, list(numbers))


def _warn(checked: Checked, mode: str, row: int, order: Order, known: SeenOrder | None) -> None:
    """Say what is odd about an order that is sent all the same."""
    cost, items = order.cost(), order.items
    if cost.does_not_add_up():
        checked.warn(row, "total", "parts")
    goods = [line.price * line.quantity for line in items if line.price is not None]
    if cost.total is not None and items and len(goods) == len(items):
        expected = sum(goods) + (cost.delivery or 0) - (cost.discount or 0)
        if abs(expected - cost.total) >= ROUNDING and abs(sum(goods) - cost.total) >= ROUNDING:
            checked.warn(row, "total", "items")
    if cost.total is not None and cost.total < 0:
        checked.warn(row, "total", "negative")
    at = _utc(order.date)
    if at and at > now() + timedelta(hours=1):
        checked.warn(row, "date", "future")
    elif at and at < now() - LONG_AGO:
        checked.warn(row, "date", "long_ago")
    if mode == ORDERS and known is None and not items:
        checked.warn(row, "items", "no_items")
    if mode == ORDERS and known is None and not order.who():
        checked.warn(row, "customer", "nobody")
    if mode == STATUSES and known is None:
        checked.warn(row, "id", "not_met")


def _utc(at: datetime | None) -> datetime | None:
    return at.astimezone(UTC).replace(tzinfo=None) if at and at.tzinfo else at


def _totals(orders: list[Order]) -> dict[str, Any]:
    days = sorted(at for order in orders if (at := _utc(order.date)))
    sums = [total for order in orders if (total := order.cost().total) is not None]
    return {
        "orders": len(orders),
        "lines": sum(len(order.items) for order in orders),
        "pieces": sum(line.quantity for order in orders for line in order.items),
        "total": round(sum(sums), 2) if sums else None,
        "without_total": len(orders) - len(sums),
        "statuses": Counter(order.status or "" for order in orders).most_common(MOST_LISTED),
        "first": days[0].isoformat(" ", "minutes") if days else None,
        "last": days[-1].isoformat(" ", "minutes") if days else None,
        "undated": len(orders) - len(days),
    }


def _products(items: list[str]) -> dict[str, Any]:
    """Name products that REES46 does not know, as far as they were read lately; a worker asks it for the others."""
    wanted = [item for item, _count in Counter(items).most_common()]
    rows = remembered(wanted, read=PRODUCTS_READ)
    return {
        "products": len(wanted),
        "unknown_products": [item for item in wanted if item in rows and rows[item].is_gone][:MOST_LISTED],
        "to_ask": [item for item in wanted if item not in rows],
        "not_asked": sum(item not in rows for item in wanted),
    }


def ask_some(figures: dict[str, Any]) -> dict[str, Any]:
    """Ask for the next products of a check, and give its figures anew."""
    some, rest = figures["to_ask"][:PRODUCTS_READ], figures["to_ask"][PRODUCTS_READ:]
    rows = remembered(some, read=PRODUCTS_READ)
    gone = [item for item in some if item in rows and rows[item].is_gone]
    unknown = [*figures["unknown_products"], *gone][:MOST_LISTED]
    return {**figures, "unknown_products": unknown, "to_ask": rest, "not_asked": len(rest)}


def _transitions(orders: list[Order], known: dict[str, SeenOrder]) -> list[list[Any]]:
    """Count the orders by status: what it is as far as the desk met them (None: never), and what it becomes."""
    pairs = Counter(
        (known[order.id].status or "" if order.id in known else None, order.status or "") for order in orders
    )
    return [[before, after, number] for (before, after), number in pairs.most_common(MOST_LISTED)]
