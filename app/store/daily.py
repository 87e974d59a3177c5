"""What a shop's days were like: counted once by the worker, so that pages show months without asking REES46 again.

A day is read to its end while it lasts, more and more of it, and once more whole when it is over everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import Index, String, UniqueConstraint, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store.base import Base, Id, now
from app.store.sweeping import delete_some

if TYPE_CHECKING:
    from collections.abc import Mapping

# What is counted, and what the names of its figures are.
CHANGES = "subscription_changes"  # event and source, as `subscribe:import`
MANY_CHANGES = "many_changes"  # no figures: that day a page left the uncounted days to the worker
ENDING_LINKS = "ending_links"  # `ended`, `ends within a week`
ZERO_RESULTS = "zero_result_queries"  # the words of a query
WAITING_FOR_STOCK = "waiting_for_stock"  # the ID of a product
WAITING_FOR_PRICE = "waiting_for_price"
REVIEWS = "nps_reviews"  # `promoter`, `passive`, `detractor`, `unrated`


class DailyReading(Base):
    """How far a day was read, and when; without one nothing is known of the day, not even that it was empty."""

    __tablename__ = "daily_readings"
    __table_args__ = (UniqueConstraint("shop_id", "kind", "day"), Index("ix_daily_readings_day", "kind", "day"))

    id: Mapped[Id]
    shop_id: Mapped[int]
    kind: Mapped[str] = mapped_column(String(24))
    day: Mapped[date]
    rows: Mapped[int] = mapped_column(default=0)  # of REES46's answer that the figures count
    read: Mapped[datetime]
    is_whole: Mapped[bool] = mapped_column(default=False)  # the day was over when it was read


class DailyFigure(Base):
    """One number of a day. Names and numbers hold nobody's data."""

    __tablename__ = "daily_figures"
    __table_args__ = (UniqueConstraint("shop_id", "kind", "day", "name"), Index("ix_daily_figures_day", "kind", "day"))

    id: Mapped[Id]
    shop_id: Mapped[int]
    kind: Mapped[str] = mapped_column(String(24))
    day: Mapped[date]
    name: Mapped[str] = mapped_column(String(255))
    number: Mapped[int]


@dataclass(frozen=True)
class Reading:
    """What was read of a day just now: all of it, or what was `added` since the last time."""

    day: date
    figures: Mapping[str, int]
    rows: int
    is_whole: bool = False
    after: int | None = None  # the rows that were known before; None: this takes the place of all that is kept


def keep(db: Session, shop_id: int, kind: str, reading: Reading) -> bool:
    """Keep what was read of a day; False when somebody else went on from the same place meanwhile."""
    row = _locked(db, shop_id, kind, reading.day)
    if reading.after is not None and row.rows != reading.after:
        return False
    of_day = (DailyFigure.shop_id == shop_id, DailyFigure.kind == kind, DailyFigure.day == reading.day)
    known = {} if reading.after is None else {one.name: one for one in db.scalars(select(DailyFigure).where(*of_day))}
    if reading.after is None:
        db.execute(delete(DailyFigure).where(*of_day))
    for name, number in _fitting(reading.figures).items():
        if name in known:
            known[name].number += number
        else:
            db.add(DailyFigure(shop_id=shop_id, kind=kind, day=reading.day, name=name, number=number))
    row.rows, row.read, row.is_whole = reading.rows, now(), reading.is_whole
    db.flush()
    return True


def _locked(db: Session, shop_id: int, kind: str, day: date) -> DailyReading:
    """Give the reading of a day for writing; of several who make it at once one does."""
    same = select(DailyReading).where(
        DailyReading.shop_id == shop_id, DailyReading.kind == kind, DailyReading.day == day
    )
    row = db.scalar(same.with_for_update())
    if row is None:
        row = DailyReading(shop_id=shop_id, kind=kind, day=day, read=now())
        try:
            with db.begin_nested():
                db.add(row)
        except IntegrityError:
            row = db.scalars(same.with_for_update()).one()
    return row


def _fitting(figures: Mapping[str, int]) -> dict[str, int]:
    """Cut names to what a column holds; those that become the same are counted together."""
    found: dict[str, int] = {}
    for name, number in figures.items():
        short = name.replace("\0", "")[:255]
        found[short] = found.get(short, 0) + number
    return found


def forget_old(db: Session, before: datetime) -> bool:
    """Let go of some days of long ago; True when there may be more."""
    tables: tuple[type[DailyReading | DailyFigure], ...] = (DailyReading, DailyFigure)
    return any(delete_some(db, table, table.day < before.date()) for table in tables)


def readings(db: Session, shop_id: int, kind: str, first: date) -> dict[date, DailyReading]:
    """Say which days were read, from a day on."""
    query = select(DailyReading).where(
        DailyReading.shop_id == shop_id, DailyReading.kind == kind, DailyReading.day >= first
    )
    return {row.day: row for row in db.scalars(query)}


def figures(db: Session, shop_id: int, kind: str, first: date) -> dict[date, dict[str, int]]:
    """Give the numbers of each day by name, from a day on."""
    query = select(DailyFigure.day, DailyFigure.name, DailyFigure.number).where(
        DailyFigure.shop_id == shop_id, DailyFigure.kind == kind, DailyFigure.day >= first
    )
    found: dict[date, dict[str, int]] = {}
    for day, name, number in db.execute(query):
        found.setdefault(day, {})[name] = number
    return found


def latest(db: Session, shop_id: int, kind: str) -> tuple[DailyReading, dict[str, int]] | None:
    """Give the last day that was read, with its numbers."""
    query = select(DailyReading).where(DailyReading.shop_id == shop_id, DailyReading.kind == kind)
    row = db.scalar(query.order_by(DailyReading.day.desc()).limit(1))
    return (row, figures(db, shop_id, kind, row.day).get(row.day, {})) if row else None
