"""Consents: which kinds of message a customer agreed to get over which channel."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.engine.store.base import Base, OfShop


class Consent(OfShop, Base):
    """A yes or a no to one type of message over one channel; no row: never asked."""

    __tablename__ = "consents"

    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"), primary_key=True)
    channel: Mapped[str] = mapped_column(String(16), primary_key=True)  # email, sms
    campaign_type: Mapped[str] = mapped_column(String(16), primary_key=True)  # bulk, chain, transactional
    is_on: Mapped[bool]
    changed: Mapped[datetime]
