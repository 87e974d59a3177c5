"""Search: the index finds, the database names the categories."""

from __future__ import annotations

from functools import partial

from app.engine.answers import answers
from app.engine.catalogue.serialize import categories_with_parents
from app.engine.search import serialize
from app.engine.search.facets import in_order_of
from app.engine.search.query import find
from app.engine.search.reader import Opened, opened
from app.engine.store.categories import with_those_below
from app.engine.store.db import Db
from app.engine.store.locations import with_those_searched
from app.engine.store.missed_queries import miss, missed_lately
from app.rees46 import search, search_results

CATEGORIES = 10  # in an answer that does not say how many
VISIT = {"did", "seance", "email", "phone"}  # parameters that say who asks


@answers
def search_(db: Db, op: search.Search) -> search_results.Found:
    """Answer what the index finds. Nothing found on a page that nothing narrows is counted as missed."""
    index = opened(db.at.settings, db.shop.id)
    if index is None:
        return search_results.Found(search_query=op.search_query)
    if op.collapse is None:
        op = op.model_copy(update={"collapse": db.at.settings.box_shapes == "newest"})
    asked = index.as_of, op.model_dump_json(exclude=VISIT)
    found = db.known.once(asked, lambda: _found(db, op, index), size=op.size())
    if not found.products_total and op.type == "full_search" and not op.narrows():
        db.at.afterwards.append(partial(miss, query=op.search_query))
    return found


def _found(db: Db, op: search.Search, index: Opened) -> search_results.Found:
    places = with_those_searched(db, op.locations)
    page = find(index, op, with_those_below(db, op.categories) if op.categories else (), places)
    if not page.total:
        return search_results.Found(search_query=op.search_query)
    most = CATEGORIES if op.category_limit is None else op.category_limit
    named = page.facets.categories[:most]
    lie_in = (category for product in page.products for category in product["categories"]) if op.extended else ()
    known = categories_with_parents(db, [*named, *lie_in])
    products = serialize.products(page.products, op, db.shop.currency, known)
    categories = [serialize.category(known[category]) for category in named if category in known]
    is_short = db.at.settings.box_shapes == "newest" and op.type == "full_search" and not op.extended
    return search_results.Found(
        search_query=op.search_query,
        products=[product.id for product in products] if is_short else products,
        products_total=page.total,
        brands=page.facets.brands[: op.brand_limit],
        categories=categories,
        filters=in_order_of(page.facets.filters, op.filters_search_by),
        price_range=page.facets.price_range,
        html=serialize.html(products, categories),
    )


@answers
def no_result_queries(db: Db, op: search.NoResultQueries) -> list[search.NoResult]:  # it asks for nothing
    """List what was looked for in vain."""
    missed = missed_lately(db, search.MOST_QUERIES)
    return [search.NoResult(query=query, quantity=quantity) for query, quantity in missed]
