"""The do-not-use list: addresses that bounced, are blacklisted or suppressed. It outlives the profiles."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import String, UniqueConstraint, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from app.engine.store.base import Base, OfShop
from app.engine.store.db import Db

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


def reasons(db: Db, contacts: Iterable[str], contact_type: str = "email") -> dict[str, set[str]]:
    """Say of each contact why it must not be used; what may be used is left out. At most some hundreds at once."""
    listed = select(DoNotUse.contact, DoNotUse.reason).where(
        DoNotUse.shop_id == db.shop.id, DoNotUse.contact_type == contact_type, DoNotUse.contact.in_(set(contacts))
    )
    found: dict[str, set[str]] = {}
    for contact, reason in db.execute(listed):
        found.setdefault(contact, set()).add(reason)
    return found


def add(db: Db, contacts: Iterable[str], reason: str, contact_type: str = "email") -> list[str]:
    """Put contacts on the list; give those that were not on it for this reason."""
    wanted = list(dict.fromkeys(contacts))
    known = reasons(db, wanted, contact_type)
    new = [contact for contact in wanted if reason not in known.get(contact, set())]
    if new:
        row = {"shop_id": db.shop.id, "contact_type": contact_type, "reason": reason, "since": db.now}
        db.execute(insert(DoNotUse), [row | {"contact": contact} for contact in new])
    return new
