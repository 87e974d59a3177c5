"""Categories of a shop's catalogue: a tree of any depth, by the shop's own IDs."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Index, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from app.engine.store.base import Base, OfShop
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
