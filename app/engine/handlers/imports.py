"""Imports of people: written down at once, done by the worker."""

from __future__ import annotations

from app.engine.answers import answers
from app.engine.store.db import Db
from app.engine.store.jobs import accept
from app.rees46 import imports
from app.rees46.replies import Done


@answers
def audience(db: Db, op: imports.Audience) -> Done:
    """Accept customers to be made or updated."""
    accept(db, "audience", op.audience, {"segment_id": op.segment_id})
    return Done()


@answers
def suppressed(db: Db, op: imports.Suppressed) -> Done:
    """Accept addresses to be suppressed."""
    accept(db, "suppressed", op.audience, {})
    return Done()
