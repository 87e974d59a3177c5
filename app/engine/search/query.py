"""Finding a page of products: the reading of the query that finds anything, narrowed, sorted and counted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec
from tantivy import DocAddress, Occur, Order, Query

from app.engine.search.facets import Facets, facets_of, facets_of_all
from app.engine.search.filters import conditions
from app.engine.search.prices import SORTED, Matched, count, in_order, priced, shown_at, span
from app.engine.search.query_parser import readings
from app.engine.search.reader import Opened
from app.engine.search.schema import folded
from app.engine.search.scopes import in_scopes
from app.rees46.search import DEEPEST_OFFSET, Search
from app.rees46.search_results import PriceRange

VISIT = {"did", "seance", "email", "phone", "extended", "category_limit"}  # parameters that find no products
SORTED_BY = {
    "popular": "sold",
    "sales_rate": "sold",
    "price": "price",
    "discount": "discount",
    "date": "date",
    "price_margin": "margin",
    "rating": "rating",
}
DIRECTIONS = {"asc": Order.Asc, "desc": Order.Desc}


@dataclass(frozen=True)
class Page:
    """Products as documents.document kept them, and what is said of them together."""

    products: list[dict[str, Any]]
    total: int
    facets: Facets


NOTHING = Page([], 0, Facets([], [], [], PriceRange()))


def find(index: Opened, op: Search, categories: Collection[str], locations: Sequence[str]) -> Page:
    """Search, or remember what was found. `categories` and `locations` are those asked for and what they imply."""
    asked = op.model_dump_json(exclude=VISIT), frozenset(categories), tuple(locations)
    return index.known.once(asked, lambda: _found(index, op, categories, locations), size=op.size())


def _found(index: Opened, op: Search, categories: Collection[str], locations: Sequence[str]) -> Page:
    is_instant = op.type == "instant_search"
    narrowed = list(conditions(index.schema, op, categories, locations))
    for reading in _ways(index, op):
        matched = priced(index, Query.boolean_query([(Occur.Must, reading), *narrowed]), op, locations)
        products, total = page_of(index, matched, op, locations)
        if total:
            return Page(products, total, facets_of(products) if is_instant else facets_of_matched(index, matched))
        if op.narrows() and count(index, reading):  # it is found, only not so narrowly
            return NOTHING
    return NOTHING


def _ways(index: Opened, op: Search) -> Iterable[Query]:
    """Read what was typed; within named parts of products it is taken literally."""
    if op.search_scope:
        reading = in_scopes(index.schema, op.search_query, op.search_scope)
        return [reading] if reading else []
    is_instant = op.type == "instant_search"
    return readings(index.schema, folded(op.search_query), unfinished=is_instant, forgiving=not op.no_clarification)


def page_of(index: Opened, matched: Matched, op: Search, locations: Sequence[str]) -> tuple[list[dict[str, Any]], int]:
    """Give the products of the page that is asked for, in its order, and how many there are in all."""
    size, first = op.size(), op.first()
    if not size or first > DEEPEST_OFFSET:
        return [], count(index, matched.query)
    if op.collapse or (matched.offers and op.sort_by in SORTED):
        sorted_ = in_order(index, matched, op) if op.sort_by in SORTED else _all(index, matched, op)
        sorted_ = _collapsed(index, sorted_) if op.collapse else sorted_
        addresses, total = sorted_[first : first + size], len(sorted_)
    else:
        addresses, total = _sorted(index, matched, op, size, first)
    kept = (msgspec.json.decode(index.searcher.doc(address)["shown"][0]) for address in addresses)
    return [shown_at(one, locations) for one in kept], total


def _all(index: Opened, matched: Matched, op: Search) -> list[DocAddress]:
    return _sorted(index, matched, op, count(index, matched.query) or 1, 0)[0]


def _sorted(index: Opened, matched: Matched, op: Search, size: int, first: int) -> tuple[list[DocAddress], int]:
    by, order = SORTED_BY.get(op.sort_by or ""), DIRECTIONS[op.sort_dir]
    found = index.searcher.search(matched.query, size, offset=first, order_by_field=by, order=order)
    total: int = found.count  # type: ignore[attr-defined]  # the types of tantivy forget it
    return [address for _, address in found.hits], total


def _collapsed(index: Opened, addresses: list[DocAddress]) -> list[DocAddress]:
    """Keep the first of the variants of each product."""
    seen: set[int] = set()
    kept = []
    for address, group in zip(addresses, index.searcher.fast_field_values("group", addresses), strict=True):
        if not group or group not in seen:
            kept.append(address)
            seen.add(int(group or 0))
    return kept


def facets_of_matched(index: Opened, matched: Matched) -> Facets:
    """Count over all that was matched; the span of prices is that of the locations."""
    facets = facets_of_all(index.searcher, matched.query)
    return replace(facets, price_range=span(index, matched)) if matched.offers else facets
