"""How many catalogue imports a shop called of late."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Index

from app.counters import Counted, Counter
from app.engine.store.base import Base, OfShop
from app.engine.store.db import Db

MINUTE = timedelta(minutes=1)


class ImportCall(OfShop, Counted, Base):
    """A call that was let through within the last minute."""

    __tablename__ = "import_calls"
    __table_args__ = (Index(None, "shop_id", "at"),)


def seconds_to_wait(db: Db, a_minute: int) -> float:
    """Count a call and let it through, or give the seconds until one more is."""
    calls = Counter(ImportCall, {"shop_id": db.shop.id}, MINUTE)
    times = calls.times(db, db.now)
    if len(times) >= a_minute:
        return max(0.0, (times[-a_minute] + MINUTE - db.now).total_seconds())
    calls.add(db, db.now)
    return 0.0
