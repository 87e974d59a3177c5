"""A product as an import says it, made of what REES46 tells of it, so that it can be changed and put back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from app.rees46.items import ITEM, MANDATORY, NICHES, Item

if TYPE_CHECKING:
    from app.rees46.products import Product

PLAIN = (
    *("name", "price", "url", "oldprice", "currency", "discount_percent", "brand", "barcode", "group_id"),
    *("description", "vendor_code", "model", "stock_quantity", "deeplink_android", "deeplink_ios", "rating"),
    *("leftovers", "is_new", "ignored", *NICHES),
)
WHOLE = 10  # from which a price has no fraction
MADE = ("id", "picture", "categories", "available", "params", "locations")
# What an item may say and REES46 does not tell: an import without it takes it away.
UNTOLD = [
    field.encode_name for field in msgspec.structs.fields(Item) if field.encode_name not in {*PLAIN, *MADE, "is_child"}
]


def item_of(product: Product, item_id: str) -> dict[str, Any]:
    """Say of a product what is told of it, under the names of an import."""
    told = product.model_dump(mode="json", exclude_none=True)
    item = {name: told[name] for name in PLAIN if name in told}
    item |= {
        "id": item_id,
        "picture": told.get("picture") or told.get("image_url"),
        "categories": told.get("category_ids") or [one["id"] for one in told.get("categories") or []],
        "available": product.is_available is not False,
        "params": [_param(one) for one in told.get("params") or []],
        "locations": _locations(told.get("locations")),
    }
    return {name: value for name, value in item.items() if value not in (None, "", [], {})}


def _param(told: dict[str, Any]) -> dict[str, Any]:
    unit = {"unit": told["unit"]} if told.get("unit") else {}
    return {"name": told["key"], "value": told["values"], **unit}


def _locations(told: Any) -> list[dict[str, Any]]:
    """Read either of the shapes in which they are told."""
    if isinstance(told, dict):
        return [{"location": key, **(place if isinstance(place, dict) else {})} for key, place in told.items()]
    entries = [one for one in told or [] if isinstance(one, dict)]
    return [{"location": entry.get("location", entry.get("id")), **entry} for entry in entries]


def lacks(item: dict[str, Any]) -> list[str]:
    """Name what an import needs and REES46 does not tell, or tells otherwise: it could not be put back."""
    missing = [name for name in MANDATORY if name not in item]
    if missing:
        return missing
    try:
        ITEM.decode(msgspec.json.encode(item))
    except msgspec.ValidationError as wrong:
        return [str(wrong)]
    return []


def cheaper(price: float) -> float:
    """Give a price that is a tenth lower; a whole one stays whole where it can."""
    lower = _round(price * 0.9)
    return lower if 0 < lower < price else price / 2


def dearer(price: float) -> float:
    higher = _round(price * 1.1)
    return higher if higher > price else price * 2


def _round(price: float) -> float:
    return round(price) if price >= WHOLE else round(price, 2)


def priced(item: dict[str, Any], price: float) -> dict[str, Any]:
    """Give it another price; the discount follows from that."""
    return {name: value for name, value in item.items() if name != "discount_percent"} | {"price": price}
