"""Listings: the index finds, the database names the categories."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.engine.answers import Refusal, answers
from app.engine.catalogue.serialize import categories_with_parents
from app.engine.search import serialize
from app.engine.search.facets import in_order_of
from app.engine.search.listing import listed
from app.engine.search.query import NOTHING, Page
from app.engine.search.reader import opened
from app.engine.store.categories import categories_named, category_of, with_those_below
from app.engine.store.db import Db
from app.engine.store.locations import with_those_searched
from app.rees46 import listings, search
from app.rees46.narrowing import Narrowing


@answers
def products(db: Db, op: listings.Products) -> listings.Listed:
    """List products of the whole catalogue, or of some categories."""
    asked = _as_search(op, op.categories)
    page = _page(db, asked)
    return listings.Listed(
        brands=page.facets.brands[: op.brand_limit],
        price_range=page.facets.price_range,
        filters=_filters(page, op),
        products=_products(db, page, asked),
        products_total=page.total,
    )


@answers
def of_category(db: Db, op: listings.OfCategory) -> listings.CategoryPage:
    """List products of one category; it names itself first, for clients that want to know its address."""
    category = category_of(db, op.category)
    if category is None:
        raise Refusal(404, "There is no such category")
    asked = _as_search(op, [category.external_id])
    page = _page(db, asked)
    named = categories_named(db, page.facets.categories)
    others = [named[one] for one in page.facets.categories if one in named and one != category.external_id]
    return listings.CategoryPage(
        brands=page.facets.brands[: op.brand_limit],
        price_range=page.facets.price_range,
        filters=_filters(page, op),
        products=_products(db, page, asked),
        products_total=page.total,
        categories=[serialize.category(one) for one in (category, *others)],
    )


def _as_search(op: listings.Narrowed, categories: Sequence[str]) -> search.Search:
    """Say it in the terms of a search, which the index knows how to narrow; nobody and nothing is looked for."""
    return search.Search.model_construct(
        type="full_search",
        search_query="",
        categories=list(categories),
        limit=op.limit,
        page=op.page,
        extended=True,
        **_narrowed(op),
    )


def _narrowed(op: listings.Narrowed) -> dict[str, Any]:
    said = {name: getattr(op, name) for name in Narrowing.model_fields}
    return said | {"sort_by": op.sort_by or "popular"}


def _page(db: Db, asked: search.Search) -> Page:
    index = opened(db.at.settings, db.shop.id)
    if index is None:
        return NOTHING
    return listed(index, asked, with_those_below(db, asked.categories), with_those_searched(db, asked.locations))


def _filters(page: Page, op: listings.Narrowed) -> dict[str, listings.Values]:
    return {
        one.filter.name or "": listings.Values(
            count=one.filter.count, values={value.value: value.count for value in one.filter.values}
        )
        for one in in_order_of(page.facets.filters, op.filters_search_by)
    }


def _products(db: Db, page: Page, asked: search.Search) -> list[listings.Product]:
    """Show the products at the prices of the locations; their addresses stay as the shop wrote them."""
    known = categories_with_parents(db, (category for product in page.products for category in product["categories"]))
    shown = serialize.products(page.products, asked, db.shop.currency, known)
    return [
        listings.Product(**one.model_dump() | {"url": kept["url"], "image_url": kept["picture"]})
        for one, kept in zip(shown, page.products, strict=True)
    ]
