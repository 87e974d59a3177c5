"""Deleting spools of calls that were cut off before they were accepted."""

from __future__ import annotations

import time

from app.engine.store.db import Db
from app.engine.store.jobs import spools_in_use
from app.engine.store.spools import abandoned
from app.engine.working import chore

HOUR = 3600.0


@chore(every=HOUR)
def delete_spools(db: Db) -> None:
    """Delete files an hour old that no waiting job needs."""
    for path in abandoned(db.info["settings"], spools_in_use(db), time.time() - HOUR):
        path.unlink(missing_ok=True)
