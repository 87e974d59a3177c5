"""Bonuses of members: each movement is a row. What it counts as depends on the day, so that is never stored."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Index, String, select
from sqlalchemy.orm import Mapped, mapped_column

from app.engine.store.base import Base, Json, OfShop
from app.engine.store.db import Db

IN_TWO_WEEKS = timedelta(days=14)
LAST = timedelta(days=365)  # how long bonuses last that say nothing else
PENDING, CONFIRMED, SPENT, CANCELLED, EXPIRED = "pending", "confirmed", "spent", "cancelled", "expired"


class BonusMovement(OfShop, Base):
    """Bonuses that a member was given, or that they spent: then the amount is below 0."""

    __tablename__ = "bonus_movements"
    __table_args__ = (Index(None, "shop_id", "identifier", "id"), Index(None, "shop_id", "order_number"))

    id: Mapped[int] = mapped_column(primary_key=True)
    identifier: Mapped[str] = mapped_column(String(255))
    at: Mapped[datetime]
    event: Mapped[str | None] = mapped_column(String(64))  # none: an order
    order_number: Mapped[str | None] = mapped_column(String(255))
    amount: Mapped[int]
    remaining: Mapped[int]  # of what was given, how much is not spent
    is_cancelled: Mapped[bool] = mapped_column(default=False)
    is_waiting: Mapped[bool] = mapped_column(default=False)  # for its order to be confirmed
    activation: Mapped[date | None]
    expiration: Mapped[date | None]
    taken: Mapped[list[list[int]]] = mapped_column(Json, default=list)  # what was spent of which movement

    def status_on(self, day: date) -> str:
        """Say what it counts as on a day."""
        if self.is_cancelled:
            return CANCELLED
        if self.amount < 0 or (self.amount and not self.remaining):
            return SPENT
        if self.expiration and self.expiration < day:
            return EXPIRED
        return PENDING if self.is_waiting or (self.activation and self.activation > day) else CONFIRMED


def movements_of(db: Db, identifier: str) -> Sequence[BonusMovement]:
    """List all movements of a member, newest first."""
    mine = BonusMovement.shop_id == db.shop.id, BonusMovement.identifier == identifier
    return db.scalars(
        select(BonusMovement).where(*mine).order_by(BonusMovement.at.desc(), BonusMovement.id.desc())
    ).all()


def balance(db: Db, identifier: str, until: date) -> dict[str, int]:
    """Say what a member can spend, what is still to come, and what of it ends until a day."""
    today = db.now.date()
    sums = {"active": 0, "pending": 0, "expiring": 0}
    for movement in movements_of(db, identifier):
        status = movement.status_on(today)
        if status == PENDING:
            sums["pending"] += movement.remaining
        elif status == CONFIRMED:
            sums["active"] += movement.remaining
            if movement.expiration and movement.expiration <= until:
                sums["expiring"] += movement.remaining
    return sums


def give(db: Db, identifier: str, amount: int, **about: Any) -> BonusMovement:
    """Give bonuses; without a day of their own they last a year."""
    common = {"shop_id": db.shop.id, "identifier": identifier, "at": db.now, "activation": db.now.date()}
    given = BonusMovement(**common | {"expiration": db.now.date() + LAST} | about, amount=amount, remaining=amount)
    db.add(given)
    db.flush()
    return given


def was_given_for(db: Db, identifier: str, event: str) -> bool:
    """Tell whether a member was given bonuses for an event; what was taken back does not count."""
    mine = BonusMovement.shop_id == db.shop.id, BonusMovement.identifier == identifier, BonusMovement.event == event
    return db.scalar(select(BonusMovement.id).where(*mine, BonusMovement.is_cancelled.is_(False)).limit(1)) is not None


def event_movement(db: Db, identifier: str, number: int) -> BonusMovement | None:
    """Find what a member was given for an event, by its number."""
    found = db.get(BonusMovement, number)
    is_mine = found and (found.shop_id, found.identifier) == (db.shop.id, identifier)
    return found if found and is_mine and found.event else None


def spend(db: Db, identifier: str, amount: int, order_number: str) -> None:
    """Spend active bonuses, those that end first."""
    today, left, taken = db.now.date(), amount, []
    active = [one for one in movements_of(db, identifier) if one.status_on(today) == CONFIRMED]
    for movement in sorted(active, key=lambda one: (one.expiration or date.max, one.id)):
        part = min(left, movement.remaining)
        if part:
            movement.remaining -= part
            taken.append([movement.id, part])
            left -= part
    if amount:
        spent = {"shop_id": db.shop.id, "identifier": identifier, "at": db.now, "order_number": order_number}
        db.add(BonusMovement(**spent, amount=-amount, remaining=0, taken=taken))
        db.flush()


def of_order(db: Db, number: str) -> Sequence[BonusMovement]:
    """List what an order gave and spent."""
    mine = BonusMovement.shop_id == db.shop.id, BonusMovement.order_number == number
    return db.scalars(select(BonusMovement).where(*mine, BonusMovement.is_cancelled.is_(False))).all()


def undo(db: Db, number: str) -> None:
    """Give back what an order spent, and take back what it gave."""
    for movement in of_order(db, number):
        movement.is_cancelled = True
        for source, part in movement.taken:
            if given := db.get(BonusMovement, source):
                given.remaining += part
        if movement.amount > 0:
            movement.remaining = 0
    db.flush()
