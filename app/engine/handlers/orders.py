"""Orders: taken over from the shop's own system, and shown to whom they belong."""

from __future__ import annotations

from app.engine.answers import Refusal, answers
from app.engine.store.db import Db
from app.engine.store.jobs import accept
from app.engine.store.orders import orders_of
from app.engine.store.people import find
from app.engine.store.products import products_of
from app.rees46 import orders
from app.rees46.replies import Done

AT_ONCE = 20  # a transaction of so many holds others up for some 10 ms (FACTS F23)


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
    known = products_of(db, (item.product for item in last.items))
    return [
        orders.Product(
            id=item.product,
            name=item.name or (product.name if product else None),
            price=item.price,
            currency=(product.currency if product else None) or db.shop.currency,
            url=product.url if product else None,
            picture=product.picture if product else None,
            quantity=item.quantity,
        )
        for item in last.items
        for product in [known.get(item.product)]
    ]
