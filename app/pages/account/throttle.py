"""Slows down guessing: after five wrong passwords for an address or from one place, a pause of a minute."""

from __future__ import annotations

import hashlib
import time
from threading import Lock

TRIES = 5
PAUSE = 60.0  # seconds
MOST = 10_000  # names that are remembered at once


class Throttle:
    """Counts wrong tries by hashed name; forgets them after the pause."""

    def __init__(self) -> None:
        self._wrong: dict[str, list[float]] = {}
        self._lock = Lock()

    def is_shut(self, *names: str) -> bool:
        with self._lock:
            return any(len(self._recent(_hashed(name))) >= TRIES for name in names)

    def wrong(self, *names: str) -> None:
        with self._lock:
            if len(self._wrong) > MOST:
                self._wrong.clear()
            for name in map(_hashed, names):
                self._wrong[name] = [*self._recent(name), time.monotonic()]

    def right(self, *names: str) -> None:
        with self._lock:
            for name in names:
                self._wrong.pop(_hashed(name), None)

    def _recent(self, name: str) -> list[float]:
        return [at for at in self._wrong.get(name, []) if time.monotonic() - at < PAUSE]


def _hashed(name: str) -> str:
    return hashlib.sha256(name.encode(errors="replace")).hexdigest()[:16]
