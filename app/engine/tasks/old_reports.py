"""Forgetting reports of imports after a while."""

from __future__ import annotations

from app.engine.store.db import Db
from app.engine.store.jobs import forget_old
from app.engine.working import chore

HOUR = 3600.0


@chore(every=HOUR)
def forget(db: Db) -> None:
    """Delete some reports that are too old."""
    forget_old(db)
