"""The catalogue as the shop would import it: categories, locations and products with what is known of them."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

import msgspec

from app.engine.jobs.parse_items import understood
from app.engine.seed.catalogue import CATEGORIES, PRODUCTS, Product
from app.engine.seed.keep import put
from app.engine.seed.person import ANCHOR
from app.engine.store import products
from app.engine.store.categories import Category
from app.engine.store.locations import Location

if TYPE_CHECKING:
    from app.engine.store.db import Db

SITE = "https://shop.example.com"
ADDRESSES = {
    "482": "https://demo.rees46.com/categories/jewelry",
    "483": "https://demo.rees46.com/categories/rings",
    "479": "https://demo.rees46.com/categories/baby",
    "480": "https://demo.rees46.com/categories/baby-kids-clothing-sets",
}
# id, name, parent, type, group
LOCATIONS = (
    ("msk", "Москва", None, "city", "Big cities"),
    ("spb", "Санкт-Петербург", None, "city", "Big cities"),
    ("arbat", "Пункт выдачи на Арбате", "msk", "store", None),
    ("NY", "New York", None, "city", "Big cities"),
    ("7701123", "Shop in Rouse Street", "NY", "store", None),
    ("3", "Приморский край", None, "state", None),
    ("4", "Владивосток", "3", "city", "Far East"),
)
WORN = {"201", "202", "203", "204", "205", "206", "480"}
RIDDEN = {"100500", "146", "147", "148", "149"}
COLORS = ("black", "white", "red", "blue", "green", "orange")
COLORS_OF_RUSSIAN = ("чёрный", "белый", "красный", "синий", "зелёный", "оранжевый")
OUT_OF_STOCK, IGNORED = {"1013", "1044", "1077", "1101", "1138"}, {"1150"}


def catalogue(db: Db) -> None:
    """Import everything, as a shop would."""
    put(
        db,
        Category,
        (
            {
                "external_id": one.id,
                "name": one.name,
                "parent": one.parent,
                "alias": one.name.lower().replace(" ", "-"),
                "url": ADDRESSES.get(one.id, f"{SITE}/categories/{one.id}"),
                "listed": None,
            }
            for one in CATEGORIES
        ),
    )
    put(
        db,
        Location,
        (
            {
                "external_id": place,
                "name": name,
                "parent": parent,
                "kind": kind,
                "groups": [group] if group else [],
                "discount_percent": None,
                "search_level_up": None,
                "listed": None,
            }
            for place, name, parent, kind, group in LOCATIONS
        ),
    )
    random = Random(37)
    items = [_item(random, product) for product in PRODUCTS]
    rows = (understood(msgspec.Raw(msgspec.json.encode(item))).row for item in items)
    put(db, products.Product, (row | {"changed": ANCHOR, "listed": None} for row in rows))


def _item(random: Random, product: Product) -> dict[str, Any]:
    """Describe a product as an import does."""
    is_russian = not product.name.isascii()
    color = random.randrange(len(COLORS))
    item: dict[str, Any] = {
        "id": product.id,
        "name": product.name,
        "price": product.price,
        "url": f"{SITE}/products/{product.id}",
        "picture": f"{SITE}/pictures/{product.id}.jpg",
        "categories": [product.category, "BFRIDAY_CATEGORY_ID"] if product.old_price else [product.category],
        "available": product.id not in OUT_OF_STOCK,
        "ignored": product.id in IGNORED,
        "barcode": f"46{int.from_bytes(product.id.encode()) % 10**11:011}",
        "description": _description(product, is_russian=is_russian),
        "stock_quantity": random.randint(1, 60),
        "rating": random.randint(3, 5),
        "params": [
            {"name": "цвет", "value": [COLORS_OF_RUSSIAN[color]]}
            if is_russian
            else {"name": "color", "value": [COLORS[color]]},
            {"name": "warranty", "value": [random.choice((6, 12, 24))], "unit": "months", "searchable": False},
        ],
    }
    if product.old_price:
        item["oldprice"] = product.old_price
    if product.brand:
        item["brand"] = product.brand
        item["brand_picture"] = f"{SITE}/brands/{product.brand.lower()}.svg"
    if product.category in WORN:
        sizes = random.sample(("S", "M", "L", "XL"), 3)
        item["fashion"] = {"gender": random.choice("mf"), "sizes": sizes, "colors": [{"color": COLORS[color]}]}
    if product.category in RIDDEN:
        item["params"].append(
            {"name": "wheels", "value": [random.choice((20, 26, 28, 29))], "unit": "in", "priority": 5}
        )
    if random.random() < 0.1:
        item["locations"] = [{"location": "msk"}, {"location": "spb", "price": round(product.price * 0.95)}]
    return item


def _description(product: Product, *, is_russian: bool) -> str:
    if is_russian:
        return f"{product.name}: проверено нашими мастерами, доставим за два дня."
    return f"{product.name}: checked by our mechanics, delivered within two days."
