"""Choosing the products of a block: candidates by its rule, then what the call lets through."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.engine.catalogue.local import is_at
from app.engine.catalogue.serialize import offer_of
from app.engine.recommendations.statistics import interests, plain
from app.engine.search import query
from app.engine.search.reader import opened
from app.engine.store.batches import batches
from app.engine.store.categories import with_those_below
from app.engine.store.db import Db
from app.engine.store.identity import find
from app.engine.store.locations import with_those_searched
from app.engine.store.products import Product, is_shown, product_of, products_of
from app.engine.store.recommenders import (
    ALSO_BOUGHT,
    PERSONAL,
    POPULAR,
    RECENTLY_VIEWED,
    SEARCH,
    SIMILAR,
    computed,
)
from app.rees46.recommendations import Recommend
from app.rees46.search import Search

FEWEST_AT_ONCE = 10  # products are looked at in portions: mostly the first one is enough
REMEMBERED = 50  # products that a visitor was interested in last
FOUND = 100  # products that a search gives a block
FILLING = 500  # products that are looked through when too few of the lists are let through


@dataclass(frozen=True)
class Candidates:
    """IDs of products, the best first; `is_filled` if any product is better than none."""

    items: list[str]
    is_filled: bool = False


def chosen(db: Db, rule: str, op: Recommend, size: int) -> list[Product]:
    """Give one page of products, the best first."""
    candidates = CANDIDATES[rule](db, op)
    found: dict[str, Product] = {}
    wanted = op.page * size
    categories = with_those_below(db, _named(op)) if _named(op) else set()
    places = with_those_searched(db, op.locations)
    for product in _looked_up(db, candidates, max(size, FEWEST_AT_ONCE), op):
        if len(found) >= wanted:
            break
        if _is_let_through(product, op, categories, places):
            found.setdefault(product.item_id, product)
    return list(found.values())[wanted - size : wanted]


def _looked_up(db: Db, candidates: Candidates, size: int, op: Recommend) -> Iterator[Product]:
    for some in batches(candidates.items, size):
        known = products_of(db, some)
        yield from (known[item] for item in some if item in known)
    if candidates.is_filled:
        rest = select(Product).where(Product.shop_id == db.shop.id, Product.is_available)
        rest = rest.where(Product.is_reduced) if op.discount and not op.locations else rest
        rest = rest.where(Product.brand.in_(op.brands)) if op.brands else rest
        yield from db.scalars(rest.order_by(Product.id).limit(FILLING))


def _named(op: Recommend) -> list[str]:
    """Give the categories to choose from: those asked for, or the one of the page."""
    return op.categories or ([op.category] if op.category else [])


def _is_let_through(product: Product, op: Recommend, categories: set[str], places: Sequence[str]) -> bool:
    """Tell whether a product may be shown, and is of what the call asks for."""
    return (
        is_shown(product)
        and product.item_id not in {op.item_id, *op.exclude}
        and (not categories or not categories.isdisjoint(product.categories))
        and (not op.brands or product.brand in op.brands)
        and product.brand not in op.exclude_brands
        and (not op.discount or offer_of(product, places).is_reduced)
        and is_at(product.locations, places)
    )


def _popular(db: Db, op: Recommend) -> Candidates:
    """Take the lists of the categories that are named one by one, or that of the shop."""
    return Candidates(_joined(db, POPULAR, _named(op) or [""]), is_filled=True)


def _similar(db: Db, op: Recommend) -> Candidates:
    """Take what is popular in the same categories: of the same brand and near in price first, no other variant."""
    product = product_of(db, op.item_id or "")
    if product is None:
        return Candidates([])
    near = products_of(db, _joined(db, POPULAR, product.categories))
    others = [one for one in near.values() if not product.group_id or one.group_id != product.group_id]
    others.sort(key=lambda one: (one.brand != product.brand, abs(one.price - product.price), one.id))
    return Candidates([other.item_id for other in others])


def _also_bought(db: Db, op: Recommend) -> Candidates:
    return Candidates(_joined(db, ALSO_BOUGHT, [op.item_id or ""]))


def _after_search(db: Db, op: Recommend) -> Candidates:
    """Take what others chose after the same search, then what the search finds."""
    text = plain(op.search_query or "")
    return Candidates([*_joined(db, SEARCH, [text]), *_searched(db, text)])


def _searched(db: Db, text: str) -> list[str]:
    index = opened(db.at.settings, db.shop.id)
    if index is None:
        return []
    asked = Search.model_construct(type="full_search", search_query=text, limit=FOUND)
    return [product["id"] for product in query.find(index, asked, (), ()).products]


def _recently_viewed(db: Db, op: Recommend) -> Candidates:
    return Candidates(_interests(db, op, ["view"]))


def _personal(db: Db, op: Recommend) -> Candidates:
    """Take what others bought beside the visitor's interests, but not these; then what is popular."""
    liked = _interests(db, op, ["view", "cart", "wish", "purchase"])
    beside = [item for item in _joined(db, ALSO_BOUGHT, liked) if item not in set(liked)]
    return Candidates([*beside, *_popular(db, op).items], is_filled=True)


def _interests(db: Db, op: Recommend, kinds: Sequence[str]) -> list[str]:
    customer = find(db, {"did": op.did or "", "email": op.email or ""})
    return interests(db, customer.id, kinds, REMEMBERED) if customer else []


def _joined(db: Db, rule: str, about: Sequence[str]) -> list[str]:
    """Join several lists into one: the first of each, then the second of each."""
    lists = computed(db, rule, about) if about else {}
    ranked = sorted(
        (place, number, item)
        for number, name in enumerate(about)
        for place, item in enumerate(lists.get((rule, name), []))
    )
    return list(dict.fromkeys(item for _place, _number, item in ranked))


CANDIDATES = {
    POPULAR: _popular,
    SIMILAR: _similar,
    ALSO_BOUGHT: _also_bought,
    SEARCH: _after_search,
    RECENTLY_VIEWED: _recently_viewed,
    PERSONAL: _personal,
}
