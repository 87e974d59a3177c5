"""What the products found have in common: brands, categories, properties and the span of prices.

A full search counts them over all that was found. An instant search, asked at every letter, takes them from its page:
counting over everything that has a word beginning with "b" would take ten times as long as finding it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tantivy import Query, Searcher

from app.engine.search.schema import BETWEEN
from app.rees46.search_results import Brand, Filter, FilterValue, FilterValues, PriceRange

COUNTED = {"brand": 1000, "category": 1000, "param_name": 100, "param": 2000}  # how many of each at most


@dataclass(frozen=True)
class Facets:
    """The answer's parts that speak of many products together."""

    brands: list[Brand]
    categories: list[str]  # IDs, the most frequent first
    filters: list[Filter]
    price_range: PriceRange


def facets_of_all(searcher: Searcher, query: Query) -> Facets:
    """Count over all that a query finds."""
    asked: dict[str, Any] = {name: {"terms": {"field": name, "size": size}} for name, size in COUNTED.items()}
    asked |= {edge: {edge: {"field": "price"}} for edge in ("min", "max")}
    counted = searcher.aggregate(query, asked)
    return Facets(
        list(_brands(key.partition(BETWEEN)[::2] for key, _ in _buckets(counted, "brand"))),
        [key for key, _ in _buckets(counted, "category")],
        list(_filters(counted)),
        PriceRange(min=counted["min"]["value"] or 0, max=counted["max"]["value"] or 0),
    )


def in_order_of(filters: list[Filter], by: str | None) -> list[Filter]:
    """Put filters into the order that is asked for; they come by priority, which is their popularity."""
    if by == "name":
        return sorted(filters, key=lambda one: (one.filter.name or "").casefold())
    return sorted(filters, key=lambda one: one.filter.count or 0, reverse=True) if by == "quantity" else filters


def facets_of(products: Sequence[dict[str, Any]]) -> Facets:
    """Take them from some products, as documents.document kept them."""
    prices = [product["price"] for product in products] or [0]
    categories = Counter(category for product in products for category in product["categories"])
    pairs = ((product["brand"], product["brand_picture"] or "") for product in products if product["brand"])
    most_frequent = [category for category, _ in categories.most_common()]
    return Facets(list(_brands(pairs)), most_frequent, [], PriceRange(min=min(prices), max=max(prices)))


def _buckets(counted: dict[str, Any], name: str) -> Iterator[tuple[str, int]]:
    for bucket in counted[name]["buckets"]:
        yield bucket["key"], bucket["doc_count"]


def _brands(found: Iterable[tuple[str, str]]) -> Iterator[Brand]:
    """Give each brand once, though its products may name several pictures."""
    known: dict[str, str] = {}
    for name, picture in found:
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
