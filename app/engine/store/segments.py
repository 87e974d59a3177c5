"""Segments: groups of customers that are kept by hand (static) or follow a rule (dynamic)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, delete, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from app.engine.store.base import Base, Json, OfShop
from app.engine.store.db import Db

STATIC, DYNAMIC = "static", "dynamic"
LONGEST_NUMBER = 9  # digits


class Segment(OfShop, Base):
    """A segment; calls name it by its number."""

    __tablename__ = "segments"
    __table_args__ = (UniqueConstraint("shop_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    name: Mapped[str] = mapped_column(String(255))
    kind: Mapped[str] = mapped_column(String(8), default=STATIC)
    rule: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)  # conditions, see rules.py; all must hold
    created: Mapped[datetime]


class Member(OfShop, Base):
    """A customer in a static segment."""

    __tablename__ = "members"
    __table_args__ = (Index(None, "customer_id"),)

    segment_id: Mapped[int] = mapped_column(ForeignKey("segments.id", ondelete="CASCADE"), primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"), primary_key=True)
    added: Mapped[datetime]


def segment_of(db: Db, number: str) -> Segment | None:
    """Find a segment by the number that calls name it by."""
    if not (number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER):
        return None
    return db.scalar(select(Segment).where(Segment.shop_id == db.shop.id, Segment.number == int(number)))


def put(db: Db, segment: Segment, customers: Iterable[int]) -> None:
    """Put customers into a static segment; who is in it stays in it."""
    wanted = list(dict.fromkeys(customers))
    inside = set(
        db.scalars(select(Member.customer_id).where(Member.segment_id == segment.id, Member.customer_id.in_(wanted)))
    )
    row = {"shop_id": db.shop.id, "segment_id": segment.id, "added": db.now}
    if new := [row | {"customer_id": customer} for customer in wanted if customer not in inside]:
        db.execute(insert(Member), new)


def take_out(db: Db, segment: Segment, customer: int) -> None:
    """Take a customer out of a static segment."""
    db.execute(delete(Member).where(Member.segment_id == segment.id, Member.customer_id == customer))


def static_segments_of(db: Db, customer: int) -> Sequence[Segment]:
    """List the static segments a customer is in."""
    return db.scalars(select(Segment).join(Member).where(Member.customer_id == customer)).all()


def dynamic_segments(db: Db) -> Sequence[Segment]:
    """List the shop's segments that follow a rule."""
    return db.scalars(select(Segment).where(Segment.shop_id == db.shop.id, Segment.kind == DYNAMIC)).all()
