"""Collections of products."""

from __future__ import annotations

from app.engine.answers import Refusal, answers
from app.engine.catalogue.local import is_at
from app.engine.catalogue.serialize import described
from app.engine.store.db import Db
from app.engine.store.locations import with_those_searched
from app.engine.store.product_collections import collection_of
from app.engine.store.products import is_shown, products_of
from app.rees46 import product_collections


@answers
def read(db: Db, op: product_collections.Read) -> product_collections.Collection:
    """Give what is there of a collection."""
    collection = collection_of(db, op.collection)
    if collection is None:
        raise Refusal(404, "There is no such collection")
    places = with_those_searched(db, [op.location] if op.location else [])
    known = products_of(db, collection.items)
    there = [known[item] for item in collection.items if item in known and is_shown(known[item])]
    shown = [product for product in there if is_at(product.locations, places)]
    return product_collections.Collection(products=described(db, shown, places))
