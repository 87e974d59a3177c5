"""The compute process, `python -m app.engine.worker.compute`: computes search indexes and recommendations.

It is a process of its own. A thread that computes takes the interpreter from the one that writes again and again, and
each time the database is held for longer: beside it an import made people's saves wait 50 ms (decisions.md#pacing).
"""

from __future__ import annotations

import os
import signal
import sys
import threading

from app.config import Settings
from app.engine.recommendations.compute import RecommendationWorker
from app.engine.search.indexer import Indexer
from app.engine.store.clock import open_box

LOOK_SECONDS = 0.5
NICE = 19  # people and imports come first where there are few cores
TURN_SECONDS = 0.0005  # of a thread: the one that writes does not wait for the one that computes


def run(settings: Settings, told_to_stop: threading.Event) -> None:
    """Work until told to stop, or until one of the two has failed."""
    database = open_box(settings)
    at_work = [
        threading.Thread(target=kind(settings, database).run, args=[told_to_stop], daemon=True)
        for kind in (Indexer, RecommendationWorker)
    ]
    for one in at_work:
        one.start()
    while all(one.is_alive() for one in at_work):
        if told_to_stop.wait(LOOK_SECONDS):
            break
    database.engine.dispose()


def main() -> None:
    """Compute until told to stop."""
    told_to_stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: told_to_stop.set())
    sys.setswitchinterval(TURN_SECONDS)
    os.nice(NICE)
    run(Settings(), told_to_stop)


if __name__ == "__main__":
    main()
