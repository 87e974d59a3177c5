"""Segments: groups of customers that are kept by hand (static) or follow a rule (dynamic)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.engine.store.base import Base, Json, OfShop

STATIC, DYNAMIC = "static", "dynamic"


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
