"""Communications: calls, chats and letters with a customer, as the support team logs them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from app.engine.store.base import Base, OfShop
from app.engine.store.db import Db

LONGEST_NUMBER = 9  # digits


class Communication(OfShop, Base):
    """One communication; the names of its fields are the API's."""

    __tablename__ = "communications"
    __table_args__ = (Index(None, "customer_id", "at", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"))
    at: Mapped[datetime]
    channel: Mapped[str | None] = mapped_column(String(255))
    event: Mapped[str | None] = mapped_column(String(255))
    location_id: Mapped[str | None] = mapped_column(String(255))
    call_type: Mapped[str | None] = mapped_column(String(255))
    call_theme: Mapped[str | None] = mapped_column(String(255))
    subject_appeal: Mapped[str | None] = mapped_column(String(255))
    comment: Mapped[str | None] = mapped_column(Text)
    author_type: Mapped[str | None] = mapped_column(String(255))
    status: Mapped[str | None] = mapped_column(String(255))


def last_of(db: Db, customer: int, number: int) -> Sequence[Communication]:
    """Give the last communications of a customer, newest first."""
    mine = select(Communication).where(Communication.customer_id == customer)
    return db.scalars(mine.order_by(Communication.at.desc(), Communication.id.desc()).limit(number)).all()


def communication_of(db: Db, customer: int, number: str) -> Communication | None:
    """Find a communication of a customer by its ID."""
    if not (number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER):
        return None
    kept = db.get(Communication, int(number), with_for_update=True)
    return kept if kept and kept.customer_id == customer else None
