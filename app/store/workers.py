"""Which workers are alive: each says so every few seconds."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, String, delete, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store.base import Base, now

SILENT = timedelta(seconds=30)  # after which a worker that says nothing counts as gone
FORGOTTEN = timedelta(hours=1)


class Heartbeat(Base):
    """A worker that is alive, and when it last said so."""

    __tablename__ = "workers"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    seen: Mapped[datetime]


def beat(db: Session, name: str) -> None:
    """Say that a worker is alive; those that are long silent are forgotten."""
    db.execute(delete(Heartbeat).where(Heartbeat.seen < now() - FORGOTTEN))
    mine = update(Heartbeat).where(Heartbeat.name == name).values(seen=now())
    if not cast("CursorResult[Any]", db.execute(mine)).rowcount:
        db.add(Heartbeat(name=name, seen=now()))


def is_any_alive(db: Session) -> bool:
    """Whether a worker said within half a minute that it is there."""
    return bool(db.scalar(select(func.count()).select_from(Heartbeat).where(Heartbeat.seen > now() - SILENT)))
