"""The parameters of a search that narrow what it finds, as conditions for the index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from tantivy import FieldType, Occur, Query, Schema

from app.engine.search.documents import key
from app.engine.search.schema import BETWEEN, EVERYWHERE
from app.rees46.search import Search

Condition = tuple[Occur, Query]
MOST_TOGETHER = 8


def conditions(schema: Schema, op: Search, categories: Iterable[str], locations: Iterable[str]) -> Iterator[Condition]:
    """Give the conditions; `categories` and `locations` are those asked for and what they imply."""
    wanted: dict[str, Iterable[str]] = {
        "category": categories if op.categories else (),
        "location": [*locations, EVERYWHERE] if op.locations else (),
        "brand_key": _keys(op.brands),
        "merchant": _keys(op.merchants),
        "color": _keys(op.colors),
        "size": _keys(op.fashion_sizes),
        "reduced": [] if op.discount is None else [str(int(op.discount))],
    }
    barred = {
        "brand_key": _keys(op.excluded_brands),
        "sellers": list(_together(sorted(set(_keys(op.excluded_merchants))))),
        "id": list(op.exclude),
    }
    for field, values in wanted.items():
        if values:
            yield _one_of(schema, field, values)
    for name, chosen in op.filters.items():
        yield _one_of(schema, "param_key", (key(name) + BETWEEN + value for value in _keys(chosen)))
    for field, values in barred.items():
        if values:
            yield Occur.MustNot, Query.term_set_query(schema, field, list(values))


def _keys(values: Iterable[str]) -> list[str]:
    return [key(value) for value in values]


def price_condition(schema: Schema, op: Search) -> Iterator[Condition]:
    """Give the condition on prices, where no location has prices of its own, see prices.py."""
    if op.price_min is not None or op.price_max is not None:
        yield Occur.Must, Query.range_query(schema, "price", FieldType.Float, op.price_min, op.price_max)


def _together(merchants: list[str]) -> Iterator[str]:
    """Write every group of merchants by whom alone a product may be sold; of many only each one, and all of them."""
    sizes: Iterable[int] = range(1, len(merchants) + 1) if len(merchants) <= MOST_TOGETHER else (1, len(merchants))
    return (BETWEEN.join(some) for size in sizes for some in combinations(merchants, size))


def _one_of(schema: Schema, field: str, values: Iterable[str]) -> Condition:
    return Occur.Must, Query.const_score_query(Query.term_set_query(schema, field, list(values)), 0.0)
