"""Run one of the supervisor's programs for as long as the supervisor lives: `python -m app.run.child PID MODULE …`."""

from __future__ import annotations

import os
import runpy
import signal
import sys
import threading
import time
from collections.abc import Callable

LOOK_EVERY_SECONDS = 0.5
GRACE_SECONDS = 5


def main(parent: str, module: str, *arguments: str) -> None:
    end_with(lambda: _wait_for_end_of(int(parent)))
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__")


def end_with(wait: Callable[[], object]) -> None:
    """End this process, politely first, when `wait` comes back: nobody would stop or restart it any more."""

    def end() -> None:
        wait()
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(GRACE_SECONDS)
        os._exit(1)

    threading.Thread(target=end, name="end-with-parent", daemon=True).start()


def _wait_for_end_of(parent: int) -> None:
    """Portable where a death signal is not: an orphan gets another parent."""
    while os.getppid() == parent:
        time.sleep(LOOK_EVERY_SECONDS)


if __name__ == "__main__":
    main(*sys.argv[1:])
