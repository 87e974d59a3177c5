"""The outbox: every message as it was delivered, as a mail catcher keeps it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.engine.store.base import Base, Json, OfShop


class Message(OfShop, Base):
    """One message over one channel. Those of one call share their code."""

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("shop_id", "code", "channel"),
        Index(None, "shop_id", "id"),
        Index(None, "shop_id", "recipient", "id"),
        Index(None, "customer_id", "id"),
        Index(None, "campaign_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(32))  # what the call was answered, and what clicks name
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaigns.id", ondelete="SET NULL"))
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customers.id", ondelete="SET NULL"))
    kind: Mapped[str] = mapped_column(String(16), default="transactional")  # bulk, chain, transactional
    channel: Mapped[str] = mapped_column(String(16))  # sms, email, web_push, mobile_push
    recipient: Mapped[str] = mapped_column(String(1024))  # an address, digits of a phone number, or a push token
    language: Mapped[str] = mapped_column(String(2))
    parts: Mapped[dict[str, str]] = mapped_column(Json)  # as rendered
    missing: Mapped[list[str]] = mapped_column(Json, default=list)  # variables that were printed but not given
    sent: Mapped[datetime]
    clicked: Mapped[datetime | None]
