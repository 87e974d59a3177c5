"""What was found, as the API shows it: products, and the block of HTML with the standard template."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from html import escape
from typing import Any

from app.engine.catalogue.format import plain, price_formatted
from app.engine.catalogue.tracking import marked, marks
from app.engine.store.categories import Category
from app.rees46 import search, search_results


def products(
    found: Sequence[dict[str, Any]],
    op: search.Search,
    currency: str,
    categories: Mapping[str, Category],
    places: Collection[str],
) -> list[search_results.ExtendedProduct | search_results.Product]:
    """Show products of the index, at the prices of the locations that were asked for."""
    marked_with = marks(op.type, op.search_query)
    shown = [_product(kept, marked_with, currency, places) for kept in found]
    if not op.extended:
        return [search_results.Product(**one) for one in shown]
    details = [_details(kept, categories) for kept in found]
    return [search_results.ExtendedProduct(**one, **more) for one, more in zip(shown, details, strict=True)]


def _product(kept: dict[str, Any], marked_with: str, currency: str, places: Collection[str]) -> dict[str, Any]:
    price, oldprice = _prices(kept, places)
    currency = kept["currency"] or currency
    return {
        "id": kept["id"], "name": kept["name"], "brand": kept["brand"], "is_new": kept["is_new"],
        "picture": kept["picture"], "url": marked(kept["url"], marked_with), "currency": currency, "price": price,
        "price_formatted": price_formatted(price, currency), "oldprice": oldprice, "old_price": plain(oldprice or 0),
    }  # fmt: skip


def _details(kept: dict[str, Any], categories: Mapping[str, Category]) -> dict[str, Any]:
    lies_in = [categories[known] for known in kept["categories"] if known in categories]
    named = [search_results.OfCategory(id=one.external_id, name=one.name, parent=one.parent) for one in lies_in]
    return {"barcode": kept["barcode"], "categories": named, "params": kept["params"]}


def _prices(kept: dict[str, Any], places: Collection[str]) -> tuple[float, float | None]:
    for place in kept["locations"] or []:
        if place["location"] in places and (place.get("price") or place.get("oldprice")):
            return place.get("price") or kept["price"], place.get("oldprice") or kept["oldprice"]
    return kept["price"], kept["oldprice"]


def category(known: Category) -> search_results.Category:
    """Show a category."""
    return search_results.Category(
        id=known.external_id, name=known.name, parent=known.parent, url=known.url, alias=known.alias
    )  # fmt: skip


def html(products: Iterable[search_results.Product], categories: Iterable[search_results.Category]) -> str:
    """Write the block; a category without a url is not in it, nor is an address that no browser should follow."""
    links = "".join(
        f'<li><a href="{escape(one.url)}">{escape(one.name)}</a></li>'
        for one in categories
        if one.url and is_web(one.url)
    )
    items = "".join(map(_card, products))
    sidebar = f'<ul class="rees46-categories">{links}</ul>' if links else ""
    return f'<div class="rees46 rees46-search">{sidebar}<ul class="rees46-products">{items}</ul></div>'


def _card(one: search_results.Product) -> str:
    url, picture = (escape(address or "") if is_web(address) else "" for address in (one.url, one.picture))
    return (
        f'<li class="rees46-product" data-id="{escape(one.id)}"><a href="{url}">'
        f'<img src="{picture}" alt="" loading="lazy">'
        f'<span class="rees46-name">{escape(one.name or "")}</span>'
        f'<span class="rees46-price">{escape(one.price_formatted or "")}</span></a></li>'
    )


def is_web(url: str | None) -> bool:
    """Tell an address of the web from code that a browser would run."""
    return (url or "").lower().startswith(("http://", "https://", "//"))
