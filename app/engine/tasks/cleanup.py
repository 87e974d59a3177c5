"""Deleting what is over: expired short links, old reports of imports, old queries, files that no job needs."""

from __future__ import annotations

import time

from app.engine.jobs.registry import chore
from app.engine.store import jobs, missed_queries, triggers
from app.engine.store.db import Db
from app.engine.store.links import delete_expired
from app.engine.store.request_files import abandoned

MINUTE = 60.0
HOUR = 3600.0


@chore(every=MINUTE)
def delete_links(db: Db) -> None:
    """Delete some links that have expired, the oldest first. They lead nowhere from that moment on, deleted or not."""
    delete_expired(db)


@chore(every=HOUR)
def delete_reports(db: Db) -> None:
    """Delete some reports of imports that are too old."""
    jobs.forget_old(db)


@chore(every=HOUR)
def delete_missed_queries(db: Db) -> None:
    """Delete counts of queries without a result that are too old to be shown."""
    missed_queries.forget_old(db)


@chore(every=HOUR)
def end_waits_for_unknown_products(db: Db) -> None:
    """End some waits for products that never came."""
    triggers.forget_unknown(db)


@chore(every=HOUR)
def delete_request_files(db: Db) -> None:
    """Delete files an hour old that no waiting job needs: their call was cut off before it was accepted."""
    for path in abandoned(db.info["settings"], jobs.request_files_in_use(db), time.time() - HOUR):
        path.unlink(missing_ok=True)
