"""The log of subscription changes: what each contact turned on or off, when, and through which channel."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.engine.store.base import Base, OfShop


class SubscriptionChange(OfShop, Base):
    """One change of one contact, in the words of CONTRACT §4.1. Rows are only ever added."""

    __tablename__ = "subscription_changes"
    __table_args__ = (
        Index(None, "shop_id", "at", "id"),
        Index(None, "shop_id", "event", "at", "id"),
        Index(None, "shop_id", "channel", "at", "id"),
        Index(None, "shop_id", "contact", "at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    contact_type: Mapped[str] = mapped_column(String(16))  # email, sms, wpush, mpush
    contact: Mapped[str] = mapped_column(String(255))  # phone numbers as digits
    campaign_type: Mapped[str] = mapped_column(String(16))
    event: Mapped[str] = mapped_column(String(16))
    channel: Mapped[str] = mapped_column(String(32))
    ip: Mapped[str] = mapped_column(String(64), default="")
