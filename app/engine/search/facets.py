"""What the products found have in common: brands, categories, properties and the span of prices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from tantivy import Query, Searcher

from app.engine.search.schema import BETWEEN
from app.rees46.search import Brand, Filter, FilterValue, FilterValues, PriceRange

MOST_BRANDS, MOST_CATEGORIES, MOST_NAMES, MOST_VALUES = 100, 1000, 100, 2000


@dataclass(frozen=True)
class Facets:
    """The answer's parts that speak of all products found, not only of a page of them."""

    brands: list[Brand]
    categories: list[str]  # IDs, the most frequent first
    filters: list[Filter]
    price_range: PriceRange


def facets(searcher: Searcher, query: Query, *, with_filters: bool) -> Facets:
    """Count them."""
    wanted = {"brand": MOST_BRANDS, "category": MOST_CATEGORIES}
    if with_filters:
        wanted |= {"param_name": MOST_NAMES, "param": MOST_VALUES}
    asked: dict[str, Any] = {name: {"terms": {"field": name, "size": size}} for name, size in wanted.items()}
    asked |= {edge: {edge: {"field": "price"}} for edge in ("min", "max")}
    counted = searcher.aggregate(query, asked)
    return Facets(
        list(_brands(key for key, _ in _buckets(counted, "brand"))),
        [key for key, _ in _buckets(counted, "category")],
        list(_filters(counted)) if with_filters else [],
        PriceRange(min=counted["min"]["value"] or 0, max=counted["max"]["value"] or 0),
    )


def _buckets(counted: dict[str, Any], name: str) -> Iterator[tuple[str, int]]:
    for bucket in counted[name]["buckets"]:
        yield bucket["key"], bucket["doc_count"]


def _brands(found: Iterable[str]) -> Iterator[Brand]:
    """Give each brand once, though its products may name several pictures."""
    known: dict[str, str] = {}
    for pair in found:
        name, _, picture = pair.partition(BETWEEN)
        known[name] = known.get(name) or picture
    for name, picture in known.items():
        yield Brand(name=name, picture=picture or None)


def _filters(counted: dict[str, Any]) -> Iterator[Filter]:
    """Give the properties in the order of their priority, the frequent ones first among equals."""
    names: dict[str, tuple[int, int]] = {}
    for key, count in _buckets(counted, "param_name"):
        priority, _, name = key.partition(BETWEEN)
        highest, sum_ = names.get(name, (int(priority), 0))
        names[name] = max(highest, int(priority)), sum_ + count
    values: dict[str, list[FilterValue]] = {name: [] for name in names}
    for key, count in _buckets(counted, "param"):
        name, _, value = key.partition(BETWEEN)
        if name in values:
            values[name].append(FilterValue(value=value, count=count))
    for name in sorted(names, key=names.__getitem__, reverse=True):
        yield Filter(filter=FilterValues(name=name, count=names[name][1], values=values[name]))
