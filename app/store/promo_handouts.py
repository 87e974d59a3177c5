"""The ledger of promo codes that were handed out here: which, to whom, by whom and why."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Literal

from sqlalchemy import Index, Select, String, Text, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store.base import Base, Id, Moment, now

Outcome = Literal["trying", "done", "refused", "unknown"]
PATIENCE = timedelta(minutes=2)  # after which a try that nobody ended counts as unknown


class PromoHandout(Base):
    """One code for somebody. Written before it is asked for: a code that may be spent is never forgotten."""

    __tablename__ = "promo_handouts"
    __table_args__ = (
        Index("ix_promo_handouts_shop", "shop_id", "id"),
        Index("ix_promo_handouts_list", "shop_id", "list_id", "id"),
        Index("ix_promo_handouts_customer", "customer_id", "id"),
    )

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(16), unique=True, default=lambda: secrets.token_hex(6))
    at: Mapped[Moment]
    shop_id: Mapped[int]
    list_id: Mapped[str] = mapped_column(String(255))
    list_name: Mapped[str] = mapped_column(String(255), default="")
    customer_id: Mapped[int | None]
    person: Mapped[str] = mapped_column(String(120))  # who handed it out
    reason: Mapped[str] = mapped_column(String(500))
    code: Mapped[str | None] = mapped_column(Text)  # as long as REES46 cares to make it
    kept: Mapped[str] = mapped_column("outcome", String(8), default="trying")
    message: Mapped[str | None] = mapped_column(String(500))
    once: Mapped[str] = mapped_column(String(64), unique=True)

    @property
    def outcome(self) -> str:
        """How it ended; a try that was cut off (a crash) is unknown."""
        return "unknown" if self.kept == "trying" and self.at < now() - PATIENCE else self.kept


def begin(db: Session, handout: PromoHandout) -> PromoHandout | None:
    """Write it down before it is tried; the same click a second time gives None."""
    try:
        with db.begin_nested():
            db.add(handout)
    except IntegrityError:
        return None
    return handout


def end(db: Session, handout_id: int, outcome: Outcome, *, code: str | None = None, message: str | None = None) -> None:
    handout = db.get_one(PromoHandout, handout_id)
    handout.kept, handout.code, handout.message = outcome, code and code.replace("\0", ""), (message or None)


def settle(db: Session, handout_id: int, code: str | None) -> None:
    """A person found out how it ended: with this code, or without any."""
    handout = db.get_one(PromoHandout, handout_id)
    handout.kept, handout.code = ("done", code) if code else ("refused", None)


def by_key(db: Session, key: str) -> PromoHandout | None:
    return db.scalar(select(PromoHandout).where(PromoHandout.key == key))


def by_once(db: Session, once: str) -> PromoHandout | None:
    return db.scalar(select(PromoHandout).where(PromoHandout.once == once))


def of_shop(shop_id: int, list_id: str = "") -> Select[PromoHandout]:
    query: Select[PromoHandout] = select(PromoHandout).where(PromoHandout.shop_id == shop_id)
    return query.where(PromoHandout.list_id == list_id) if list_id else query


def to_customer(db: Session, customer_id: int, limit: int = 10) -> list[PromoHandout]:
    """List what somebody got, newest first."""
    query = select(PromoHandout).where(PromoHandout.customer_id == customer_id)
    return list(db.scalars(query.order_by(PromoHandout.id.desc()).limit(limit)))
