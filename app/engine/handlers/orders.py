"""Orders: taken over from the shop's own system, and shown to whom they belong."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from app.engine.answers import Refusal, answers
from app.engine.catalogue.serialize import attributes, categories_with_parents, shaped
from app.engine.jobs.enqueue import take_orders_in
from app.engine.store.categories import Category
from app.engine.store.db import Db
from app.engine.store.identity import find
from app.engine.store.orders import Order, OrderItem, orders_of
from app.engine.store.products import Product, products_of
from app.rees46 import orders, placed_orders
from app.rees46.replies import Done

MOST = 100  # orders of one customer
PARTS = ("cash", "bonuses", "delivery", "discount")
TOLD = tuple(name for name in orders.OrderDetails.model_fields if name in placed_orders.Placed.model_fields)


@answers
def sync(db: Db, op: orders.Sync) -> Done:
    """Accept orders to be kept."""
    take_orders_in(db, op.orders)
    return Done()


@answers
def last_for_user(db: Db, op: orders.LastForUser) -> list[orders.Product]:
    """List the products of the last order. Without the secret a device learns of its own purchases only."""
    who = op.who() if db.at.caller.has_secret else {"did": op.did or ""}
    if not any(who.values()):
        raise Refusal(403, "Invalid secret key")
    customer = find(db, who)
    last = next(iter(orders_of(db, customer.id, 1)), None) if customer else None
    if last is None:
        return []
    catalogue = products_of(db, (item.product for item in last.bought))
    known = categories_with_parents(db, (category for product in catalogue.values() for category in product.categories))
    return [_last(db, item, catalogue.get(item.product), known) for item in last.bought]


def _last(db: Db, line: OrderItem, product: Product | None, known: Mapping[str, Category]) -> orders.Product:
    """Show what was bought as the catalogue has it, at what was paid for it; the newest shape tells no such things."""
    bought = {"id": line.product, "price": line.price, "quantity": line.quantity} | (
        {"name": line.name} if line.name else {}
    )
    if product is None:
        return orders.Product(**bought, currency=db.shop.currency)
    said = attributes(product, db.shop.currency, known)
    return shaped(orders.Product, said if db.at.settings.box_shapes == "newest" else said | bought)


@answers
def by_user(db: Db, op: orders.ByUser) -> list[placed_orders.Placed]:
    """List the last orders, newest first; a customer who is not known has none."""
    customer = find(db, op.who())
    first = datetime.combine(op.date_from, time()) if op.date_from else None
    placed = orders_of(db, customer.id, MOST, since=first) if customer else []
    catalogue = products_of(db, (item.product for order in placed for item in order.items))
    known = categories_with_parents(db, (category for product in catalogue.values() for category in product.categories))
    return [
        _placed(order, [_bought(db, item, catalogue.get(item.product), known) for item in order.items])
        for order in placed
    ]


def _placed(order: Order, items: list[placed_orders.Bought]) -> placed_orders.Placed:
    parts = {name: amount for name in PARTS if (amount := getattr(order, name)) is not None}
    raw = {"total": order.total, "products": order.details.get("products")}
    said = {name: order.details[name] for name in TOLD if name in order.details}
    return placed_orders.Placed(
        internal_id=str(order.id),
        id=order.number,
        date=f"{order.at:%Y-%m-%d %H:%M:%S}",
        order_status=order.status,
        value=order.total,
        cash_value=order.cash,
        bonuses_value=order.bonuses,
        delivery_value=order.delivery,
        location_id=order.location,
        promocode=order.promocode,
        offline=order.is_offline,
        channel=order.channel,
        delivery_type=order.delivery_type,
        delivery_date=order.delivery_date.isoformat() if order.delivery_date else None,
        delivery_address=order.delivery_address,
        payment_type=order.payment_type,
        items=items,
        payment_structure=parts or None,
        value_raw={name: amount for name, amount in raw.items() if amount is not None} or None,
        custom_properties=order.details.get("custom"),
        history=[_step(step) for step in order.steps] or None,
        **said,
    )


def _step(step: Mapping[str, Any]) -> placed_orders.Step:
    values = {f"{'common' if name == 'total' else name}_value": step.get(name) for name in ("total", *PARTS)}
    return placed_orders.Step(status=step.get("status"), date=step.get("date"), **values)


def _bought(db: Db, line: OrderItem, product: Product | None, known: Mapping[str, Category]) -> placed_orders.Bought:
    if product is None:
        goods = placed_orders.Goods(id=line.product, name=line.name)
        return placed_orders.Bought(amount=line.quantity, price=line.price, item=goods, **line.details)
    said = attributes(product, db.shop.currency, known) | ({"name": line.name} if line.name else {})
    goods = shaped(placed_orders.Goods, said)
    return placed_orders.Bought(amount=line.quantity, price=line.price, item=goods, **line.details)
