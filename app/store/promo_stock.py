"""What was left in each promo list day by day, and from how many codes on people want to be warned."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import String, UniqueConstraint, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store.base import Base, Id
from app.store.sweeping import delete_some

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

WARN_BELOW = 100  # codes, where nobody said otherwise


class PromoStock(Base):
    """What a list last had on a day; REES46 itself only knows the present figure."""

    __tablename__ = "promo_stock"
    __table_args__ = (UniqueConstraint("shop_id", "day", "list_id"),)

    id: Mapped[Id]
    shop_id: Mapped[int]
    day: Mapped[date]
    list_id: Mapped[str] = mapped_column(String(255))
    available: Mapped[int]
    days_left: Mapped[int | None]  # for how many it would do, as was foretold on that day


class PromoWatch(Base):
    """From how many codes on a list counts as low."""

    __tablename__ = "promo_watches"
    __table_args__ = (UniqueConstraint("shop_id", "list_id"),)

    id: Mapped[Id]
    shop_id: Mapped[int]
    list_id: Mapped[str] = mapped_column(String(255))
    warn_below: Mapped[int]


def since(db: Session, shop_id: int, first: date) -> dict[str, dict[date, int]]:
    """Give what each list had, by list and day, from a day on."""
    query = select(PromoStock).where(PromoStock.shop_id == shop_id, PromoStock.day >= first).order_by(PromoStock.day)
    found: dict[str, dict[date, int]] = {}
    for row in db.scalars(query):
        found.setdefault(row.list_id, {})[row.day] = row.available
    return found


def keep(db: Session, shop_id: int, day: date, available: Mapping[str, int]) -> None:
    """Note what the lists have now; the last figure of a day stays."""
    query = select(PromoStock).where(PromoStock.shop_id == shop_id, PromoStock.day == day)
    known = {row.list_id: row for row in db.scalars(query)}
    for list_id, left in available.items():
        if list_id in known:
            known[list_id].available = left
            continue
        with suppress(IntegrityError), db.begin_nested():  # somebody else may be the first of the day
            db.add(PromoStock(shop_id=shop_id, day=day, list_id=list_id, available=left))


def foretell(db: Session, shop_id: int, day: date, days_left: Mapping[str, int | None]) -> None:
    """Note for how many days the lists would do at their pace."""
    query = select(PromoStock).where(PromoStock.shop_id == shop_id, PromoStock.day == day)
    for row in db.scalars(query):
        row.days_left = days_left.get(row.list_id)


def forget_old(db: Session, before: datetime) -> bool:
    """Let go of some days of long ago; True when there may be more."""
    return delete_some(db, PromoStock, PromoStock.day < before.date())


def levels(db: Session, shop_id: int) -> dict[str, int]:
    """Give the levels people set, by list."""
    return {row.list_id: row.warn_below for row in db.scalars(select(PromoWatch).where(PromoWatch.shop_id == shop_id))}


def warn_below(db: Session, shop_id: int, list_id: str, level: int) -> None:
    known = db.scalar(select(PromoWatch).where(PromoWatch.shop_id == shop_id, PromoWatch.list_id == list_id))
    if known is None:
        known = PromoWatch(shop_id=shop_id, list_id=list_id)
        db.add(known)
    known.warn_below = level
