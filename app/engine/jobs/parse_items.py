"""Understanding an item of an import: what is wrong with a mandatory property bars it, any other is left out alone."""

from __future__ import annotations

from typing import Any

import msgspec

from app.engine.jobs.leave_out import leave_out
from app.engine.jobs.registry import Unfit
from app.rees46.items import ITEM, Item, Place, is_true

BACKSLASH, NUL = b"\\", b"\\u0000"
MOST_PARTS = 20  # that may be wrong before the item is taken for something else


class Understood(msgspec.Struct, frozen=True, gc=False):
    """A product as it is kept, and what of the item was left out."""

    row: dict[str, Any]
    left_out: list[str]


def understood(raw: msgspec.Raw) -> Understood:
    """Read an item."""
    text = bytes(raw)
    if BACKSLASH in text and NUL in text:  # a single character is found ten times as quick
        raise Unfit("It holds a character that text cannot hold")
    left_out: list[str] = []
    try:
        item = ITEM.decode(text)
    except msgspec.ValidationError:
        item = _without_what_is_wrong(text, left_out)
        text = msgspec.json.encode(item)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise Unfit("It is not valid JSON") from None
    return Understood(_row(item, text, is_somewhere=any(one.startswith("locations") for one in left_out)), left_out)


def _without_what_is_wrong(text: bytes, left_out: list[str]) -> Item:
    """Leave parts out until the rest fits. Empty text means nothing, and there is nothing to say of it."""
    try:
        said = msgspec.json.decode(text)
    except (msgspec.MsgspecError, RecursionError):
        raise Unfit("It holds a number that is too large, or is nested too deeply") from None
    if not isinstance(said, dict):
        raise Unfit("An item is an object with id, name, price, url, picture and categories")
    said = {key: value for key, value in said.items() if value not in ("", "null", "undefined")}
    for _ in range(MOST_PARTS):
        try:
            return msgspec.convert(said, Item, strict=False)
        except msgspec.ValidationError as wrong:
            words = str(wrong)
        except RecursionError:
            raise Unfit("It is nested too deeply") from None
        leave_out(said, words, left_out)
    raise Unfit("Too many of its properties are wrong")


def _row(item: Item, text: bytes, *, is_somewhere: bool) -> dict[str, Any]:
    """Spread an item over the columns of a product; the text keeps what has no column of its own.

    `is_somewhere`: it named locations, and all of them were wrong.
    """
    given = item.discount_percent
    return {
        "item_id": str(item.id),
        "name": str(item.name),
        "url": item.url,
        "picture": item.picture,
        "price": item.price,
        "oldprice": item.oldprice or None,
        "discount_percent": int(given) if given is not None else item.discount(),
        "currency": item.currency or None,
        "brand": str(item.brand) if item.brand else None,
        "barcode": str(item.barcode) if item.barcode else None,
        "group_id": str(item.group_id) if item.group_id else None,
        "is_available": item.available is None or is_true(item.available),
        "is_ignored": is_true(item.ignored),
        "is_reduced": bool(item.oldprice and item.oldprice > item.price),
        "categories": [str(category) for category in item.categories],
        "locations": _places(item, is_listed=is_somewhere),
        "text": text.decode(),
    }


def _places(item: Item, *, is_listed: bool) -> list[dict[str, Any]] | None:
    """Keep the locations. An empty list is as none at all, which exporters send of products that are everywhere."""
    if not item.locations and not is_listed:
        return None
    return [_place(item, place) for place in item.locations or []]


def _place(item: Item, place: Place) -> dict[str, Any]:
    """Keep a location's price and stock, with the discount worked out as for the item itself."""
    place.location = str(place.location)
    if place.discount_percent is None:
        place.discount_percent = item.discount(place.price, place.oldprice)
    kept: dict[str, Any] = msgspec.to_builtins(place)
    return kept
