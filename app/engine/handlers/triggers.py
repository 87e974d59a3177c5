"""Triggers that customers ask for: waiting for a lower price or for a return into stock, and who waits."""

from __future__ import annotations

from datetime import date

from app.engine.answers import answers
from app.engine.store.customers import Customer
from app.engine.store.db import Db
from app.engine.store.identity import find, found_or_made
from app.engine.store.products import Product, products_of
from app.engine.store.triggers import (
    PRICE,
    STOCK,
    Trigger,
    subscribe,
    subscriptions,
    unsubscribe,
    waiting,
    waits,
)
from app.rees46 import triggers
from app.rees46.replies import Done


@answers
def subscribe_to_price_drop(db: Db, op: triggers.SubscribeToPriceDrop) -> Done:
    """Let a customer, who is made if unknown, wait for a lower price."""
    subscribe(db, PRICE, found_or_made(db, op.who()).id, op.items(), price=op.price, properties={})
    return Done()


@answers
def subscribe_to_back_in_stock(db: Db, op: triggers.SubscribeToBackInStock) -> Done:
    """Let a customer, who is made if unknown, wait for a return into stock."""
    subscribe(db, STOCK, found_or_made(db, op.who()).id, op.items(), properties=op.properties)
    return Done()


@answers
def unsubscribe_from_price_drop(db: Db, op: triggers.UnsubscribeFromPriceDrop) -> Done:
    """Stop waiting for lower prices, of some products or of all."""
    return _unsubscribed(db, PRICE, op)


@answers
def unsubscribe_from_back_in_stock(db: Db, op: triggers.UnsubscribeFromBackInStock) -> Done:
    """Stop waiting for returns into stock, of some products or of all."""
    return _unsubscribed(db, STOCK, op)


def _unsubscribed(
    db: Db, kind: str, op: triggers.UnsubscribeFromPriceDrop | triggers.UnsubscribeFromBackInStock
) -> Done:
    if customer := find(db, _by_name(op)):
        unsubscribe(db, kind, customer.id, op.item_ids or None)
    return Done()


@answers
def check_price_drop(db: Db, op: triggers.CheckPriceDrop) -> bool:
    """Tell whether somebody waits for a lower price."""
    customer = find(db, _by_name(op))
    return customer is not None and waits(db, PRICE, customer.id, op.item)


@answers
def check_back_in_stock(db: Db, op: triggers.CheckBackInStock) -> bool:
    """Tell whether somebody waits for a return into stock."""
    customer = find(db, _by_name(op))
    return customer is not None and waits(db, STOCK, customer.id, op.item)


def _by_name(
    op: triggers.Question | triggers.UnsubscribeFromPriceDrop | triggers.UnsubscribeFromBackInStock,
) -> dict[str, str]:
    """Leave the device out where a person is named: it may be somebody else's."""
    who = op.who()
    return {kind: key for kind, key in who.items() if kind != "did"} or who


@answers
def waiting_for_stock(db: Db, op: triggers.WaitingForStock) -> list[triggers.Waiting | triggers.Subscription]:
    """List the products whose return is waited for."""
    return _waiting(db, STOCK, op.date_from, op.date_to)


@answers
def waiting_for_price(db: Db, op: triggers.WaitingForPrice) -> list[triggers.Waiting | triggers.Subscription]:
    """List the products whose price is waited to drop."""
    return _waiting(db, PRICE, op.date_from, op.date_to)


def _waiting(
    db: Db, kind: str, first: date | None, last: date | None
) -> list[triggers.Waiting | triggers.Subscription]:
    if db.at.settings.box_shapes == "newest":
        return _one_by_one(db, kind, first, last)
    found = waiting(db, kind, first, last)
    known = products_of(db, (item for item, *_ in found))
    return [
        triggers.Waiting(
            id=item,
            barcode=known[item].barcode if item in known else None,
            quantity=number,
            subscribers=number,
            date=at.date(),
            contacts=contacts,
        )
        for item, number, at, contacts in found
    ]


def _one_by_one(
    db: Db, kind: str, first: date | None, last: date | None
) -> list[triggers.Waiting | triggers.Subscription]:
    found = subscriptions(db, kind, first, last)
    catalogue = products_of(db, (trigger.item_id for trigger, _ in found))
    return [_subscription(trigger, customer, catalogue.get(trigger.item_id)) for trigger, customer in found]


def _subscription(trigger: Trigger, customer: Customer, product: Product | None) -> triggers.Subscription:
    model = product.details.get("model") if product else None
    return triggers.Subscription(
        subscribed_at=trigger.at.isoformat(timespec="seconds") + "+00:00",
        email=customer.email,
        phone=customer.phone,
        first_name=customer.first_name,
        last_name=customer.last_name,
        sku=trigger.item_id,
        model=None if model is None else str(model),
        barcode=product.barcode if product else None,
        group_id=product.group_id if product else None,
        properties=trigger.properties if trigger.kind == STOCK else None,
    )
