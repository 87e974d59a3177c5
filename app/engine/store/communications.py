"""Communications: calls, chats and letters with a customer, as the support team logs them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.engine.store.base import Base, OfShop


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
