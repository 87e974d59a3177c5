"""Finding a page of products: the reading of the query that finds anything, narrowed, sorted and counted."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import msgspec
from tantivy import Occur, Order, Query

from app.engine.search.facets import Facets, facets_of, facets_of_all
from app.engine.search.filters import conditions
from app.engine.search.query_parser import readings
from app.engine.search.reader import Opened
from app.engine.search.schema import folded
from app.rees46.search import DEEPEST_OFFSET, Search
from app.rees46.search_results import PriceRange

VISIT = {"did", "seance", "email", "phone", "extended", "category_limit"}  # parameters that find no products
SORTED_BY = {"popular": "sold", "price": "price", "discount": "discount"}
DIRECTIONS = {"asc": Order.Asc, "desc": Order.Desc}


@dataclass(frozen=True)
class Page:
    """Products as documents.document kept them, and what is said of them together."""

    products: list[dict[str, Any]]
    total: int
    facets: Facets


NOTHING = Page([], 0, Facets([], [], [], PriceRange()))


def find(index: Opened, op: Search, categories: Collection[str], locations: Collection[str]) -> Page:
    """Search, or remember what was found. `categories` and `locations` are those asked for and what they imply."""
    asked = op.model_dump_json(exclude=VISIT), frozenset(categories), frozenset(locations)
    return index.known.once(asked, lambda: _found(index, op, categories, locations), size=op.size())


def _found(index: Opened, op: Search, categories: Collection[str], locations: Collection[str]) -> Page:
    is_instant = op.type == "instant_search"
    narrowed = list(conditions(index.schema, op, categories, locations))
    ways = readings(index.schema, folded(op.search_query), unfinished=is_instant, forgiving=not op.no_clarification)
    for reading in ways:
        query = Query.boolean_query([(Occur.Must, reading), *narrowed])
        products, total = page_of(index, query, op)
        if total:
            together = facets_of(products) if is_instant else facets_of_all(index.searcher, query)
            return Page(products, total, together)
        if narrowed and _count(index, reading):  # it is found, only not so narrowly
            return NOTHING
    return NOTHING


def page_of(index: Opened, query: Query, op: Search) -> tuple[list[dict[str, Any]], int]:
    """Give the products of the page that is asked for, in its order, and how many a query finds in all."""
    size, first = op.size(), op.first()
    if not size or first > DEEPEST_OFFSET:
        return [], _count(index, query)
    found = index.searcher.search(
        query, size, offset=first, order_by_field=SORTED_BY.get(op.sort_by or ""), order=DIRECTIONS[op.sort_dir]
    )
    kept = [msgspec.json.decode(index.searcher.doc(address)["shown"][0]) for _, address in found.hits]
    return kept, found.count  # type: ignore[attr-defined]  # the types of tantivy forget it


def _count(index: Opened, query: Query) -> int:
    count: int = index.searcher.search(query, 1).count  # type: ignore[attr-defined]  # as above
    return count
