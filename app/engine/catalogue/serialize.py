"""What everybody may know of a product."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.engine.catalogue.format import price_formatted
from app.engine.store.categories import Category, categories_named
from app.engine.store.db import Db
from app.engine.store.products import Product
from app.rees46 import products
from app.rees46.product_attributes import InCategory, Param


def described(db: Db, some: Sequence[Product]) -> list[products.Product]:
    """Say what the catalogue knows of products."""
    known = categories_named(db, (category for product in some for category in product.categories))
    return [_described(product, product.currency or db.shop.currency, known) for product in some]


def _described(product: Product, currency: str, known: Mapping[str, Category]) -> products.Product:
    details = product.details
    return products.Product(
        name=product.name,
        description=details.get("description"),
        price=product.price,
        currency=currency,
        url=product.url,
        picture=product.picture,
        id=product.item_id,
        uniqid=product.item_id,
        brand=product.brand,
        oldprice=product.oldprice,
        discount_percent=product.discount_percent,
        barcode=product.barcode,
        group_id=product.group_id,
        is_available=product.is_available,
        category_ids=product.categories,
        categories=[_category(known[one]) for one in product.categories if one in known],
        params=[_param(param["name"], param["value"]) for param in details.get("params", [])],
        image_url=product.picture,
        price_formatted=price_formatted(product.price, currency),
    )


def _category(known: Category) -> InCategory:
    return InCategory(
        id=known.external_id, name=known.name, parent=known.parent, url=known.url, alias=known.alias
    )  # fmt: skip


def _param(name: object, value: object) -> Param:
    return Param(key=str(name), values=[str(one) for one in (value if isinstance(value, list) else [value])])
