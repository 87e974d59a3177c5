"""Blocks of recommendations that a shop has: REES46 lists none, so people write down their codes."""

from __future__ import annotations

from contextlib import suppress

from sqlalchemy import String, UniqueConstraint, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store.base import Base, Id

MOST = 20  # of a shop


class RecommenderBlock(Base):
    """A block and what people call it."""

    __tablename__ = "recommender_blocks"
    __table_args__ = (UniqueConstraint("shop_id", "code"),)

    id: Mapped[Id]
    shop_id: Mapped[int]
    code: Mapped[str] = mapped_column(String(255))
    name: Mapped[str] = mapped_column(String(120), default="")


def of_shop(db: Session, shop_id: int) -> list[RecommenderBlock]:
    query = select(RecommenderBlock).where(RecommenderBlock.shop_id == shop_id)
    return list(db.scalars(query.order_by(RecommenderBlock.id).limit(MOST)))


def keep(db: Session, shop_id: int, code: str, name: str) -> None:
    """Write a block down, or call it otherwise."""
    same = select(RecommenderBlock).where(RecommenderBlock.shop_id == shop_id, RecommenderBlock.code == code)
    row = db.scalar(same)
    if row is None:
        row = RecommenderBlock(shop_id=shop_id, code=code)
        with suppress(IntegrityError), db.begin_nested():  # somebody writes the same one down
            db.add(row)
        row = db.scalars(same).one()
    row.name = name


def drop(db: Session, shop_id: int, code: str) -> None:
    db.execute(delete(RecommenderBlock).where(RecommenderBlock.shop_id == shop_id, RecommenderBlock.code == code))
