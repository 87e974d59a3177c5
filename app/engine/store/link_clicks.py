"""How often short links were followed, by day."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import date
from multiprocessing.util import Finalize
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Mapped, mapped_column
from structlog import get_logger

from app.engine.store.base import Base
from app.engine.store.batches import batches
from app.engine.store.links import ShortLink
from app.engine.store.upsert import count_up

if TYPE_CHECKING:
    from app.database import Database
    from app.engine.store.db import Db

EVERY = 0.5  # seconds between two writes, while there is something to write
REFUSED_EVERY = 5.0  # seconds, while the database refuses

log = get_logger("app.engine.store.link_clicks")


class LinkClicks(Base):
    """The clicks of a link on a day (UTC). They go with their link."""

    __tablename__ = "link_clicks"
    __table_args__ = (UniqueConstraint("link_id", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    link_id: Mapped[int] = mapped_column(ForeignKey("short_links.id", ondelete="CASCADE"))
    day: Mapped[date]
    clicks: Mapped[int]


class ClickBuffer:
    """The clicks that a process has counted and not yet written: they are written together, within a second.

    A process that ends writes what it has; one that is killed loses that second. What the database refuses waits for
    the next write.
    """

    def __init__(self, database: Database[Db]) -> None:
        self._database = database
        self._counting, self._writing = threading.Lock(), threading.Lock()
        self._waiting: Counter[tuple[int, date]] = Counter()
        self._is_any, self._is_closed = threading.Event(), threading.Event()
        self._writer: threading.Thread | None = None

    def add(self, link_id: int, day: date) -> None:
        """Count a click; it takes no statement."""
        with self._counting:
            self._waiting[link_id, day] += 1
            if self._writer is None:
                self._writer = threading.Thread(target=self._write_on, name="clicks", daemon=True)
                self._writer.start()
                Finalize(self, self.close, exitpriority=1)  # Python's atexit is not heard in processes of granian
        self._is_any.set()

    def _write_on(self) -> None:
        while not self._is_closed.is_set():
            self._is_any.wait()
            self._is_closed.wait(EVERY)
            while not self.flush() and not self._is_closed.wait(REFUSED_EVERY):
                pass

    def close(self) -> None:
        """Write what is left; nothing is counted after that."""
        self._is_closed.set()
        self._is_any.set()
        if self._writer:
            self._writer.join()

    def flush(self) -> bool:
        """Write what was counted until now; what the database refuses is counted again."""
        with self._writing:
            with self._counting:
                counted, self._waiting = self._waiting, Counter()
                self._is_any.clear()
            try:
                self._write(counted)
            except DBAPIError as error:
                log.warning("clicks wait, for the database refused", kind=type(error.orig).__name__)
                with self._counting:
                    self._waiting += counted
                return False
        return True

    def _write(self, counted: Counter[tuple[int, date]]) -> None:
        if not counted:
            return
        with self._database.writing() as db:
            alive: set[int] = set()
            for some in batches({link_id for link_id, _day in counted}):
                alive.update(db.scalars(select(ShortLink.id).where(ShortLink.id.in_(some))))
            for (link_id, day), clicks in sorted(counted.items()):
                if link_id in alive:
                    count_up(db, LinkClicks, {"link_id": link_id, "day": day}, "clicks", clicks)
