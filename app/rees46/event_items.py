"""The items of an event, in every way in which clients write them (rees46.md#events, rees46.md#clients)."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Annotated, Any

from pydantic import BeforeValidator

from .values import JsonText, Listed, absent

NAMES = {
    "item_id": ("item_id", "item", "id", "uniqid"),
    "amount": ("amount", "quantity", "count"),
    "price": ("price",),
    "is_available": ("is_available", "stock", "available"),
    "fashion_size": ("fashion_size",),
}
LISTS = ("items", "products")
MOST, LONGEST = 1000, 255


def lined_up(params: dict[str, Any]) -> dict[str, Any]:
    """Bring the items of a call into lists of one length; an item without a usable ID is left out of each."""
    columns = _of_objects(params) or {name: _column(_first(params, names)) for name, names in NAMES.items()}
    rest = {name: value for name, value in params.items() if name not in KEYS}
    usable = [place for place, name in columns["item_id"].items() if 0 < len(str(name).strip()) <= LONGEST]
    return rest | {name: [column.get(place) for place in usable] for name, column in columns.items() if column}


def _of_objects(params: dict[str, Any]) -> dict[str, dict[int, Any]] | None:
    """Take apart `items: [{id, quantity, price}, …]`; bare IDs are items too."""
    items = next((some for name in LISTS if isinstance(some := opened(params.get(name)), list)), None)
    if items is None:
        return None
    objects = [item if isinstance(item, dict) else {"id": item} for item in items]
    return {
        name: {place: value for place, item in enumerate(objects) if (value := _first(item, names)) is not None}
        for name, names in NAMES.items()
    }


def _first(entry: dict[str, Any], names: tuple[str, ...]) -> Any:
    return next((entry[name] for name in names if not absent(entry.get(name))), None)


def _column(value: Any) -> dict[int, Any]:
    """Give what was said of each item by its place; what stands alone is about the first."""
    value = opened(value)
    if isinstance(value, Listed):
        return dict(zip(value.places, value, strict=True))
    values = value if isinstance(value, list) else [value]
    return {place: entry for place, entry in enumerate(values) if not absent(entry)}


def _pieces(value: Any) -> int | None:
    """Read an amount; what is no number is as good as none, and nobody buys more than a thousand."""
    number = _number(value)
    return None if number is None else max(1, min(MOST, int(number)))


def _price(value: Any) -> float | None:
    """Read a price; one that cannot be is as good as none."""
    number = _number(value)
    return None if number is None or not 0 <= number <= DEAREST else number


def _number(value: Any) -> float | None:
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None


DEAREST = 1e12
opened: Callable[[Any], Any] = JsonText.func  # type: ignore[assignment]  # it takes a value and nothing else
KEYS = {name for names in NAMES.values() for name in names} | set(LISTS)


def _size(value: Any) -> str | None:
    """Read a size; what is no short text is as good as none."""
    said = str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
    return said if 0 < len(said) <= LONGEST else None


FashionSize = Annotated[str | None, BeforeValidator(_size)]
Amount = Annotated[int | None, BeforeValidator(_pieces)]
Price = Annotated[float | None, BeforeValidator(_price)]
