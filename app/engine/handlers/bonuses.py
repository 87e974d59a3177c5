"""Bonuses: written down at once, worked off by the worker."""

from __future__ import annotations

from app.engine.answers import answers
from app.engine.store.db import Db
from app.engine.store.jobs import accept
from app.rees46 import bonuses
from app.rees46.replies import Done

AT_ONCE = 20  # a transaction of so many holds others up for some 10 ms (decisions.md#pacing)


@answers
def import_(db: Db, op: bonuses.Import) -> Done:
    """Accept the state of accounts."""
    accept(db, "bonuses", op.bonuses, {}, at_once=AT_ONCE)
    return Done()
