"""Imports of people: written down at once, done by the worker."""

from __future__ import annotations

from app.engine.answers import answers
from app.engine.store.db import Db
from app.engine.store.jobs import accept
from app.rees46 import imports
from app.rees46.replies import Done

# A transaction of the worker holds the database for some 10 ms: other people save meanwhile (decisions.md#pacing).
PEOPLE_AT_ONCE, ADDRESSES_AT_ONCE = 20, 200


@answers
def audience(db: Db, op: imports.Audience) -> Done:
    """Accept customers to be made or updated."""
    accept(db, "audience", op.audience, {"segment_id": op.segment_id}, at_once=PEOPLE_AT_ONCE)
    return Done()


@answers
def suppressed(db: Db, op: imports.Suppressed) -> Done:
    """Accept addresses to be suppressed."""
    accept(db, "suppressed", op.audience, {}, at_once=ADDRESSES_AT_ONCE)
    return Done()
