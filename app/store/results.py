"""What forms were answered with, kept for a day under a key: a page of its own that can be loaded again.

The page is encrypted: it shows whatever somebody typed and whoever was found by it.
"""

from __future__ import annotations

import base64
import json
import secrets
import zlib
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import Index, String, Text, delete, func, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from app.store import schedules
from app.store.base import Base, Id, Moment, now
from app.store.sweeping import delete_some
from app.vault import LOCKED, lock, unlock

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.secret_key import SecretKey

KEPT = timedelta(days=1)
SWEEPER = "results.forget"  # the schedule that lets go of them
MOST = 50  # of a person, the newest


class Result(Base):
    """One answer to one form, for the person who sent it."""

    __tablename__ = "results"
    __table_args__ = (Index("ix_results_person", "person_id", "id"),)

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(32), unique=True, default=lambda: secrets.token_hex(12))
    at: Mapped[Moment]
    expires: Mapped[datetime] = mapped_column(index=True, default=lambda: now() + KEPT)
    shop_id: Mapped[int | None]  # None: a page of no shop
    person_id: Mapped[int]
    endpoint: Mapped[str] = mapped_column(String(80))  # the view that answered
    seen_once: Mapped[bool] = mapped_column(default=False)  # forgotten as soon as it was seen
    locked: Mapped[str] = mapped_column(Text, info=LOCKED)

    def put(self, title: str, main: str, key: SecretKey) -> None:
        """Encrypt the page, which is much longer than what it tells."""
        text = json.dumps([title, main])
        self.locked = lock(base64.b85encode(zlib.compress(text.encode())).decode(), key)

    def page(self, key: SecretKey) -> tuple[str, str]:
        """Decrypt title and content of the page."""
        title, main = json.loads(zlib.decompress(base64.b85decode(unlock(self.locked, key))))
        return title, main


def keep(db: Session, result: Result) -> Result:
    """Keep a result for a while."""
    result.expires = now() + schedules.kept_for(db, SWEEPER, KEPT)
    db.add(result)
    db.flush()
    return result


def forget_old(db: Session, before: datetime) -> bool:
    """Let go of some that are over, and of the oldest of whoever has many; True when there may be more."""
    place = func.row_number().over(partition_by=Result.person_id, order_by=Result.id.desc())
    ranked = select(Result.id, place.label("place")).subquery()
    too_many = select(ranked.c.id).where(ranked.c.place > MOST)
    return delete_some(db, Result, or_(Result.expires < now(), Result.at < before, Result.id.in_(too_many)))


def outside_shops(db: Session, key: str) -> Result | None:
    """Find a result that belongs to no shop."""
    return db.scalar(select(Result).where(Result.key == key, Result.shop_id.is_(None))) if "\0" not in key else None


def forget(db: Session, result: Result) -> None:
    db.execute(delete(Result).where(Result.id == result.id))
