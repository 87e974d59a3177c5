"""The do-not-use list: addresses that bounced, are blacklisted or suppressed. It outlives the profiles."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.engine.store.base import Base, OfShop

BOUNCED, BLACKLISTED, SUPPRESSED = "bounced", "blacklisted", "suppressed"


class DoNotUse(OfShop, Base):
    """A contact and one reason for not using it."""

    __tablename__ = "do_not_use"
    __table_args__ = (UniqueConstraint("shop_id", "contact_type", "contact", "reason"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    contact_type: Mapped[str] = mapped_column(String(16))  # email or sms
    contact: Mapped[str] = mapped_column(String(255))
    reason: Mapped[str] = mapped_column(String(16))
    since: Mapped[datetime]
