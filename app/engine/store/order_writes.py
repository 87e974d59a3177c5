"""Writing an order: what was said of it, its owner, and its lines with what the catalogue knows of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.engine.store.customers import Customer
from app.engine.store.db import Db
from app.engine.store.moments import plain
from app.engine.store.orders import Order, OrderItem
from app.engine.store.products import Product
from app.rees46 import orders

# Fields of the call by the columns they go into.
SAID = {
    "channel": "channel",
    "is_offline": "offline",
    "promocode": "promocode",
    "location": "location_id",
    "delivery_type": "delivery_type",
    "delivery_address": "delivery_address",
    "delivery_date": "delivery_date",
    "delivery_time": "delivery_time",
    "payment_type": "payment_type",
}


def describe(db: Db, order: Order, said: orders.Order, owner: Customer | None) -> None:
    """Write what was said of an order; what was not said stays."""
    for column, name in SAID.items():
        if (value := getattr(said, name)) is not None:
            setattr(order, column, value)
    cost = said.cost().model_dump(exclude_none=True)
    for name in cost.keys() - {"products"}:
        setattr(order, name, cost[name])
    details = said.model_dump(mode="json", include=set(orders.OrderDetails.model_fields), exclude_none=True)
    if "products" in cost:
        details["products"] = cost["products"]
    order.details = (order.details or {}) | details
    if said.status is not None and said.status != order.status:
        order.status, order.status_changed = said.status, plain(said.date) if said.date else db.now
    if owner:
        order.customer_id = owner.id


def note_step(db: Db, order: Order) -> None:
    """Write down what the order is and costs now, if that is news."""
    step = {"status": order.status} | {column: getattr(order, column) for column in COST}
    before = order.steps or []  # of an order that is new nothing is there yet
    last = before[-1] if before else {}
    if step != {name: last.get(name) for name in step}:
        at = order.status_changed if order.status != last.get("status") and order.status_changed else db.now
        order.steps = [*before, step | {"date": f"{at:%Y-%m-%d %H:%M:%S}"}][-MOST_STEPS:]


def fill(db: Db, order: Order, lines: Sequence[orders.Line], catalogue: Mapping[str, Product]) -> None:
    """Replace the lines of an order; without a total of its own it costs what its lines cost."""
    order.items = [_item(db, line, catalogue.get(line.id)) for line in lines]
    if order.total is None:
        goods = sum(item.price * item.quantity for item in order.bought)
        order.total = round(goods + (order.delivery or 0) - (order.discount or 0), 2)


def _item(db: Db, line: orders.Line, product: Product | None) -> OrderItem:
    price = line.price if line.price is not None else product.price if product else 0.0
    name = line.name or (product.name[:LONGEST_NAME] if product else None)
    details = line.model_dump(mode="json", include=set(orders.LineDetails.model_fields), exclude_none=True)
    return OrderItem(
        shop_id=db.shop.id, product=line.id, name=name, price=price, quantity=line.quantity, details=details
    )


LONGEST_NAME = 500
MOST_STEPS = 50
COST = ("total", "cash", "bonuses", "delivery", "discount")
