"""The items of an event, in every way in which clients write them (CONTRACT §6.28, §8.3)."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Annotated, Any

from pydantic import BeforeValidator

from app.rees46.values import JsonText

NAMES = {
    "item_id": ("item_id", "item", "id", "uniqid"),
    "amount": ("amount", "quantity", "count"),
    "price": ("price",),
    "is_available": ("is_available", "stock", "available"),
}
LISTS = ("items", "products")
MOST, LONGEST = 1000, 255


def lined_up(said: dict[str, Any]) -> dict[str, Any]:
    """Bring the items of a call into lists of one length; an item without a usable ID is left out of each."""
    columns = _of_objects(said) or {name: _list(_first(said, names)) for name, names in NAMES.items()}
    rest = {name: value for name, value in said.items() if name not in KEYS}
    usable = [place for place, name in enumerate(columns["item_id"]) if 0 < len(str(name).strip()) <= LONGEST]
    for name, values in columns.items():
        if values:
            rest[name] = [values[place] if place < len(values) else None for place in usable]
    return rest


def _of_objects(said: dict[str, Any]) -> dict[str, list[Any]] | None:
    """Take apart `items: [{id, quantity, price}, …]`; bare IDs are items too."""
    items = next((some for name in LISTS if isinstance(some := opened(said.get(name)), list)), None)
    if items is None:
        return None
    objects = [item if isinstance(item, dict) else {"id": item} for item in items]
    return {
        name: column if any(value is not None for value in column) else []
        for name, names in NAMES.items()
        for column in [[_first(item, names) for item in objects]]
    } | {"item_id": [_first(item, NAMES["item_id"]) or "" for item in objects]}


def _first(said: dict[str, Any], names: tuple[str, ...]) -> Any:
    return next((said[name] for name in names if said.get(name) not in (None, "")), None)


def _list(value: Any) -> list[Any]:
    value = opened(value)
    return value if isinstance(value, list) else [] if value is None else [value]


def _pieces(said: Any) -> int | None:
    """Read an amount; what is no number is as good as none, and nobody buys more than a thousand."""
    number = _number(said)
    return None if number is None else max(1, min(MOST, int(number)))


def _price(said: Any) -> float | None:
    """Read a price; one that cannot be is as good as none."""
    number = _number(said)
    return None if number is None or not 0 <= number <= DEAREST else number


def _number(said: Any) -> float | None:
    try:
        number = float(said)
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None


DEAREST = 1e12
opened: Callable[[Any], Any] = JsonText.func  # type: ignore[assignment]  # it takes a value and nothing else
KEYS = {name for names in NAMES.values() for name in names} | set(LISTS)
Amount = Annotated[int | None, BeforeValidator(_pieces)]
Price = Annotated[float | None, BeforeValidator(_price)]
