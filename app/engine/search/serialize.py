"""What was found, as the API shows it: products, and the block of HTML with the standard template."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from app.engine.catalogue.format import plain, price_formatted
from app.engine.catalogue.serialize import SIZES, handle, in_category, param
from app.engine.catalogue.tracking import marked, marks
from app.engine.store.categories import Category
from app.rees46 import search, search_results


def products(
    found: Sequence[dict[str, Any]],
    op: search.Search,
    currency: str,
    categories: Mapping[str, Category],
) -> list[search_results.ExtendedProduct | search_results.Product]:
    """Show products of the index."""
    marked_with = marks(op.type, op.search_query)
    shown = [_product(kept, marked_with, currency) for kept in found]
    if not op.extended:
        return [search_results.Product(**one) for one in shown]
    details = [_details({**kept, "currency": kept["currency"] or currency}, categories) for kept in found]
    return [search_results.ExtendedProduct(**(more | one)) for one, more in zip(shown, details, strict=True)]


def _product(kept: dict[str, Any], marked_with: str, currency: str) -> dict[str, Any]:
    price, oldprice = kept["price"], kept["oldprice"]
    currency = kept["currency"] or currency
    return {
        "id": kept["id"],
        "name": kept["name"],
        "brand": kept["brand"],
        "is_new": kept["is_new"],
        "picture": kept["picture"],
        "url": marked(kept["url"], marked_with),
        "currency": currency,
        "price": price,
        "price_formatted": price_formatted(price, currency),
        "oldprice": oldprice,
        "old_price": plain(oldprice or 0),
    }


def _details(kept: dict[str, Any], known: Mapping[str, Category]) -> dict[str, Any]:
    lies_in = [in_category(known[one], known) for one in kept["categories"] if one in known]
    picture = kept["picture"]
    more: dict[str, Any] = kept["more"]
    return more | {
        "barcode": kept["barcode"],
        "categories": lies_in,
        "category_ids": kept["categories"],
        "params": [param(one) for one in kept["params"]],
        "internal_id": kept["internal_id"],
        "group_id": kept["group_id"],
        "image_url": picture,
        "image_url_handle": handle(picture),
        "image_url_resized": {str(size): picture for size in SIZES},
        "url_handle": handle(kept["url"]),
        "discount_percent": kept["discount_percent"],
        "price_full": kept["price"],
        "price_full_formatted": price_formatted(kept["price"], kept["currency"]),
    }


def category(known: Category) -> search_results.Category:
    """Show a category."""
    return search_results.Category(
        id=known.external_id, name=known.name, parent=known.parent, url=known.url, alias=known.alias
    )


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
