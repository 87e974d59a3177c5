"""Collections: products that a shop put together by hand, in an order of its own."""

from __future__ import annotations

from sqlalchemy import String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from app.engine.store.base import Base, Json, OfShop
from app.engine.store.db import Db


class ProductCollection(OfShop, Base):
    """A collection; pages name it by its number."""

    __tablename__ = "product_collections"
    __table_args__ = (UniqueConstraint("shop_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(255))
    name: Mapped[str] = mapped_column(String(255))
    items: Mapped[list[str]] = mapped_column(Json)  # IDs of products


def collection_of(db: Db, number: str) -> ProductCollection | None:
    """Find a collection by its number."""
    same = ProductCollection.shop_id == db.shop.id, ProductCollection.number == number
    return db.scalar(select(ProductCollection).where(*same))
