"""Locations: written down at once, done by the worker."""

from __future__ import annotations

from app.engine.answers import answers
from app.engine.jobs.enqueue import take_in
from app.engine.store.db import Db
from app.rees46 import locations


@answers
def import_(db: Db, op: locations.Import) -> None:
    """Accept locations to be made or changed."""
    take_in(db, "locations", "locations", op.locations, op.webhook)
