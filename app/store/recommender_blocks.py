"""Blocks of recommendations that a shop has: REES46 lists none, so people write down their codes.

`needs` says what a page sends along with the code (NEEDS), `expected` what every answer has to meet on the test bench.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from sqlalchemy import String, UniqueConstraint, delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column
from sqlalchemy.sql import true

from app.store.base import Base, Id, Json

MOST = 50  # of a shop
NEEDS = ("item", "category", "search", "cart")  # the product, category or search of the page; the cart to leave out


class RecommenderBlock(Base):
    """A block and what people call it."""

    __tablename__ = "recommender_blocks"
    __table_args__ = (UniqueConstraint("shop_id", "code"),)

    id: Mapped[Id]
    shop_id: Mapped[int]
    code: Mapped[str] = mapped_column(String(255))
    name: Mapped[str] = mapped_column(String(120), default="")
    needs: Mapped[list[str]] = mapped_column(Json, default=list, server_default="[]")
    expected: Mapped[dict[str, Any]] = mapped_column(Json, default=dict, server_default="{}")
    is_beside: Mapped[bool] = mapped_column(default=True, server_default=true())  # it stands on the pages of products


def of_shop(db: Session, shop_id: int) -> list[RecommenderBlock]:
    query = select(RecommenderBlock).where(RecommenderBlock.shop_id == shop_id)
    return list(db.scalars(query.order_by(RecommenderBlock.id).limit(MOST)))


def beside_products(db: Session, shop_id: int) -> list[RecommenderBlock]:
    """Give the blocks that stand on the pages of products."""
    return [block for block in of_shop(db, shop_id) if block.is_beside]


def by_code(db: Session, shop_id: int, code: str) -> RecommenderBlock | None:
    mine = RecommenderBlock.shop_id == shop_id, RecommenderBlock.code == code
    return db.scalar(select(RecommenderBlock).where(*mine))


def keep(db: Session, shop_id: int, code: str, **said: Any) -> RecommenderBlock:
    """Write a block down, or what is said of it anew."""
    row = by_code(db, shop_id, code)
    if row is None:
        with suppress(IntegrityError), db.begin_nested():  # somebody may write the same one down
            db.add(RecommenderBlock(shop_id=shop_id, code=code))
        row = db.scalars(
            select(RecommenderBlock).where(RecommenderBlock.shop_id == shop_id, RecommenderBlock.code == code)
        ).one()
    for name, value in said.items():
        setattr(row, name, value)
    return row


def take_off_products(db: Session, shop_id: int, code: str) -> None:
    """Show a block on the pages of products no more; the test bench keeps it."""
    mine = RecommenderBlock.shop_id == shop_id, RecommenderBlock.code == code
    db.execute(update(RecommenderBlock).where(*mine).values(is_beside=False))


def drop(db: Session, shop_id: int, code: str) -> None:
    db.execute(delete(RecommenderBlock).where(RecommenderBlock.shop_id == shop_id, RecommenderBlock.code == code))
