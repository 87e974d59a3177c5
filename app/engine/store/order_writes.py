"""Writing an order: what was said of it, its owner, and its lines with what the catalogue knows of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.engine.store.customers import Customer
from app.engine.store.db import Db
from app.engine.store.moments import plain
from app.engine.store.orders import Order, OrderItem
from app.engine.store.products import Product, products_of
from app.rees46 import orders

Line = tuple[str, str | None, float | None, int]  # ID, name and price as they were then, and how many pieces

# Fields of the call by the columns they go into.
SAID = {
    "channel": "channel", "is_offline": "offline", "promocode": "promocode", "location": "location_id",
    "delivery_type": "delivery_type", "delivery_address": "delivery_address", "delivery_date": "delivery_date",
    "delivery_time": "delivery_time", "payment_type": "payment_type",
}  # fmt: skip


def describe(db: Db, order: Order, said: orders.Order, owner: Customer | None) -> None:
    """Write what was said of an order; what was not said stays."""
    for column, name in SAID.items():
        if (value := getattr(said, name)) is not None:
            setattr(order, column, value)
    for name, amount in said.value.model_dump(exclude_none=True).items():
        setattr(order, name, amount)
    if said.status is not None and said.status != order.status:
        order.status, order.status_changed = said.status, plain(said.date) if said.date else db.now
    if owner:
        order.customer_id = owner.id


def fill(db: Db, order: Order, lines: Sequence[orders.Line], catalogue: Mapping[str, Product]) -> None:
    """Replace the lines of an order; without a total of its own it costs what its lines cost."""
    order.items = [_item(db, line, catalogue.get(line.id)) for line in lines]
    if order.total is None:
        goods = sum(item.price * item.quantity for item in order.items)
        order.total = round(goods + (order.delivery or 0) - (order.discount or 0), 2)


def _item(db: Db, line: orders.Line, product: Product | None) -> OrderItem:
    price = line.price if line.price is not None else product.price if product else 0.0
    name = line.name or (product.name[:LONGEST_NAME] if product else None)
    return OrderItem(shop_id=db.shop.id, product=line.id, name=name, price=price, quantity=line.quantity)


def shown(db: Db, lines: Sequence[Line]) -> list[orders.Product]:
    """Describe products that somebody bought or means to, with what the catalogue knows of them."""
    catalogue = products_of(db, (item_id for item_id, _name, _price, _quantity in lines))
    return [_shown(db, line, catalogue.get(line[0])) for line in lines]


def _shown(db: Db, line: Line, product: Product | None) -> orders.Product:
    item_id, name, price, quantity = line
    if product is None:
        return orders.Product(id=item_id, name=name, price=price or 0.0, currency=db.shop.currency, quantity=quantity)
    return orders.Product(
        id=item_id, name=name or product.name, price=product.price if price is None else price,
        currency=product.currency or db.shop.currency, url=product.url, picture=product.picture, quantity=quantity,
    )  # fmt: skip


LONGEST_NAME = 500
