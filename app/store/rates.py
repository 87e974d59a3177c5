"""When the next call of a kind may go out, for each shop: one meter for all processes and hosts of a desk.

Calls are spaced, not counted: at 40 a minute one goes each 1.5 s, so that no minute has more, wherever it begins.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import String, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store.base import Base, now

MINUTE = timedelta(seconds=61)  # a second more: what is let through together does not arrive together
LONGEST = timedelta(hours=1)  # that REES46 may make everybody wait for
NONE = timedelta()


class Rate(Base):
    """A meter of a shop. `free` is when the next call may go."""

    __tablename__ = "rates"

    shop_id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(64), primary_key=True)  # an operation, or what counts together
    free: Mapped[datetime]


def take(db: Session, shop_id: int, name: str, a_minute: int, moment: datetime | None = None) -> timedelta:
    """Let a call go and give no time, or give the time until one may."""
    row, present = _locked(db, shop_id, name), moment or _present(db)
    if row.free > present:
        return row.free - present
    row.free = present + MINUTE / a_minute
    return NONE


def wait(db: Session, shop_id: int, name: str) -> timedelta:
    """Give the time until a call may go of which there is no fixed number a minute."""
    free = db.scalar(select(Rate.free).where(Rate.shop_id == shop_id, Rate.name == name))
    return max(free - _present(db), NONE) if free else NONE


def hold(db: Session, shop_id: int, name: str, span: timedelta) -> None:
    """Let none go for a while, since REES46 asks for it."""
    row = _locked(db, shop_id, name)
    row.free = max(row.free, _present(db) + min(span, LONGEST))


def _locked(db: Session, shop_id: int, name: str) -> Rate:
    """Give a meter for writing; of several who make it at once one does."""
    same = select(Rate).where(Rate.shop_id == shop_id, Rate.name == name).with_for_update()
    row = db.scalar(same)
    if row is None:
        row = Rate(shop_id=shop_id, name=name, free=datetime.min)  # noqa: DTZ901  # as the database keeps moments
        try:
            with db.begin_nested():
                db.add(row)
        except IntegrityError:
            row = db.scalars(same).one()
    return row


def _present(db: Session) -> datetime:
    """The moment by which all hosts go: PostgreSQL's own where there is one."""
    if db.get_bind().dialect.name == "postgresql":
        moment: datetime = db.execute(select(func.timezone("UTC", func.clock_timestamp()))).scalar_one()
        return moment
    return now()
