"""Synchronising orders: new ones kept, known ones brought up to date, each on its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.engine.jobs.parse_elements import reads
from app.engine.jobs.registry import Remark, Row, job
from app.engine.store.customers import Customer
from app.engine.store.db import Db
from app.engine.store.identity_bulk import identified_many
from app.engine.store.moments import plain
from app.engine.store.order_writes import describe, fill, note_step
from app.engine.store.orders import Order, numbered
from app.engine.store.products import Product, products_of
from app.rees46 import orders

NOT_KNOWN = "The order is not known yet, and has no items"
TWICE = "Saved, but an article stands in it twice, and should be one line"
DOES_NOT_ADD_UP = "Saved, but total is not cash + bonuses + delivery - discount"


@job("orders", check=reads(orders.Order))
def sync(db: Db, _about: Mapping[str, Any], rows: Sequence[Row[orders.Order]]) -> list[Remark]:
    """Keep the orders of a part."""
    said = [row.value for row in rows]
    owners = _owners(db, said)
    known = numbered(db, [one.id for one in said])
    catalogue = products_of(db, (line.id for one in said for line in one.items))
    return [
        remark for row, owner in zip(rows, owners, strict=True) for remark in _kept(db, row, owner, known, catalogue)
    ]


def _owners(db: Db, said: Sequence[orders.Order]) -> list[Customer | None]:
    """Find or make whose the orders are; an order may name nobody."""
    named = [place for place, one in enumerate(said) if one.who()]
    owners: list[Customer | None] = [None] * len(said)
    for place, owner in zip(named, identified_many(db, [said[place].who() for place in named]), strict=True):
        owners[place] = owner
    return owners


def _kept(
    db: Db, row: Row[orders.Order], owner: Customer | None, known: dict[str, Order], catalogue: Mapping[str, Product]
) -> Iterator[Remark]:
    said = row.value
    if said.id not in known and not said.items:
        yield Remark(row.place, NOT_KNOWN, is_skipped=True)
        return
    kept = known.get(said.id)
    if kept is None:
        kept = known[said.id] = Order(shop_id=db.shop.id, number=said.id, at=plain(said.date) if said.date else db.now)
        db.add(kept)
    describe(db, kept, said, owner)
    if said.items:
        fill(db, kept, said.items, catalogue)
    note_step(db, kept)
    if owner:
        owner.bought_something = True
    db.flush()
    if said.cost().does_not_add_up():
        yield Remark(row.place, DOES_NOT_ADD_UP)
    if len({line.id for line in said.items}) < len(said.items):
        yield Remark(row.place, TWICE)
