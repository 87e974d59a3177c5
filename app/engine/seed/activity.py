"""What visitors of the demo shop did in the last four weeks: views, searches, carts and wishes, by their devices."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from app.engine.seed.catalogue import PRODUCTS
from app.engine.seed.keep import put
from app.engine.store.baskets import CART, WISHES, BasketItem
from app.engine.store.devices import Device
from app.engine.store.events import Event

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from app.engine.seed.catalogue import Product
    from app.engine.store.db import Db

Row = dict[str, Any]
DAYS = 28
QUERIES = (
    "gravel bike",
    "helmet",
    "шлем",
    "велошорты",
    "bottle",
    "lock",
    "фонарь",
    "running shoes",
    "кроссовки",
    "gloves",
    "электровелосипед",
    "jersey",
)
STREAMS = (None, None, None, "ios", "android")  # most come over the web
EMPTY: Row = {
    "stream": None,
    "item_id": None,
    "amount": None,
    "category_id": None,
    "search_query": None,
    "recommended_by": None,
    "recommended_code": None,
}


def activity(db: Db, random: Random) -> None:
    """Let every second device of a known customer visit the shop a few times."""
    owned = select(Device.did, Device.customer_id).where(Device.shop_id == db.shop.id, Device.customer_id.is_not(None))
    lines: dict[str, list[Product]] = {}
    for product in PRODUCTS:
        lines.setdefault(product.category, []).append(product)
    visits = [
        visit
        for did, customer in db.execute(owned.order_by(Device.id))
        if random.random() < 0.5
        for visit in _visits(random, {"did": did, "customer_id": customer}, list(lines.values()), db.now)
    ]
    visits.sort(key=lambda row: row["at"])
    put(db, Event, visits)
    put(db, BasketItem, _kept(visits))


def _visits(random: Random, who: Row, lines: list[list[Product]], now: datetime) -> Iterator[Row]:
    for visit in range(random.choice((1, 1, 2, 3))):
        at = now - timedelta(days=DAYS * random.random(), minutes=5)
        common = EMPTY | who | {"seance": f"{who['did']}-{visit}", "stream": random.choice(STREAMS)}
        chosen = random.choice(lines)
        if random.random() < 0.4:
            yield common | {"kind": "search", "at": at, "search_query": random.choice(QUERIES)}
        else:
            yield common | {"kind": "category", "at": at, "category_id": chosen[0].category}
        for place, product in enumerate(random.sample(chosen, min(len(chosen), random.choice((1, 2, 3))))):
            seen = common | {"item_id": product.id, "at": at + timedelta(minutes=place + 1)}
            if place:
                seen |= {"recommended_by": "dynamic", "recommended_code": "similar"}
            yield seen | {"kind": "view"}
            if random.random() < 0.2:
                yield seen | {"kind": "cart", "amount": 1}
            elif random.random() < 0.1:
                yield seen | {"kind": "wish"}


def _kept(visits: list[Row]) -> list[Row]:
    """Give what lies in carts and on lists of wishes after all that; nothing lies there twice."""
    baskets = {"cart": CART, "wish": WISHES}
    found = {
        (row["customer_id"], row["kind"], row["item_id"]): {
            "customer_id": row["customer_id"],
            "basket": baskets[row["kind"]],
            "item_id": row["item_id"],
            "amount": 1,
            "added": row["at"],
        }
        for row in visits
        if row["kind"] in baskets
    }
    return list(found.values())
