"""What the desk tells by itself: each thing once, to everybody who chose to be told.

A notice has a key that says what happened (`act:17`), so however many look, one writes it. Each delivery is written
down as begun before it is tried: what may have arrived is not sent again, what surely did not is.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import CursorResult, ForeignKey, Index, String, UniqueConstraint, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from app.store.base import Base, Id, Json, Moment, now
from app.store.sweeping import delete_some

PAUSES = (60, 300, 900, 3600)  # seconds before the next try, after so many of which it is known that they failed


class Kind(StrEnum):
    """What people may choose to be told."""

    JOB = "job"
    LOW_LIST = "low_list"
    COMPLAINTS = "complaints"
    UNKNOWN_ACT = "unknown_act"
    APPROVAL = "approval"
    SILENT_WORKER = "silent_worker"
    DIFFERENT_API = "different_api"


class Notice(Base):
    """Something that happened. `facts` are names of lists, numbers and keys: nothing about anybody."""

    __tablename__ = "notices"

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(200), unique=True)
    at: Mapped[Moment] = mapped_column(default=now, index=True)
    shop_id: Mapped[int | None]  # None: it is about the whole desk
    kind: Mapped[str] = mapped_column(String(16))
    facts: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)


class Delivery(Base):
    """A notice on its way to a person by e-mail, or (without a person) to the chat of its shop."""

    __tablename__ = "notice_deliveries"
    __table_args__ = (UniqueConstraint("notice_id", "person_id"), Index("ix_notice_deliveries_next", "state", "due"))

    id: Mapped[Id]
    notice_id: Mapped[int] = mapped_column(ForeignKey("notices.id", ondelete="CASCADE"))
    notice: Mapped[Notice] = relationship(lazy="joined")
    person_id: Mapped[int | None]
    state: Mapped[str] = mapped_column(String(8), default="waiting")  # waiting, trying, sent, failed
    due: Mapped[Moment]
    tries: Mapped[int] = mapped_column(default=0)
    trouble: Mapped[str | None] = mapped_column(String(200))


def tell(db: Session, notice: Notice, people: Iterable[int], *, in_chat: bool) -> bool:
    """Write a notice with its deliveries; False when it was told before, or nobody wants to know."""
    whom: list[int | None] = [*people, *([None] if in_chat else [])]
    if not whom or db.scalar(select(Notice.id).where(Notice.key == notice.key)):
        return False
    try:
        with db.begin_nested():
            db.add(notice)
    except IntegrityError:  # another process saw it at the same moment
        return False
    db.add_all(Delivery(notice_id=notice.id, person_id=person_id) for person_id in whom)
    return True


def take(db: Session) -> Delivery | None:
    """Take a delivery that is due, and write down that it is being tried."""
    waiting = select(Delivery).where(Delivery.state == "waiting", Delivery.due <= now())
    row = db.scalar(waiting.order_by(Delivery.due, Delivery.id).limit(1).with_for_update(skip_locked=True, of=Delivery))
    if row is not None:
        row.state, row.tries = "trying", row.tries + 1
    return row


def end(db: Session, delivery: Delivery, *, trouble: str | None = None, surely_not: bool = False) -> None:
    """Write down how it went. What surely did not arrive is tried again a few times."""
    again = surely_not and delivery.tries <= len(PAUSES)
    values: dict[str, Any] = {"state": "failed" if trouble else "sent", "trouble": trouble and trouble[:200]}
    if again:
        values |= {"state": "waiting", "due": now() + timedelta(seconds=PAUSES[delivery.tries - 1])}
    mine = update(Delivery).where(Delivery.id == delivery.id, Delivery.state == "trying")
    cast("CursorResult[Any]", db.execute(mine.values(**values)))


def forget_old(db: Session, before: datetime) -> bool:
    """Let go of some of long ago; True when there may be more."""
    return delete_some(db, Notice, Notice.at < before)
