"""What an administrator put over a shop, or over the whole desk: a notice, no more messages, or nothing but reading."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store import outbox
from app.store.base import Base, Id, Moment, now


class Kind(StrEnum):
    """How much is stopped; the worst stands last."""

    NOTICE = "notice"  # nothing is stopped, everybody reads it
    NO_MESSAGES = "no_messages"
    READ_ONLY = "read_only"


class Brake(Base):
    """One of them, in force until it is lifted. Without a shop it holds for all."""

    __tablename__ = "brakes"

    id: Mapped[Id]
    at: Mapped[Moment]
    shop_id: Mapped[int | None]
    kind: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(Text)
    person: Mapped[str] = mapped_column(String(120))  # the name at that time
    lifted: Mapped[datetime | None]


def put(db: Session, brake: Brake) -> Brake:
    db.add(brake)
    db.flush()
    return brake


def lift(db: Session, brake_id: int) -> Brake | None:
    """Lift it; None if somebody else has, or there is none."""
    brake = db.get(Brake, brake_id, with_for_update=True)
    if brake is None or brake.lifted:
        return None
    brake.lifted = now()
    if brake.kind != Kind.NOTICE:
        outbox.thaw(db, brake.shop_id, brake.at)
    return brake


IN_FORCE = select(Brake).where(Brake.lifted.is_(None)).order_by(Brake.id)


def in_force(db: Session) -> list[Brake]:
    return list(db.scalars(IN_FORCE))
