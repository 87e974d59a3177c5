"""Orders: taken over from the shop's own system, and shown to whom they belong."""

from __future__ import annotations

from app.engine.answers import Refusal, answers
from app.engine.store.db import Db
from app.engine.store.jobs import accept
from app.engine.store.orders import Order, orders_of
from app.engine.store.people import find
from app.engine.store.purchases import shown
from app.rees46 import orders, profile
from app.rees46.replies import Done

AT_ONCE = 20  # a transaction of so many holds others up for some 10 ms (FACTS F23)
MOST = 100  # orders of one customer


@answers
def sync(db: Db, op: orders.Sync) -> Done:
    """Accept orders to be kept."""
    accept(db, "orders", op.orders, {}, at_once=AT_ONCE)
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
    return shown(db, [(item.product, item.name, item.price, item.quantity) for item in last.items])


@answers
def by_user(db: Db, op: orders.ByUser) -> list[orders.Placed]:
    """List the last orders, newest first; a customer who is not known has none."""
    customer = find(db, op.who())
    return [_placed(order) for order in orders_of(db, customer.id, MOST)] if customer else []


def _placed(order: Order) -> orders.Placed:
    items = [
        profile.OrderItem(id=item.product, price=item.price, name=item.name, quantity=item.quantity)
        for item in order.items
    ]
    date = order.at.strftime("%Y-%m-%d %H:%M:%S")
    return orders.Placed(id=order.number, value=order.total, status=order.status, items=items, date=date)
