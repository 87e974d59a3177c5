"""Collections of the demo shop's products."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from app.engine.store.product_collections import ProductCollection
from app.engine.store.products import Product

if TYPE_CHECKING:
    from app.engine.store.db import Db

NAMES = {"6": "For the first warm days", "7": "Small presents"}
SIZE = 8


def collections(db: Db) -> None:
    """Put together what is in stock."""
    in_stock = select(Product.item_id).where(Product.shop_id == db.shop.id, Product.is_available).order_by(Product.id)
    items = list(db.scalars(in_stock.limit(SIZE * len(NAMES))))
    for place, (number, name) in enumerate(NAMES.items()):
        some = items[place * SIZE : (place + 1) * SIZE]
        db.add(ProductCollection(shop_id=db.shop.id, number=number, name=name, items=some))
