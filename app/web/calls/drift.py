"""Noting in what REES46 answers differently: counted in memory, written down seldom, so that no request waits."""

from __future__ import annotations

import time
from threading import Lock
from typing import TYPE_CHECKING

from flask import current_app
from sqlalchemy.exc import DBAPIError
from structlog import get_logger

from app.store import reply_differences
from app.store.base import now
from app.store.reply_differences import LONGEST, Seen
from app.web.context import desk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask import Flask

    from app.rees46.drift import Difference

EVERY = 60.0  # seconds between two times of writing down what is not new
MOST = 2000  # differences that one process tells apart

Key = tuple[int, str, str, str]


def init_app(app: Flask) -> None:
    app.extensions["drift"] = Drift()


class Drift:
    """What this process met; what it met for the first time is written down at once."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._met: set[Key] = set()
        self._waiting: dict[Key, Seen] = {}
        self._written = time.monotonic()

    def note(self, shop_id: int, operation: str, differences: Sequence[Difference]) -> bool:
        """Count what a reply differed in; tell whether it is time to write down what was counted."""
        at = now()
        with self._lock:
            is_new = False
            for difference in differences:
                key = (shop_id, operation, difference.kind, difference.field[:LONGEST])
                if key not in self._met and len(self._met) >= MOST:
                    continue
                is_new = is_new or key not in self._met
                self._met.add(key)
                seen = self._waiting.setdefault(key, Seen(*key, difference.example[:LONGEST], at))
                seen.times, seen.at = seen.times + 1, at
            return is_new or (bool(self._waiting) and time.monotonic() - self._written >= EVERY)

    def take(self) -> list[Seen]:
        """Give what was counted, to be written down."""
        with self._lock:
            seen, self._waiting = list(self._waiting.values()), {}
            self._written = time.monotonic()
        return seen

    def forget(self, shop_id: int) -> None:
        """Take what a shop differs in for new again."""
        with self._lock:
            self._met = {key for key in self._met if key[0] != shop_id}
            self._waiting = {key: seen for key, seen in self._waiting.items() if key[0] != shop_id}


def drift() -> Drift:
    met: Drift = current_app.extensions["drift"]
    return met


def note(shop_id: int, operation: str, differences: Sequence[Difference]) -> None:
    """Note a reply of REES46; a difference that is not new costs next to nothing."""
    if drift().note(shop_id, operation, differences):
        write_down()


def write_down() -> None:
    """Write down what was counted; a database that cannot take it now loses a count, and no request."""
    seen = drift().take()
    if not seen:
        return
    try:
        with desk().writing() as db:
            reply_differences.add(db, seen)
    except DBAPIError as error:
        get_logger().warning("differences could not be kept", kind=type(error.orig).__name__)
