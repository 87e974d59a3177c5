"""Computing what blocks of recommendations show, beside the worker.

Counting takes seconds in a large shop, so it only reads; what came out differently is written some lists at a time.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import structlog
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from app.engine.recommendations.statistics import lists_of
from app.engine.store.batches import batches
from app.engine.store.db import Circumstances, Db
from app.engine.store.pacing import Pacing
from app.engine.store.recommenders import Key, all_computed, keep
from app.engine.store.shops import Shop

if TYPE_CHECKING:
    import threading

    from app.config import Settings
    from app.database import Database

EVERY = 60.0  # seconds
AT_ONCE = 50  # lists in one transaction

log = structlog.get_logger("app.engine.recommendations.compute")


class RecommendationWorker:
    """Computes the lists of every shop, again and again."""

    def __init__(self, settings: Settings, database: Database[Db]) -> None:
        self.settings = settings
        self.database = database
        self.pacing = Pacing(database)

    def run(self, told_to_stop: threading.Event) -> None:
        """Work until told to stop."""
        while True:
            try:
                self.compute()
            except DBAPIError as error:  # busy or away for a moment; the next round does it
                log.warning("the database refused", kind=type(error.orig).__name__)
            if told_to_stop.wait(EVERY):
                return

    def compute(self) -> None:
        """Compute the lists of every shop, and keep those that changed."""
        with self.database.reading() as db:
            shops = db.scalars(select(Shop).order_by(Shop.id)).all()
        for shop in shops:
            at = Circumstances(shop, self.settings)
            with self.database.reading() as db:
                db.at = at
                changed = _changed(db)
            for some in batches(changed, AT_ONCE):
                with self.pacing.held(), self.database.writing() as db:
                    db.at = at
                    keep(db, some)


def _changed(db: Db) -> list[tuple[Key, list[str]]]:
    """Give what is to be kept anew; what there is nothing to say of any more is an empty list."""
    before, now = all_computed(db), lists_of(db)
    return [(key, now.get(key, [])) for key in dict.fromkeys(chain(now, before)) if now.get(key) != before.get(key)]
