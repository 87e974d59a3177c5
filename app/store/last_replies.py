"""What REES46 said last of a customer, for when it does not answer, and of what it tells for a while only.

The text is encrypted and goes when nobody read it anew for `KEPT_FOR`. It is no copy of REES46: a page shows it with
its time, and only in place of an answer or beside it.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.secret_key import SecretKey
from app.store.base import Base, Id, insert_into, now
from app.store.customers import KnownCustomer
from app.store.sweeping import delete_some
from app.vault import LOCKED, KeyChanged, lock, unlock

KEPT_FOR = timedelta(days=180)


class LastReply(Base):
    """What was read last, of one kind, of one customer of one shop."""

    __tablename__ = "last_replies"
    __table_args__ = (UniqueConstraint("customer_id", "kind"),)

    id: Mapped[Id]
    shop_id: Mapped[int]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    kind: Mapped[str] = mapped_column(String(64))
    read: Mapped[datetime] = mapped_column(index=True)
    text: Mapped[str] = mapped_column(Text, info=LOCKED)


def keep(db: Session, customer: KnownCustomer, kind: str, text: str, key: SecretKey) -> None:
    """Keep what was read just now in place of what was read before."""
    read = {"read": now(), "text": lock(text, key)}
    row = insert_into(db, LastReply).values(shop_id=customer.shop_id, customer_id=customer.id, kind=kind, **read)
    db.execute(row.on_conflict_do_update(index_elements=["customer_id", "kind"], set_=read))


def last(db: Session, customer: KnownCustomer, kind: str, key: SecretKey) -> tuple[datetime, str] | None:
    """Give what was read last and when; None when nothing is kept, or nobody can read it any more."""
    query = select(LastReply).where(LastReply.customer_id == customer.id, LastReply.kind == kind)
    row = db.scalar(query.where(LastReply.read > now() - KEPT_FOR))
    try:
        return (row.read, unlock(row.text, key)) if row else None
    except KeyChanged:
        return None


def forget_old(db: Session, before: datetime) -> bool:
    """Let go of some that were not read anew for long; True when there may be more."""
    return delete_some(db, LastReply, LastReply.read <= before)
