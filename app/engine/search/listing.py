"""Listing without a query: all products of the index, narrowed."""

from __future__ import annotations

from collections.abc import Collection

from tantivy import Occur, Query

from app.engine.search.facets import facets_of_all
from app.engine.search.filters import conditions
from app.engine.search.query import NOTHING, Page, page_of
from app.engine.search.reader import Opened
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
    products, total = page_of(index, query, op)
    return Page(products, total, facets_of_all(index.searcher, query)) if total else NOTHING
