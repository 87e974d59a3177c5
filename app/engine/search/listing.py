"""Listing without a query: all products of the index, narrowed, the ones that sell most first."""

from __future__ import annotations

from collections.abc import Collection

import msgspec
from tantivy import Occur, Order, Query

from app.engine.search.facets import facets_of_all
from app.engine.search.finding import NOTHING, Page
from app.engine.search.narrowing import conditions
from app.engine.search.reading import Opened
from app.rees46.search import DEEPEST_OFFSET, Search


def listed(index: Opened, op: Search, categories: Collection[str], locations: Collection[str]) -> Page:
    """List, or remember what was listed. `categories` and `locations` are those asked for and what they imply."""
    asked = "listed", op.model_dump_json(), frozenset(categories), frozenset(locations)
    return index.known.once(asked, lambda: _page(index, op, categories, locations), size=op.size())


def _page(index: Opened, op: Search, categories: Collection[str], locations: Collection[str]) -> Page:
    everything = Occur.Must, Query.all_query()
    query = Query.boolean_query([everything, *conditions(index.schema, op, categories, locations)])
    if op.first() > DEEPEST_OFFSET:
        return NOTHING
    found = index.searcher.search(query, op.size(), offset=op.first(), order_by_field="sold", order=Order.Desc)
    total: int = found.count  # type: ignore[attr-defined]  # the types of tantivy forget it
    kept = [msgspec.json.decode(index.searcher.doc(address)["shown"][0]) for _, address in found.hits]
    return Page(kept, total, facets_of_all(index.searcher, query)) if total else NOTHING
