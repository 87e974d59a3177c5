"""Categories: imports are written down at once and done by the worker; the tree is read as it stands."""

from __future__ import annotations

from app.engine.answers import answers
from app.engine.jobs.enqueue import take_in
from app.engine.store.category_tree import tree_of
from app.engine.store.db import Db
from app.rees46 import categories


@answers
def replace(db: Db, op: categories.Import) -> None:
    """Accept the whole tree."""
    take_in(db, "categories", "categories", op.categories, op.webhook)


@answers
def update(db: Db, op: categories.Update) -> None:
    """Accept categories to be made or changed."""
    take_in(db, "category_update", "categories", op.categories, op.webhook)


@answers
def remove(db: Db, op: categories.Remove) -> None:
    """Accept categories to be deleted."""
    take_in(db, "category_removal", "categories", op.categories, op.webhook)


@answers
def tree(db: Db, op: categories.Tree) -> list[categories.Node]:
    """Answer the tree."""
    return tree_of(db, op.depth, set(op.exclude), only_discount=op.only_discount, locations=op.locations)
