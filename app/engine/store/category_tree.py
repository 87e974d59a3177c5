"""The tree of a shop's categories, cut to what a call asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select

from app.engine.store.categories import Category, categories_of
from app.engine.store.db import Db
from app.engine.store.locations import with_those_searched
from app.engine.store.products import Product
from app.rees46.categories import Node

Children = Mapping[str | None, list[Category]]


def tree_of(db: Db, depth: int, exclude: set[str], *, only_discount: bool, locations: Sequence[str] = ()) -> list[Node]:
    """Build it from the roots down. Whoever hangs on nobody known is a root; whoever hangs on itself is in no tree."""
    categories = categories_of(db)
    known = {category.external_id: category for category in categories}
    wanted = _with_those_above(_with_reduced_products(db), known) if only_discount else set(known)
    if locations:
        wanted &= _with_those_above(_in_stock_at(db, with_those_searched(db, locations)), known)
    children: dict[str | None, list[Category]] = {}
    for category in categories:
        if category.external_id in wanted - exclude:
            children.setdefault(category.parent if category.parent in known else None, []).append(category)
    return _level(children, None, depth)


def _level(children: Children, roots_parent: Category | None, depth: int) -> list[Node]:
    """Build level by level: a tree may be deeper than a program may call itself."""
    roots: list[Node] = []
    level: list[tuple[Category | None, list[Node]]] = [(roots_parent, roots)]
    while level and depth >= 0:
        below: list[tuple[Category | None, list[Node]]] = []
        for parent, nodes in level:
            for category in children.get(parent.external_id if parent else None, []):
                node = Node(
                    id=category.id,
                    external_id=category.external_id,
                    name=category.name,
                    url=category.url,
                    parent_id=parent and parent.id,
                    parent_external_id=parent and parent.external_id,
                    children=[],
                )
                nodes.append(node)
                below.append((category, node.children))
        level, depth = below, depth - 1
    return roots


def _with_reduced_products(db: Db) -> set[str]:
    reduced = select(Product.categories).where(Product.shop_id == db.shop.id, Product.is_reduced, Product.is_available)
    return {category for categories in db.scalars(reduced.distinct()) for category in categories}


def _in_stock_at(db: Db, places: Sequence[str]) -> set[str]:
    there = select(Product.categories, Product.locations).where(
        Product.shop_id == db.shop.id, Product.is_available, Product.is_ignored.is_(False)
    )
    rows = db.execute(there.execution_options(yield_per=1000))
    return {
        category
        for categories, entries in rows
        if entries is None or any(str(entry.get("location")) in places for entry in entries)
        for category in categories
    }


def _with_those_above(some: Iterable[str], known: Mapping[str, Category]) -> set[str]:
    found: set[str] = set()
    for start in some:
        place: str | None = start
        while place and place in known and place not in found:
            found.add(place)
            place = known[place].parent
    return found
