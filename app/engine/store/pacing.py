"""The pacing of whoever writes in the background: it holds up no person's save for long (decisions.md#pacing)."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from app.database import Database
from app.engine.store.db import Db

LONGEST = 1.0  # seconds
SETTLED_EVERY = 1.0


class Pacing:
    """Leaves the database alone for as long as it was held before."""

    def __init__(self, database: Database[Db]) -> None:
        self.database = database
        self.is_taken = True
        self.until = self.settled = 0.0

    @contextmanager
    def held(self) -> Iterator[None]:
        """Wait for the end of the pacing, then let a transaction be done."""
        time.sleep(max(0.0, self.until - time.monotonic()))
        started = time.monotonic()
        yield
        if self.is_taken:
            held = time.monotonic() - started
            self.until = time.monotonic() + min(held, LONGEST)
            if time.monotonic() > self.settled + SETTLED_EVERY:
                self._settle()

    def _settle(self) -> None:
        with suppress(sqlite3.Error):  # the next does it
            self.database.settle()
        self.settled = time.monotonic()
