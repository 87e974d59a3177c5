"""Listing without a query: all products of the index, narrowed."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from tantivy import Occur, Query

from app.engine.search.filters import conditions
from app.engine.search.prices import priced
from app.engine.search.query import NOTHING, Page, facets_of_matched, page_of
from app.engine.search.reader import Opened
from app.rees46.search import DEEPEST_OFFSET, Search


def listed(index: Opened, op: Search, categories: Collection[str], locations: Sequence[str]) -> Page:
    """List, or remember what was listed. `categories` and `locations` are those asked for and what they imply."""
    asked = "listed", op.model_dump_json(), frozenset(categories), tuple(locations)
    return index.known.once(asked, lambda: _page(index, op, categories, locations), size=op.size())


def _page(index: Opened, op: Search, categories: Collection[str], locations: Sequence[str]) -> Page:
    everything = Occur.Must, Query.all_query()
    query = Query.boolean_query([everything, *conditions(index.schema, op, categories, locations)])
    if op.first() > DEEPEST_OFFSET:
        return NOTHING
    matched = priced(index, query, op, locations)
    products, total = page_of(index, matched, op, locations)
    return Page(products, total, facets_of_matched(index, matched)) if total else NOTHING
