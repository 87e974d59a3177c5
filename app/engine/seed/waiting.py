"""Customers of the demo shop who wait for a product to return, or to cost less."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.engine.seed.catalogue import PRODUCTS
from app.engine.seed.products import OUT_OF_STOCK
from app.engine.store.customers import Identity
from app.engine.store.triggers import PRICE, STOCK, Trigger

if TYPE_CHECKING:
    from random import Random

    from app.engine.store.db import Db


def waiting(db: Db, random: Random, number: int) -> None:
    """Let a number of customers with an address wait."""
    known = select(Identity.customer_id).where(
        Identity.shop_id == db.shop.id, Identity.kind == "email", Identity.is_main
    )
    away = sorted(OUT_OF_STOCK)
    for customer in db.scalars(known.order_by(Identity.id).limit(number)).all():
        product = random.choice(PRODUCTS)
        at = db.now.replace(microsecond=0) - timedelta(minutes=random.randrange(60 * 24 * 60))
        about = {"shop_id": db.shop.id, "customer_id": customer, "properties": {}, "at": at}
        db.add(Trigger(**about, kind=STOCK, item_id=random.choice(away)))
        db.add(Trigger(**about, kind=PRICE, item_id=product.id, price=product.price))
