"""Products: imports are written down at once and done by the worker; one product is read as it stands."""

from __future__ import annotations

from datetime import timedelta

from app.engine.answers import Refusal, answers
from app.engine.catalogue.serialize import described
from app.engine.jobs.enqueue import take_in
from app.engine.store import products as store
from app.engine.store.db import Db
from app.engine.store.events import times
from app.engine.store.products import product_of
from app.engine.store.triggers import PRICE, STOCK, number_waiting
from app.rees46 import products

KINDS = {"PUT": "products", "PATCH": "availability", "DELETE": "removal"}


@answers
def put(db: Db, op: products.Put) -> None:
    """Accept products, or what an old exporter says in `method`."""
    take_in(db, KINDS[op.method], "items", op.items, op.webhook)


@answers
def sync(db: Db, op: products.Sync) -> None:
    """Accept the list of what is in stock."""
    take_in(db, "availability", "items", op.items, op.webhook)


@answers
def remove(db: Db, op: products.Remove) -> None:
    """Accept products to be taken out of stock."""
    take_in(db, "removal", "items", op.items, op.webhook)


@answers
def read(db: Db, op: products.Read) -> products.Product:
    """Answer what is known of a product."""
    found = product_of(db, op.item_id)
    if found is None:
        raise Refusal(404, "Product not found")
    return described(db, [found])[0]


@answers
def not_widgetable(db: Db, op: products.NotWidgetable) -> products.AllNotShown:  # it asks for nothing
    """List what is shown nowhere; the box loads no pictures, so none of them can fail to load."""
    total, listed = store.not_widgetable(db, products.MOST_NOT_SHOWN)
    items = [
        products.NotShown(uniqid=one.item_id, price=one.price, name=one.name, url=one.url, image_url=one.picture)
        for one in listed
    ]
    return products.AllNotShown(total=total, items=items)


@answers
def counters(db: Db, op: products.Counters) -> products.Counted:
    """Count what was done with a product lately."""
    if product_of(db, op.item) is None:
        raise Refusal(404, "Product not found")
    waiting = products.Waiting(
        back_in_stock=number_waiting(db, STOCK, op.item), price_drop=number_waiting(db, PRICE, op.item)
    )
    return products.Counted(
        daily=_activity(db, op.item, timedelta(days=1)),
        now=_activity(db, op.item, timedelta(minutes=30)),
        triggers=waiting,
    )


def _activity(db: Db, item: str, ago: timedelta) -> products.Activity:
    number = times(db, item, ("view", "cart", "purchase"), db.now - ago)
    return products.Activity(view=number["view"], cart=number["cart"], purchase=number["purchase"])
