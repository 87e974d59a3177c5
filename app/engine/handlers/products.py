"""Products: imports are written down at once and done by the worker; one product is read as it stands."""

from __future__ import annotations

from app.engine.answers import Refusal, answers
from app.engine.intake import take_in
from app.engine.prices import price_formatted
from app.engine.store.db import Db
from app.engine.store.products import product_of
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
    details = found.details
    currency = found.currency or db.shop.currency
    return products.Product(
        name=found.name,
        description=details.get("description"),
        price=found.price,
        currency=currency,
        url=found.url,
        picture=found.picture,
        id=found.item_id,
        brand=found.brand,
        oldprice=found.oldprice,
        discount_percent=found.discount_percent,
        barcode=found.barcode,
        group_id=found.group_id,
        is_available=found.is_available,
        categories=found.categories,
        params=details.get("params", []),
        image_url=found.picture,
        price_formatted=price_formatted(found.price, currency),
    )
