"""The parameters of a search that narrow what it finds, as conditions for the index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tantivy import FieldType, Occur, Query, Schema

from app.engine.search.documents import key
from app.engine.search.schema import BETWEEN, EVERYWHERE
from app.rees46.search import Search

Condition = tuple[Occur, Query]


def conditions(schema: Schema, op: Search, categories: Iterable[str], locations: Iterable[str]) -> Iterator[Condition]:
    """Give the conditions; `categories` and `locations` are those asked for and what they imply."""
    if op.categories:
        yield _one_of(schema, "category", categories)
    if op.locations:
        yield _one_of(schema, "location", [*locations, EVERYWHERE])
    if op.brands:
        yield _one_of(schema, "brand_key", map(key, op.brands))
    if op.colors:
        yield _one_of(schema, "color", map(key, op.colors))
    for name, values in op.filters.items():
        yield _one_of(schema, "param_key", (key(name) + BETWEEN + key(value) for value in values))
    if op.exclude:
        yield Occur.MustNot, Query.term_set_query(schema, "id", list(op.exclude))


def price_condition(schema: Schema, op: Search) -> Iterator[Condition]:
    """Give the condition on prices, where no location has prices of its own, see prices.py."""
    if op.price_min is not None or op.price_max is not None:
        yield Occur.Must, Query.range_query(schema, "price", FieldType.Float, op.price_min, op.price_max)


def _one_of(schema: Schema, field: str, values: Iterable[str]) -> Condition:
    return Occur.Must, Query.const_score_query(Query.term_set_query(schema, field, list(values)), 0.0)
