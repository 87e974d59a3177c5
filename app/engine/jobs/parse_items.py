"""Understanding an item of an import: what is wrong with a mandatory property bars it, any other is left out alone."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from app.engine.jobs.registry import Unfit
from app.rees46.items import ITEM, MANDATORY, Item, Place, is_true

BACKSLASH, NUL = b"\\", b"\\u0000"
PLACE = re.compile(r" - at `\$\.(?P<property>[^.\[`]+).*\Z", re.DOTALL)
MOST_PROPERTIES = 20  # that may be wrong before the item is taken for something else


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
    return Understood(_row(item, text), left_out)


def _without_what_is_wrong(text: bytes, left_out: list[str]) -> Item:
    """Leave properties out until the rest fits. Empty text means nothing, and there is nothing to say of it."""
    try:
        said = msgspec.json.decode(text)
    except (msgspec.MsgspecError, RecursionError):
        raise Unfit("It holds a number that is too large, or is nested too deeply") from None
    if not isinstance(said, dict):
        raise Unfit("An item is an object with id, name, price, url, picture and categories")
    said = {key: value for key, value in said.items() if value not in ("", "null", "undefined")}
    for _ in range(MOST_PROPERTIES):
        try:
            return msgspec.convert(said, Item, strict=False)
        except msgspec.ValidationError as wrong:
            words = str(wrong)
        except RecursionError:
            raise Unfit("It is nested too deeply") from None
        found = PLACE.search(words)
        name = found["property"] if found else ""
        if not name or name in MANDATORY or name not in said:
            raise Unfit(f"{name}: {PLACE.sub('', words)}" if name else words)
        left_out.append(f"{name} was left out: {PLACE.sub('', words)}")
        del said[name]
    raise Unfit("Too many of its properties are wrong")


def _row(item: Item, text: bytes) -> dict[str, Any]:
    """Spread an item over the columns of a product; the text keeps what has no column of its own."""
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
        "locations": None if item.locations is None else [_place(item, place) for place in item.locations],
        "text": text.decode(),
    }


def _place(item: Item, place: Place) -> dict[str, Any]:
    """Keep a location's price and stock, with the discount worked out as for the item itself."""
    place.location = str(place.location)
    if place.discount_percent is None:
        place.discount_percent = item.discount(place.price, place.oldprice)
    kept: dict[str, Any] = msgspec.to_builtins(place)
    return kept
