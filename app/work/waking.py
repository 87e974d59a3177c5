"""Waiting until there may be something to do, at next to no cost.

PostgreSQL tells (NOTIFY, see store/works.py); without such a connection, and on SQLite, somebody has to look: SQLite
says in microseconds whether anybody wrote anything at all, and only then, or when something is due, is it asked more.
"""

from __future__ import annotations

import select
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from structlog import get_logger

from app.store import works

if TYPE_CHECKING:
    from collections.abc import Hashable

    from sqlalchemy.orm import Session

    from app.database import Database

LOOK_SECONDS = 0.25  # between two looks where nobody tells
SHORTEST = 0.02  # seconds, where another worker is about to take what is due
LONGEST = 10.0  # seconds that nobody looks, whatever was told or not
STOP_SECONDS = 0.5  # between two looks whether to stop: they ask no database
LISTEN_AGAIN = 30.0  # seconds after which it is tried again to be told
log = get_logger("app.work")


class Waker:
    """Waits for a worker."""

    def __init__(self, desk: Database[Session]) -> None:
        self.desk = desk
        self.version: Hashable = None
        self.connection: Any = None  # of the driver
        self.listen_at = 0.0

    def wait(self, told_to_stop: threading.Event) -> bool:
        """Come back when there may be something to do, or after a while."""
        connection = None if self.desk.is_sqlite else self._listening()  # before it is asked what is due
        seconds = max(self._until_due(), SHORTEST)
        if self.desk.is_sqlite:
            self._look(told_to_stop, seconds)
        elif connection is not None:
            self._listen(connection, told_to_stop, seconds)
        else:
            told_to_stop.wait(min(seconds, LOOK_SECONDS))
        return True

    def close(self) -> None:
        if self.connection is not None:
            with suppress(Exception):
                self.connection.close()
            self.connection = None

    def _until_due(self) -> float:
        """Say how long nothing is due; the version is taken first, so that nothing that comes now is missed."""
        if self.desk.is_sqlite:
            self.version = self.desk.version()
        with self.desk.reading() as db:
            seconds = works.seconds_to_next(db)
        return LONGEST if seconds is None else min(seconds, LONGEST)

    def _look(self, told_to_stop: threading.Event, seconds: float) -> None:
        """Look whether anybody wrote anything; what is there already is due only when the time is over."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            if told_to_stop.wait(min(left, LOOK_SECONDS)) or self.desk.version() != self.version:
                return

    def _listening(self) -> Any:
        """Give a connection of its own that is told; None while there is none to be had, as behind some poolers."""
        if self.connection is None and time.monotonic() >= self.listen_at:
            self.listen_at = time.monotonic() + LISTEN_AGAIN
            try:
                pooled = self.desk.engine.raw_connection()
                self.connection = pooled.driver_connection
                pooled.detach()  # it is no more the pool's
                self.connection.autocommit = True
                self.connection.execute(f"LISTEN {works.CHANNEL}")
            except Exception as error:  # noqa: BLE001  # of the driver or of the pool: it is looked at instead
                log.warning("nobody tells of new work", kind=type(error).__name__)
                self.close()
        return self.connection

    def _listen(self, connection: Any, told_to_stop: threading.Event, seconds: float) -> None:
        """Sleep until something arrives on the connection."""
        until = time.monotonic() + seconds
        try:
            while (left := until - time.monotonic()) > 0 and not told_to_stop.is_set():
                if select.select([connection.fileno()], [], [], min(left, STOP_SECONDS))[0]:
                    connection.pgconn.consume_input()
                    while connection.pgconn.notifies():
                        pass
                    return
        except Exception as error:  # noqa: BLE001  # the connection is gone
            log.warning("nobody tells of new work any more", kind=type(error).__name__)
            self.close()
