"""A profile as it is read: rows straight to the reply. Nothing is changed, and entities cost three times as much."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import Table, bindparam, select

from app.engine.store.customers import Customer, Identity
from app.engine.store.orders import Order, OrderItem, is_given_back

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Row, RowMapping, Select

    from app.engine.store.db import Db

_customers, _identities, _orders, _items = (
    cast("Table", model.__table__).c for model in (Customer, Identity, Order, OrderItem)
)
CUSTOMER = select(*_customers).where(_customers.id == bindparam("customer"))
IDENTITIES = (
    select(_identities.kind, _identities.value, _identities.is_main)
    .where(_identities.customer_id == bindparam("customer"))
    .order_by(_identities.id)
)
ORDERS = (
    select(_orders.id, _orders.number, _orders.total, _orders.status)
    .where(_orders.customer_id == bindparam("customer"))
    .order_by(_orders.at.desc(), _orders.id.desc())
    .limit(bindparam("most"))
)
ITEMS: Select[Any] = (
    select(_items.order_id, _items.product, _items.price, _items.name, _items.quantity, _items.details)
    .where(_items.order_id.in_(bindparam("orders", expanding=True)))
    .order_by(_items.id)
)


@dataclass(frozen=True)
class ProfileRows:
    """A customer, the keys they go by (main ones and others, by kind), and their orders, newest first, with lines."""

    customer: RowMapping
    main: dict[str, str]
    additional: dict[str, list[str]]
    orders: list[tuple[Any, list[Row[Any]]]]


def profile_rows(db: Db, customer: int, most_orders: int) -> ProfileRows:
    """Read what there is of a customer, who exists."""
    read = db.connection().execute
    main: dict[str, str] = {}
    additional: defaultdict[str, list[str]] = defaultdict(list)
    for kind, value, is_main in read(IDENTITIES, {"customer": customer}):
        if is_main:
            main.setdefault(kind, value)
        else:
            additional[kind].append(value)
    orders = read(ORDERS, {"customer": customer, "most": most_orders}).all()
    lines = _lines(db, [order.id for order in orders])
    return ProfileRows(
        customer=read(CUSTOMER, {"customer": customer}).mappings().one(),
        main=main,
        additional=additional,
        orders=[(order, lines[order.id]) for order in orders],
    )


def _lines(db: Db, orders: Sequence[int]) -> defaultdict[int, list[Row[Any]]]:
    """Give the lines that count, by order."""
    lines: defaultdict[int, list[Row[Any]]] = defaultdict(list)
    found = db.connection().execute(ITEMS, {"orders": orders}).all() if orders else []
    for item in found:
        if not is_given_back(item.details):
            lines[item.order_id].append(item)
    return lines
