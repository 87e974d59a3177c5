"""Products as the desk saw them: what each was when it was read last, and how price and stock went over time.

REES46 tells the present only. A row is written when somebody opens a product, and once a day for those opened lately.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store.base import Base, Id, Moment, now
from app.store.sweeping import delete_some

if TYPE_CHECKING:
    from collections.abc import Collection

    from app.rees46.products import Product

WATCHED_FOR = timedelta(days=30)  # after the last visit a product is read daily
LONGEST_NAME = 500


class SeenProduct(Base):
    """A product of a shop, as it was read last."""

    __tablename__ = "products_seen"
    __table_args__ = (
        UniqueConstraint("shop_id", "item_id"),
        Index("ix_products_seen_visited", "shop_id", "visited"),
    )

    id: Mapped[Id]
    shop_id: Mapped[int]
    item_id: Mapped[str] = mapped_column(String(255))
    name: Mapped[str] = mapped_column(String(LONGEST_NAME), default="")
    picture: Mapped[str | None] = mapped_column(Text)
    currency: Mapped[str] = mapped_column(String(16), default="")
    price: Mapped[float | None]
    oldprice: Mapped[float | None]
    is_available: Mapped[bool | None]
    is_gone: Mapped[bool] = mapped_column(default=False)  # REES46 does not know it
    read: Mapped[datetime]
    visited: Mapped[datetime | None]

    @property
    def state(self) -> tuple[float | None, float | None, bool | None]:
        return self.price, self.oldprice, self.is_available


class ProductSighting(Base):
    """What a product cost and whether it was there, from a moment on until the next one."""

    __tablename__ = "product_sightings"
    __table_args__ = (Index("ix_product_sightings_seen", "seen_id", "id"), Index("ix_product_sightings_at", "at"))

    id: Mapped[Id]
    seen_id: Mapped[int] = mapped_column(ForeignKey("products_seen.id", ondelete="CASCADE"))
    at: Mapped[Moment]
    price: Mapped[float | None]
    oldprice: Mapped[float | None]
    is_available: Mapped[bool | None]


def note(db: Session, shop_id: int, item_id: str, product: Product | None, *, visited: bool = False) -> SeenProduct:
    """Keep what was just read; None: REES46 knows no such product. A sighting is added when something changed."""
    row = _row_of(db, shop_id, item_id)
    before, is_new = row.state, not _has_sightings(db, row)
    row.read, row.is_gone = now(), product is None
    row.visited = now() if visited else row.visited
    if product is not None:
        row.name = (product.name or "")[:LONGEST_NAME]
        row.picture, row.currency = product.picture or product.image_url, (product.currency or "")[:16]
        row.price, row.oldprice, row.is_available = product.price, product.oldprice, product.is_available
        if is_new or row.state != before:
            db.add(
                ProductSighting(seen_id=row.id, price=row.price, oldprice=row.oldprice, is_available=row.is_available)
            )
    return row


def _row_of(db: Session, shop_id: int, item_id: str) -> SeenProduct:
    same = select(SeenProduct).where(SeenProduct.shop_id == shop_id, SeenProduct.item_id == item_id)
    row = db.scalar(same)
    if row is None:
        row = SeenProduct(shop_id=shop_id, item_id=item_id, read=now())
        try:
            with db.begin_nested():
                db.add(row)
        except IntegrityError:  # the same product is being opened in two tabs
            row = db.scalars(same).one()
    return row


def _has_sightings(db: Session, row: SeenProduct) -> bool:
    return db.scalar(select(ProductSighting.id).where(ProductSighting.seen_id == row.id).limit(1)) is not None


def by_items(db: Session, shop_id: int, items: Collection[str]) -> dict[str, SeenProduct]:
    query = select(SeenProduct).where(SeenProduct.shop_id == shop_id, SeenProduct.item_id.in_(items))
    return {row.item_id: row for row in db.scalars(query)} if items else {}


def visited_lately(db: Session, shop_id: int, limit: int = 20) -> list[SeenProduct]:
    """List the products that somebody opened, the last one first."""
    query = select(SeenProduct).where(SeenProduct.shop_id == shop_id, SeenProduct.visited.is_not(None))
    return list(db.scalars(query.order_by(SeenProduct.visited.desc()).limit(limit)))


def to_watch(db: Session, shop_id: int, limit: int) -> list[str]:
    """Name the products that somebody opened lately and nobody read for the longest time."""
    query = select(SeenProduct.item_id).where(
        SeenProduct.shop_id == shop_id, SeenProduct.visited > now() - WATCHED_FOR, SeenProduct.is_gone.is_(False)
    )
    return list(db.scalars(query.order_by(SeenProduct.read).limit(limit)))


def history(db: Session, shop_id: int, item_id: str, limit: int = 100) -> list[ProductSighting]:
    """Give what changed, the newest first."""
    query = select(ProductSighting).join(SeenProduct, SeenProduct.id == ProductSighting.seen_id)
    query = query.where(SeenProduct.shop_id == shop_id, SeenProduct.item_id == item_id)
    return list(db.scalars(query.order_by(ProductSighting.id.desc()).limit(limit)))


def forget_old(db: Session, before: datetime) -> bool:
    """Let go of some sightings of long ago; True when there may be more."""
    return delete_some(db, ProductSighting, ProductSighting.at < before)
