"""Events: written down, and done what they mean for stock, carts, wishes and orders."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from app.engine.answers import answers
from app.engine.store import baskets, outcomes
from app.engine.store.customers import Customer
from app.engine.store.db import Db
from app.engine.store.devices import device_found_or_made, start_visit
from app.engine.store.events import CUSTOM, FASHION_SIZE, note, register
from app.engine.store.identity import PurgedError, found_or_made
from app.engine.store.order_writes import describe, fill, note_step
from app.engine.store.orders import Order, numbered
from app.engine.store.products import Product, products_of, set_availability
from app.rees46 import events, orders
from app.rees46.replies import Tracked

SAID = ("did", "seance", "stream", "segment", "referer")


@answers
def track(db: Db, op: events.Track) -> Tracked:
    """Note an event and do what it means."""
    if op.event == "purchase" and op.order_id and numbered(db, [op.order_id]):
        return Tracked()
    customer = _visitor(db, op)
    for item_id, is_available in zip(op.item_id, op.is_available, strict=False):
        if is_available is not None:
            set_availability(db, item_id, is_available)
    number = op.order_id
    if op.event == "purchase":
        number = _bought(db, op, customer)
    elif op.event in {"cart", "remove_from_cart"}:
        _fill(db, op, customer, baskets.CART, is_whole=bool(op.full_cart))
    elif op.event in {"wish", "remove_wish"}:
        _fill(db, op, customer, baskets.WISHES, is_whole=bool(op.full_wish))
    about = {
        "recommended_by": op.recommended_by,
        "recommended_code": op.recommended_code,
        "order_number": number,
        "category_id": op.category_id,
        "search_query": op.search_query,
    }
    rated = {"rating": op.rating} if op.rating is not None else {}
    rows = [_row(item, rated) for item in _items(op)]
    note(db, op.event, _common(op, customer) | about | {"payload": rated or None}, rows)
    return Tracked()


@answers
def custom(db: Db, op: events.Custom) -> Tracked:
    """Note an event of the shop's own; a new name is registered."""
    customer = _visitor(db, op)
    register(db, op.event)
    about = {"name": op.event, "category": op.category, "label": op.label, "value": op.value, "payload": op.payload}
    note(db, CUSTOM, _common(op, customer) | about)
    return Tracked()


def _visitor(db: Db, op: events.Happened) -> Customer:
    """Find or make who did it. A device is enough where the address beside it is purged."""
    try:
        customer = found_or_made(db, op.who())
    except PurgedError:
        if not op.did:
            raise
        customer = found_or_made(db, {"did": op.did})
    if op.did:
        device = device_found_or_made(db, op.did)
        device.seen = db.now
        if op.seance:
            start_visit(db, device, op.seance, stream=op.stream, referrer=op.referer)
    return customer


def _common(op: events.Happened, customer: Customer) -> dict[str, Any]:
    source = op.source or events.Source()
    about = {name: getattr(op, name) for name in SAID}
    return about | {"customer_id": customer.id, "source": source.source, "source_code": source.code}


def _fill(db: Db, op: events.Track, customer: Customer, basket: str, *, is_whole: bool) -> None:
    """Change a basket; whoever is on the list of wishes is there once."""
    if op.event.startswith("remove_"):
        baskets.take_out(db, customer.id, basket, op.item_id)
        return
    pieces: dict[str, int] = {}
    for item in _items(op):
        amount = item["amount"] or 1
        pieces[item["item_id"]] = 1 if basket == baskets.WISHES else pieces.get(item["item_id"], 0) + amount
    if basket == baskets.WISHES and not is_whole:
        there = baskets.inside(db, customer.id, basket)
        pieces = {item_id: 1 for item_id in pieces if item_id not in there}
    (baskets.replace if is_whole else baskets.put)(db, customer.id, basket, pieces)


def _bought(db: Db, op: events.Track, customer: Customer) -> str:
    """Keep the order, empty the cart, remember that they bought; give the order's number."""
    catalogue = products_of(db, op.item_id)
    total = op.order_price if op.order_price is not None else _worth(op, catalogue)
    said = orders.Order(
        id=op.order_id or f"internal-{secrets.token_hex(8)}",
        channel=op.channel,
        promocode=op.promocode,
        delivery_type=op.delivery_type,
        delivery_address=op.delivery_address,
        payment_type=op.payment_type,
        value=orders.Value(
            total=total,
            cash=op.order_cash,
            bonuses=op.order_bonuses,
            delivery=op.order_delivery,
            discount=op.order_discount,
        ),
        items=[
            orders.Line(id=item["item_id"], price=item["price"], quantity=item["amount"] or 1) for item in _items(op)
        ],
    )
    order = Order(shop_id=db.shop.id, number=said.id, at=db.now)
    describe(db, order, said, customer)
    fill(db, order, said.items, catalogue)
    note_step(db, order)
    db.add(order)
    customer.bought_something = True
    outcomes.credit(db, customer.id, op.source.code if op.source else None)
    baskets.replace(db, customer.id, baskets.CART, {})
    db.flush()
    return said.id


def _worth(op: events.Track, catalogue: Mapping[str, Product]) -> float:
    """Say what the products cost by the catalogue, and one it does not know by the event."""
    known = {item_id: product.price for item_id, product in catalogue.items()}
    return round(sum(known.get(item["item_id"], item["price"] or 0) * (item["amount"] or 1) for item in _items(op)), 2)


def _items(op: events.Track) -> list[dict[str, Any]]:
    """Give the items as rows; what a shorter list does not say is not known."""
    columns: dict[str, Sequence[Any]] = {"amount": op.amount, "price": op.price, "fashion_size": op.fashion_size}
    return [
        {"item_id": item_id}
        | {name: values[place] if place < len(values) else None for name, values in columns.items()}
        for place, item_id in enumerate(op.item_id)
    ]


def _row(item: dict[str, Any], rated: dict[str, float]) -> dict[str, Any]:
    """Put into the payload what an event seldom says of an item."""
    size = {FASHION_SIZE: item["fashion_size"]} if item["fashion_size"] else {}
    return {name: value for name, value in item.items() if name != "fashion_size"} | {"payload": rated | size or None}
