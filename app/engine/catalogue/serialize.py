"""What everybody may know of a product, wherever the API gives one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar
from urllib.parse import urlsplit

from app.engine.catalogue.format import price_formatted
from app.engine.catalogue.local import Offer
from app.engine.store.categories import Category, categories_named
from app.engine.store.db import Db
from app.engine.store.products import Product
from app.rees46 import products
from app.rees46.items import NICHES, is_true
from app.rees46.product_attributes import InCategory, Param, ProductAttributes

P = TypeVar("P", bound=ProductAttributes)
AS_SAID = (*NICHES, "model", "vendor_code", "stock_quantity", "leftovers", "rating", "deeplink_ios", "deeplink_android")
SIZES = (120, 140, 160, 180, 200, 220, 310, 520)  # of pictures that clients ask for
HIGHEST = 50  # levels of categories that are looked up


def offer_of(product: Product, places: Sequence[str] = ()) -> Offer:
    """Say what a product costs, at the first of these places in which it is."""
    return Offer(product.price, product.oldprice, product.discount_percent).at(product.locations, places)


def described(db: Db, some: Sequence[Product], places: Sequence[str] = ()) -> list[products.Product]:
    """Say what the catalogue knows of products."""
    known = categories_with_parents(db, (category for product in some for category in product.categories))
    return [_described(product, attributes(product, db.shop.currency, known, places)) for product in some]


def _described(product: Product, said: dict[str, Any]) -> products.Product:
    own = {"uniqid": product.item_id, "is_available": product.is_available, "locations": by_location(product)}
    return shaped(products.Product, said | own)


def by_location(product: Product) -> dict[str, Any]:
    """Give what is different in each location, under its ID."""
    return {
        str(place["location"]): {name: value for name, value in place.items() if name != "location"}
        for place in product.locations or []
    }


def categories_with_parents(db: Db, ids: Iterable[str]) -> dict[str, Category]:
    """Find categories and those above them."""
    known: dict[str, Category] = {}
    wanted = set(ids)
    for _ in range(HIGHEST):
        found = db.known.each("category", wanted, partial(categories_named, db))
        known |= found
        wanted = {one.parent for one in found.values() if one.parent} - known.keys()
        if not wanted:
            break
    return known


def attributes(
    product: Product, currency: str, known: Mapping[str, Category], places: Sequence[str] = ()
) -> dict[str, Any]:
    """Give all that is told of a product, under the names of the API."""
    details = product.details
    offer, currency = offer_of(product, places), product.currency or currency
    return (
        more(product, details)
        | priced(offer, currency)
        | {
            "internal_id": str(product.id),
            "id": product.item_id,
            "name": product.name,
            "url": product.url,
            "picture": product.picture,
            "image_url": product.picture,
            "currency": currency,
            "brand": product.brand,
            "barcode": product.barcode,
            "group_id": product.group_id,
            "description": details.get("description"),
            "url_handle": handle(product.url),
            "image_url_handle": handle(product.picture),
            "image_url_resized": {str(size): product.picture for size in SIZES},  # the box keeps no pictures to resize
            "category_ids": product.categories,
            "categories": [in_category(known[category], known) for category in product.categories if category in known],
            "params": [param(one) for one in details.get("params", [])],
        }
    )


def shaped(shape: type[P], said: Mapping[str, Any]) -> P:
    """Give what a shape has room for."""
    return shape(**{name: value for name, value in said.items() if name in shape.model_fields})


def priced(offer: Offer, currency: str) -> dict[str, Any]:
    """Write an offer under the names of the API."""
    return {
        "price": offer.price,
        "price_formatted": price_formatted(offer.price, currency),
        "price_full": offer.price,
        "price_full_formatted": price_formatted(offer.price, currency),
        "oldprice": offer.oldprice,
        "discount_percent": offer.discount_percent,
    }


def more(product: Product, details: Mapping[str, Any]) -> dict[str, Any]:
    """Give what is told only of products that have it."""
    fashion = details.get("fashion") or {}
    said = {name: details[name] for name in AS_SAID if details.get(name) is not None}
    said |= {"is_new": is_true(details["is_new"])} if details.get("is_new") is not None else {}
    said |= {"fashion_sizes": fashion["sizes"]} if fashion.get("sizes") else {}
    said |= {"fashion_colors": fashion["colors"]} if fashion.get("colors") else {}
    if product.locations is not None:
        said["location_ids"] = [str(place["location"]) for place in product.locations]
    return said


def in_category(one: Category, known: Mapping[str, Category]) -> InCategory:
    """Show a category that a product lies in, with its way from the root where that is known."""
    way = [one]
    while (above := known.get(way[-1].parent or "")) and above not in way:
        way.append(above)
    return InCategory(
        id=one.external_id,
        name=one.name,
        parent=one.parent,
        parent_id=one.parent,
        url=one.url,
        alias=one.alias,
        url_handle=handle(one.url) if one.url else None,
        level=str(len(way)),
        name_with_parent=" - ".join(category.name for category in reversed(way)),
    )


def param(said: Mapping[str, Any]) -> Param:
    """Show a property of a product, in its unit."""
    value = said.get("value")
    values = [str(one) for one in (value if isinstance(value, list) else [value])]
    unit = said.get("unit")
    return Param(key=str(said["name"]), values=values, unit=None if unit is None else str(unit))


def handle(url: str) -> str:
    """Give an address without its host."""
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "") or "/"
