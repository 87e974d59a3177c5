"""The desk's worker, `python -m app.run.work`: does the long work that people start on the pages."""

from __future__ import annotations

import signal
import threading

from app.work.worker import Worker
from wsgi import application


def main() -> None:
    """Work until told to stop."""
    told_to_stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: told_to_stop.set())
    Worker(application).run(told_to_stop)


if __name__ == "__main__":
    main()
