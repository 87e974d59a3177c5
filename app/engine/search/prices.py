"""Prices of locations: a search there narrows, sorts and counts by what its products cost there.

The index sorts by the price that a product has everywhere. Where the locations asked for have prices of their own, the
products that have them are read one by one, and only these.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
from tantivy import DocAddress, Occur, Query

from app.engine.catalogue.local import Offer
from app.engine.search.filters import price_condition
from app.engine.search.reader import Opened
from app.rees46.search import Search
from app.rees46.search_results import PriceRange

Place = tuple[int, int]  # of a document in the index
SORTED: dict[str, Callable[[Offer], float]] = {
    "price": lambda offer: offer.price,
    "discount": lambda offer: float(offer.discount_percent or 0),
}


class Priced(msgspec.Struct, gc=False):
    """Of what documents.document kept of a product, what its prices are."""

    id: str
    price: float
    oldprice: float | None = None
    discount_percent: int | None = None
    locations: list[dict[str, Any]] | None = None


PRICED = msgspec.json.Decoder(Priced)


@dataclass(frozen=True)
class Matched:
    """A query with its condition on prices, and the offers of the products in it that have local ones."""

    query: Query
    elsewhere: Query  # those of it that cost what they cost everywhere
    offers: Mapping[Place, Offer] = field(default_factory=dict)


def priced(index: Opened, query: Query, op: Search, places: Sequence[str]) -> Matched:
    """Add the condition on prices to a query."""
    general = list(price_condition(index.schema, op))
    local = _here(index, query, places) if places else None
    offers = _offers(index, local, places) if local else {}
    if local is None or not offers:
        plain = Query.boolean_query([(Occur.Must, query), *general]) if general else query
        return Matched(plain, plain)
    elsewhere = Query.boolean_query([(Occur.Must, query), (Occur.MustNot, local), *general])
    if not general:
        return Matched(query, elsewhere, {place: offer for place, (_, offer) in offers.items()})
    within = {place: (name, offer) for place, (name, offer) in offers.items() if _is_within(op, offer)}
    ids = Query.term_set_query(index.schema, "id", [name for name, _ in within.values()])
    there = Query.boolean_query([(Occur.Must, query), (Occur.Must, Query.const_score_query(ids, 0.0))])
    either = Query.boolean_query([(Occur.Should, elsewhere), (Occur.Should, there)])
    return Matched(either, elsewhere, {place: offer for place, (_, offer) in within.items()})


def _here(index: Opened, query: Query, places: Sequence[str]) -> Query:
    local = Query.term_set_query(index.schema, "priced_at", list(places))
    return Query.boolean_query([(Occur.Must, query), (Occur.Must, Query.const_score_query(local, 0.0))])


def _offers(index: Opened, local: Query, places: Sequence[str]) -> dict[Place, tuple[str, Offer]]:
    number = count(index, local)
    found = index.searcher.search(local, number).hits if number else []
    offers = {}
    for _, address in found:
        one = PRICED.decode(index.searcher.doc(address)["shown"][0])
        offer = Offer(one.price, one.oldprice, one.discount_percent).at(one.locations, places)
        offers[place_of(address)] = one.id, offer
    return offers


def _is_within(op: Search, offer: Offer) -> bool:
    lowest = 0 if op.price_min is None else op.price_min
    return lowest <= offer.price and (op.price_max is None or offer.price <= op.price_max)


def place_of(address: DocAddress) -> Place:
    """Write an address as what can be looked up."""
    return address.segment_ord, address.doc


def in_order(index: Opened, matched: Matched, op: Search) -> list[DocAddress]:
    """Sort all that was matched by its local prices; among equals the better match comes first."""
    by = op.sort_by or ""
    addresses = [address for _, address in index.searcher.search(matched.query, count(index, matched.query) or 1).hits]
    general = index.searcher.fast_field_values(by, addresses)
    value = SORTED[by]
    keys = [
        value(matched.offers[place]) if (place := place_of(address)) in matched.offers else known or 0.0
        for address, known in zip(addresses, general, strict=True)
    ]
    order = sorted(range(len(addresses)), key=keys.__getitem__, reverse=op.sort_dir == "desc")
    return [addresses[number] for number in order]


def span(index: Opened, matched: Matched) -> PriceRange:
    """Give the lowest and the highest of local prices and of those of the rest."""
    asked: dict[str, Any] = {edge: {edge: {"field": "price"}} for edge in ("min", "max")}
    counted = index.searcher.aggregate(matched.elsewhere, asked)
    prices = [offer.price for offer in matched.offers.values()]
    prices += [counted[edge]["value"] for edge in ("min", "max") if counted[edge]["value"] is not None]
    return PriceRange(min=min(prices, default=0), max=max(prices, default=0))


def shown_at(kept: dict[str, Any], places: Sequence[str]) -> dict[str, Any]:
    """Give a product as documents.document kept it, at the price of the first of these places in which it is."""
    if not places or not kept["locations"]:
        return kept
    offer = Offer(kept["price"], kept["oldprice"], kept["discount_percent"]).at(kept["locations"], places)
    return kept | {
        "price": offer.price,
        "oldprice": offer.oldprice,
        "discount_percent": offer.discount_percent,
    }


def count(index: Opened, query: Query) -> int:
    """Say how many a query finds."""
    number: int = index.searcher.search(query, 1).count  # type: ignore[attr-defined]  # the types of tantivy forget it
    return number
