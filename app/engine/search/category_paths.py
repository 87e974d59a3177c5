"""The names of categories and of those above them: words that a product is found by though it does not say them.

The index remembers which names it was written with, beside its mark; what lies in a category that has another name, or
another place in the tree, is put in anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import func, select

from app.engine.store.categories import Category
from app.engine.store.db import Db

FILE = "categories.json"
MOST_LEVELS = 20
Paths = dict[str, str]  # by the shop's ID of a category: its name and the names above it
State = tuple[int, int, int]
Rows = dict[str, tuple[str, str | None]]


def state(db: Db, shop: int) -> State:
    """Tell one state of a shop's categories from another: each import leaves its number on those that it names."""
    of_shop = Category.shop_id == shop
    newest = db.scalar(select(func.max(Category.listed)).where(of_shop)) or 0
    named = db.scalar(select(func.count()).where(of_shop, Category.listed == newest)) or 0
    return newest, named, db.scalar(select(func.count()).where(of_shop)) or 0


def paths(db: Db, shop: int) -> Paths:
    """Write down the names of all categories."""
    asked = select(Category.external_id, Category.name, Category.parent).where(Category.shop_id == shop)
    rows: Rows = {category: (name, parent) for category, name, parent in db.execute(asked)}
    return {category: " ".join(_upwards(rows, category)) for category in rows}


def _upwards(rows: Rows, category: str | None) -> Iterator[str]:
    for _ in range(MOST_LEVELS):  # a category may lie in itself
        if category not in rows:
            return
        name, category = rows[category]
        yield name


def remembered(folder: Path) -> Paths:
    """Read the names that an index was written with; none if it was not written yet."""
    try:
        kept: Paths = json.loads((folder / FILE).read_text())
    except (OSError, ValueError):
        return {}
    return kept


def remember(folder: Path, names: Paths) -> None:
    """Write them beside the index, whole or not at all."""
    fresh = folder / f"{FILE}.new"
    fresh.write_text(json.dumps(names, ensure_ascii=False))
    fresh.replace(folder / FILE)
