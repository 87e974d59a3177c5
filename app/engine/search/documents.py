"""A product as the index keeps it: what it is found by, and what is shown of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import msgspec
from tantivy import Document

from app.engine.catalogue.local import has_prices
from app.engine.catalogue.serialize import more
from app.engine.search.schema import BETWEEN, EVERYWHERE, LONGEST_BEGINNING, WORDS, folded
from app.engine.search.scopes import scoped_words
from app.engine.store.products import Product, is_shown
from app.rees46.items import is_true

LONGEST_TEXT = 2000  # characters of a description that are read
LOWEST_PRIORITY, HIGHEST_PRIORITY = -100_000, 100_000


def is_found(product: Product) -> bool:
    """Tell whether a search may show it: what is ignored, out of stock or incomplete is never shown."""
    return is_shown(product) and bool(product.name and product.url and product.categories and product.price > 0)


def document(product: Product, sold: int, lies_in: str = "") -> Document:
    """Make the document of a product; `sold` is how often it was bought lately, `lies_in` names its categories."""
    details = product.details
    params = list(_params(details))
    found = Document()
    found.add_text("id", product.item_id)
    own = folded(" ".join(_said(product, details, params)))
    typed = folded(" ".join(filter(None, [product.name, product.brand, _text(details, "model")])))
    found.add_text("name", folded(product.name))
    found.add_text("said", f"{own} {folded(lies_in)}")
    found.add_text("own", own)
    found.add_text("typed", typed)
    found.add_text("begun", " ".join(_beginnings(typed) | _short(own)))
    for category in dict.fromkeys(product.categories):
        found.add_text("category", category)
    for location in dict.fromkeys(_locations(product)):
        found.add_text("location", location)
    for location in dict.fromkeys(_with_prices(product)):
        found.add_text("priced_at", location)
    for color in _colors(details, params):
        found.add_text("color", color)
    for size in {key(str(size)) for size in (details.get("fashion") or {}).get("sizes") or []}:
        found.add_text("size", size)
    for seller in (sellers := _sellers(product, details)):
        found.add_text("merchant", seller)
    if sellers:
        found.add_text("sellers", BETWEEN.join(sellers))
    found.add_text("reduced", str(int(product.is_reduced)))
    for word in scoped_words(product, details, params, lies_in):
        found.add_text("within", word)
    if product.brand:
        found.add_text("brand", product.brand + BETWEEN + _text(details, "brand_picture"))
        found.add_text("brand_key", key(product.brand))
    _add_params(found, params)
    found.add_float("price", product.price)
    found.add_float("discount", float(product.discount_percent or 0))
    found.add_float("sold", float(sold))
    found.add_float("date", _day(details))
    found.add_float("margin", float(details.get("price_margin") or 0))
    found.add_float("rating", float(details.get("rating") or 0))
    found.add_unsigned("group", group_of(product.group_id))
    found.add_bytes("shown", msgspec.json.encode(_shown(product, details, params)))
    return found


def group_of(group: str | None) -> int:
    """Give a number to the variants of one product; 0 to what has none."""
    return int.from_bytes(hashlib.sha256(group.encode()).digest()[:7], "big") + 1 if group else 0


def _sellers(product: Product, details: dict[str, Any]) -> list[str]:
    """List who sells a product, anywhere."""
    said = [details.get("merchant") or [], *(place.get("merchant") or [] for place in product.locations or [])]
    names = [name for some in said for name in (some if isinstance(some, list) else [some])]
    return sorted({key(str(name)) for name in names if str(name).strip()})


def _day(details: dict[str, Any]) -> float:
    """Say when a product came into the catalogue, as a number that grows with time."""
    digits = str(details.get("date") or details.get("creation_date") or "")[:10].replace("-", "")
    return float(digits) if digits.isdecimal() else 0.0


def key(text: str) -> str:
    """Write a value as it is compared: however it is capitalised."""
    return folded(text).casefold().strip()


def _text(details: dict[str, Any], name: str) -> str:
    said = details.get(name)
    return "" if said is None else str(said)


def _beginnings(typed: str) -> set[str]:
    return {word[:letters] for word in WORDS.analyze(typed) for letters in range(1, LONGEST_BEGINNING + 1)}


def _short(said: str) -> set[str]:
    return {word for word in WORDS.analyze(said) if len(word) <= LONGEST_BEGINNING}


def _said(product: Product, details: dict[str, Any], params: list[dict[str, Any]]) -> Iterator[str]:
    yield from (product.name, product.item_id, product.brand or "", product.barcode or "")
    yield from (_text(details, name) for name in ("type_prefix", "model", "vendor_code"))
    yield from (str(tag) for tag in details.get("tags", []))
    yield from (str(value) for param in params for value in param["value"])
    yield from sorted(_colors(details, params))
    yield _text(details, "description")[:LONGEST_TEXT]


def _locations(product: Product) -> list[str]:
    return [EVERYWHERE] if product.locations is None else [str(place["location"]) for place in product.locations]


def _with_prices(product: Product) -> list[str]:
    return [str(place["location"]) for place in product.locations or [] if has_prices(place)]


def _params(details: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for param in details.get("params") or []:
        values = param.get("value")
        if values not in (None, []):
            yield param | {"value": values if isinstance(values, list) else [values]}


def _colors(details: dict[str, Any], params: list[dict[str, Any]]) -> set[str]:
    """Collect colours from wherever shops write them."""
    colors = [color.get("color") for color in (details.get("fashion") or {}).get("colors") or []]
    colors += [(details.get(niche) or {}).get("color") for niche in ("jewelry",)]
    colors += [value for param in params if key(param["name"]) in COLOR_NAMES for value in param["value"]]
    return {key(str(color)) for color in colors if isinstance(color, str | int | float) and str(color).strip()}


def _add_params(found: Document, params: list[dict[str, Any]]) -> None:
    names: dict[str, int] = {}
    pairs: dict[tuple[str, str], None] = {}
    for param in params:
        name = str(param["name"]).strip()
        pairs |= {(name, str(value)): None for value in param["value"]}
        if "searchable" not in param or is_true(param["searchable"]):
            priority = min(max(int(param.get("priority") or 0), LOWEST_PRIORITY), HIGHEST_PRIORITY)
            names[name] = max(priority, names.get(name, priority))
    for name, priority in names.items():
        found.add_text("param_name", f"{priority}{BETWEEN}{name}")
    for name, value in pairs:
        found.add_text("param_key", key(name) + BETWEEN + key(value))
        if name in names:
            found.add_text("param", name + BETWEEN + value)


def _shown(product: Product, details: dict[str, Any], params: list[dict[str, Any]]) -> dict[str, Any]:
    """Keep what an answer shows, so that a search need not ask the database."""
    is_new = details.get("is_new")
    return {
        "more": more(product, details),
        "id": product.item_id,
        "name": product.name,
        "url": product.url,
        "picture": product.picture,
        "brand": product.brand,
        "price": product.price,
        "oldprice": product.oldprice,
        "discount_percent": product.discount_percent,
        "currency": product.currency,
        "is_new": None if is_new is None else is_true(is_new),
        "barcode": product.barcode,
        "categories": product.categories,
        "locations": product.locations,
        "brand_picture": _text(details, "brand_picture") or None,
        "params": [{name: param[name] for name in ("name", "value", "unit") if name in param} for param in params],
        "internal_id": str(product.id),
        "group_id": product.group_id,
    }


COLOR_NAMES = {"color", "colour", "цвет"}
