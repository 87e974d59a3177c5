"""Collections of products."""

from __future__ import annotations

from app.engine.answers import Refusal, answers
from app.engine.catalogue.format import price_formatted
from app.engine.catalogue.serialize import described
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
    there = [known[item] for item in collection.items if item in known and is_shown(known[item])]
    priced = [(_price(product, op.location), product) for product in there]
    shown = described(db, [product for price, product in priced if price is not None])
    prices = [price for price, _ in priced if price is not None]
    return product_collections.Collection(products=[_at(one, price) for one, price in zip(shown, prices, strict=True)])


def _price(product: Product, location: str | None) -> float | None:
    """Say what a product costs at a location; None if it is not to be had there (rees46.md#availability)."""
    if location is None or product.locations is None:
        return product.price
    place = next((place for place in product.locations if place.get("location") == location), None)
    return place.get("price") or product.price if place else None


def _at(shown: products.Product, price: float) -> products.Product:
    formatted = price_formatted(price, shown.currency or "")
    return shown.model_copy(update={"price": price, "price_formatted": formatted})
