"""The clock of the box: that of the machine, unless the control API has set another (docs/stage.md)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Database
from app.engine.store.base import Base
from app.engine.store.db import Db

if TYPE_CHECKING:
    from app.config import Settings

THE_CLOCK = 1  # the number of its only row


class BoxClock(Base):
    """How far the box is ahead of the machine, or the moment at which it stands still."""

    __tablename__ = "box_clock"

    id: Mapped[int] = mapped_column(primary_key=True)
    ahead: Mapped[float] = mapped_column(default=0.0)  # seconds
    stopped_at: Mapped[datetime | None]


class ControlledDb(Db):
    """A transaction of a box that can be controlled: its time is the box's."""

    @property
    def now(self) -> datetime:
        if "clock" not in self.info:
            with self.no_autoflush:
                read = select(BoxClock.ahead, BoxClock.stopped_at).where(BoxClock.id == THE_CLOCK)
                self.info["clock"] = self.execute(read).one_or_none()
        clock = self.info["clock"]
        if clock is None:
            return machine_time()
        return clock.stopped_at or machine_time() + timedelta(seconds=clock.ahead)


def open_box(settings: Settings) -> Database[Db]:
    """Open the database of the box."""
    return Database(settings.box_database, ControlledDb if settings.box_control else Db)


def machine_time() -> datetime:
    """The time of this machine, UTC without a zone."""
    return datetime.now(UTC).replace(tzinfo=None)


def clock_of(db: Db) -> BoxClock | None:
    """Give the clock, if it was ever set."""
    return db.get(BoxClock, THE_CLOCK)


def set_clock(db: Db, ahead: float, stopped_at: datetime | None) -> None:
    """Set the clock, for every transaction that begins from now on."""
    clock = clock_of(db) or BoxClock(id=THE_CLOCK)
    clock.ahead, clock.stopped_at = ahead, stopped_at
    db.add(clock)
    db.flush()
    db.info.pop("clock", None)
