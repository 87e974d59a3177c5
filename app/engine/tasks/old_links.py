"""Deleting short links whose days are over. They lead nowhere from that moment on, deleted or not."""

from __future__ import annotations

from app.engine.store.db import Db
from app.engine.store.links import delete_expired
from app.engine.working import chore

MINUTE = 60.0


@chore(every=MINUTE)
def delete_links(db: Db) -> None:
    """Delete some links that have expired, the oldest first."""
    delete_expired(db)
