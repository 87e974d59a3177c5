"""What is told of a product, in order and in words: what people ask for first, niches, locations, and all the rest."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.pages.products.niches import NICHES, in_words
from app.rees46.product_attributes import ProductAttributes

if TYPE_CHECKING:
    from app.rees46.products import Product

# Shown in places of their own.
ELSEWHERE = {
    "name",
    "price",
    "oldprice",
    "currency",
    "discount_percent",
    "is_available",
    "url",
    "picture",
    "uniqid",
    "description",
    "params",
    "categories",
    "category_ids",
    "locations",
    "location_ids",
    *NICHES,
}


FACTS = {
    "barcode": _l("Barcode"),
    "vendor_code": _l("Vendor code"),
    "brand": _l("Brand"),
    "model": _l("Model"),
    "group_id": _l("Group of variants"),
    "stock_quantity": _l("Pieces in stock"),
    "leftovers": _l("Left over"),
    "rating": _l("Rating"),
    "sales_rate": _l("Sales rate"),
    "is_new": _l("New"),
    "fashion_sizes": _l("Sizes"),
    "fashion_colors": _l("Colours"),
}


@dataclass(frozen=True)
class Details:
    """Facts with their names; `rest` are those that few ask for, under the names of the API."""

    facts: list[tuple[str, str]]
    niches: list[tuple[str, list[tuple[str, str]]]]
    rest: list[tuple[str, str]]


FIGURES = ("price", "oldprice", "discount_percent", "stock_quantity")


@dataclass(frozen=True)
class Place:
    """Price and stock in one location; what is None is as in the product itself."""

    id: str
    name: str | None = None
    price: float | None = None
    oldprice: float | None = None
    discount_percent: float | None = None
    stock_quantity: float | None = None
    more: str = ""


def details_of(product: Product) -> Details:
    told = {name: text for name, value in product.model_dump(exclude_none=True).items() if (text := as_text(value))}
    rest = [(name, text) for name, text in told.items() if name not in ELSEWHERE | FACTS.keys()]
    return Details(
        [(str(label), told[name]) for name, label in FACTS.items() if name in told],
        [niche for name in NICHES if (niche := in_words(name, getattr(product, name)))],
        rest,
    )


def places_of(product: ProductAttributes) -> list[Place]:
    """Give price and stock by location, in whichever of its shapes they were told."""
    told = product.locations
    if isinstance(told, dict):
        entries = [({"id": key} | place if isinstance(place, dict) else {"id": key}) for key, place in told.items()]
    else:
        entries = [entry for entry in told or [] if isinstance(entry, dict)] if isinstance(told, list) else []
    places = [_place(entry) for entry in entries]
    listed = {place.id for place in places}
    return places + [Place(location_id) for location_id in product.location_ids or [] if location_id not in listed]


def _place(entry: dict[str, Any]) -> Place:
    figures = {name: entry[name] for name in FIGURES if isinstance(entry.get(name), int | float)}
    known = {"id", "location", "name", *figures}
    more = [f"{name}: {as_text(value)}" for name, value in entry.items() if name not in known and as_text(value)]
    name = entry.get("name")
    return Place(
        str(entry.get("id", entry.get("location", "–"))), str(name) if name else None, **figures, more=" · ".join(more)
    )


def as_text(value: Any) -> str:
    """Write what the API told as people read it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, list):
        return ", ".join(text for one in value if (text := as_text(one)))
    if isinstance(value, dict):
        named = value.get("color")
        return (
            str(named) if named else "; ".join(f"{key}: {text}" for key, one in value.items() if (text := as_text(one)))
        )
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
