"""Categories of a shop's catalogue: a tree of any depth, by the shop's own IDs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Index, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from app.engine.store.base import Base, OfShop
from app.engine.store.batches import batches
from app.engine.store.db import Db


class Category(OfShop, Base):
    """A category. Its parent is named by the shop's ID and may come later, or never: then it is a root."""

    __tablename__ = "categories"
    __table_args__ = (UniqueConstraint("shop_id", "external_id"), Index(None, "shop_id", "listed", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    external_id: Mapped[str] = mapped_column(String(255))
    name: Mapped[str] = mapped_column(Text)
    parent: Mapped[str | None] = mapped_column(String(255))
    url: Mapped[str | None] = mapped_column(Text)
    alias: Mapped[str | None] = mapped_column(Text)
    listed: Mapped[int | None]  # the last job that named it


def categories_of(db: Db) -> Sequence[Category]:
    """List the shop's categories in the order in which they came."""
    return db.scalars(select(Category).where(Category.shop_id == db.shop.id).order_by(Category.id)).all()


def categories_named(db: Db, ids: Iterable[str]) -> dict[str, Category]:
    """Find categories by the shop's IDs; unknown ones are left out."""
    found: dict[str, Category] = {}
    for some in batches(dict.fromkeys(ids)):
        known = select(Category).where(Category.shop_id == db.shop.id, Category.external_id.in_(some))
        found |= {category.external_id: category for category in db.scalars(known)}
    return found


def category_of(db: Db, name: str) -> Category | None:
    """Find a category by the shop's ID, or else by its alias."""
    of_shop = select(Category).where(Category.shop_id == db.shop.id)
    known = db.scalar(of_shop.where(Category.external_id == name))
    return known or db.scalar(of_shop.where(Category.alias == name).order_by(Category.id).limit(1))


def with_those_below(db: Db, ids: Iterable[str]) -> set[str]:
    """Add to categories all that lie in them, at any depth."""
    children: dict[str, list[str]] = {}
    tree = select(Category.parent, Category.external_id).where(
        Category.shop_id == db.shop.id, Category.parent.is_not(None)
    )
    for parent, category in db.execute(tree):
        children.setdefault(parent or "", []).append(category)
    found: set[str] = set()
    waiting = list(ids)
    while waiting:
        category = waiting.pop()
        if category not in found:
            found.add(category)
            waiting += children.get(category, [])
    return found
