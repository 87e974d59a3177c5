"""Collections of products."""

from __future__ import annotations

from app.engine.answers import Refusal, answers
from app.engine.goods import described
from app.engine.prices import price_formatted
from app.engine.store.db import Db
from app.engine.store.product_collections import collection_of
from app.engine.store.products import Product, is_shown, products_of
from app.rees46 import product_collections, products


@answers
def read(db: Db, op: product_collections.Read) -> product_collections.Collection:
    """Give what is there of a collection."""
    collection = collection_of(db, op.collection)
    if collection is None:
        raise Refusal(404, "There is no such collection")
    known = products_of(db, collection.items)
    there = (_at(known[item], op.location, db.shop.currency) for item in collection.items if item in known)
    return product_collections.Collection(products=[product for product in there if product])


def _at(product: Product, location: str | None, currency: str) -> products.Product | None:
    """Describe a product as it is at a location, unless it is not to be had there (CONTRACT §5.8)."""
    if not is_shown(product):
        return None
    shown = described(product, currency)
    if location is None or product.locations is None:
        return shown
    place = next((place for place in product.locations if place.get("location") == location), None)
    if place is None:
        return None
    price = place.get("price") or product.price
    formatted = price_formatted(price, shown.currency or currency)
    return shown.model_copy(update={"price": price, "price_formatted": formatted})
