"""Telling that the worker is silent. It cannot do so itself: whoever has a page open makes the web server look."""

from __future__ import annotations

import time

from flask import current_app

from app.work.notices.delivering import deliver
from app.work.notices.watching import watch_workers

SECONDS = 60.0  # between two looks of a process


def watch_now_and_then() -> None:
    """Look once a minute, and tell at once: nobody else would."""
    moment = time.monotonic()
    if moment < current_app.extensions.get("next_look_at_workers", 0.0):
        return
    current_app.extensions["next_look_at_workers"] = moment + SECONDS
    if watch_workers():
        deliver()
