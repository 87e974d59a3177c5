"""Forgetting queries that found nothing two weeks ago."""

from __future__ import annotations

from app.engine.store.db import Db
from app.engine.store.missed_queries import forget_old
from app.engine.working import chore

HOUR = 3600.0


@chore(every=HOUR)
def forget(db: Db) -> None:
    """Delete counts that are too old to be shown."""
    forget_old(db)
