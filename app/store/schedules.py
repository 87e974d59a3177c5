"""What is done by itself at set times: when next, how it went last, and whether somebody paused it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, Select, String, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store.base import Base, now

LEASE = timedelta(minutes=10)  # after which a run whose worker died counts as over


class Schedule(Base):
    """One of them, by its name."""

    __tablename__ = "schedules"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    due: Mapped[datetime]
    paused: Mapped[bool] = mapped_column(default=False)
    until: Mapped[datetime | None]  # end of the lease of the worker that is at it
    started: Mapped[datetime | None]
    ended: Mapped[datetime | None]
    trouble: Mapped[str | None] = mapped_column(String(200))  # why it failed last; None: it went well
    days: Mapped[int | None]  # for how many it lets rows be kept; None: for as many as is usual

    @property
    def is_running(self) -> bool:
        return self.until is not None and self.until > now()


def meet(db: Session, names: Iterable[str], following: Callable[[str], datetime]) -> None:
    """Know of schedules that are new; `following` says when each is due first."""
    known = set(db.scalars(select(Schedule.name)))
    db.add_all(Schedule(name=name, due=following(name)) for name in names if name not in known)


def listed(db: Session) -> list[Schedule]:
    return list(db.scalars(select(Schedule).order_by(Schedule.name)))


def is_any_due(db: Session, names: Iterable[str]) -> bool:
    return db.scalar(_due(names).limit(1)) is not None


def claim(db: Session, names: Iterable[str], following: Callable[[str], datetime]) -> Schedule | None:
    """Take one of these that is due, and set when it is due next: each moment is taken once, by whichever worker."""
    schedule = db.scalar(_due(names).order_by(Schedule.due).limit(1).with_for_update(skip_locked=True))
    if schedule is None:
        return None
    schedule.due, schedule.until, schedule.started = following(schedule.name), now() + LEASE, now()
    return schedule


def end(db: Session, name: str, trouble: str | None) -> None:
    values = {"until": None, "ended": now(), "trouble": trouble and trouble[:200]}
    db.execute(update(Schedule).where(Schedule.name == name).values(**values))


def run_now(db: Session, name: str) -> bool:
    """Let the next worker run it; a paused one, too."""
    return _changed(db, name, due=now(), paused=False)


def pause(db: Session, name: str, *, paused: bool) -> bool:
    return _changed(db, name, paused=paused)


def keep_for(db: Session, name: str, days: int) -> bool:
    """Let rows be kept for so many days."""
    return _changed(db, name, days=days)


def kept_for(db: Session, name: str, usual: timedelta) -> timedelta:
    """Say for how long rows are kept."""
    days = db.scalar(select(Schedule.days).where(Schedule.name == name))
    return usual if days is None else timedelta(days=days)


def _due(names: Iterable[str]) -> Select[Schedule]:
    is_free = or_(Schedule.until.is_(None), Schedule.until <= now())
    return select(Schedule).where(
        Schedule.name.in_(list(names)), Schedule.due <= now(), Schedule.paused.is_(False), is_free
    )


def _changed(db: Session, name: str, **values: Any) -> bool:
    result = db.execute(update(Schedule).where(Schedule.name == name).values(**values))
    return cast("CursorResult[Any]", result).rowcount == 1
