"""Run one of our programs for as long as its parent lives: `python -m app.processes.child PID MEMORY MODULE …`."""

from __future__ import annotations

import os
import runpy
import signal
import sys
import threading
import time
from contextlib import suppress

LOOK_EVERY_SECONDS = 0.5
GRACE_SECONDS = 5


def command(module: str, *arguments: str, memory: int = 0) -> list[str]:
    """Make the command that runs a module as a child of this process, with so many bytes of memory, 0 for any."""
    return [sys.executable, "-m", "app.processes.child", str(os.getpid()), str(memory), module, *arguments]


def main(parent: str, memory: str, module: str, *arguments: str) -> None:
    if int(memory):
        _limit_memory(int(memory))
    end_with(int(parent))
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__")


def _limit_memory(most: int) -> None:
    with suppress(ImportError, ValueError, OSError):  # macOS has the call but refuses it; the clock still holds
        import resource  # noqa: PLC0415  # not on every system

        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def end_with(parent: int) -> None:
    """End this process, politely first, when its parent is gone: nobody would stop or restart it any more."""

    def end() -> None:
        while os.getppid() == parent:  # portable where a death signal is not: an orphan gets another parent
            time.sleep(LOOK_EVERY_SECONDS)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(GRACE_SECONDS)
        os._exit(1)

    threading.Thread(target=end, name="end-with-parent", daemon=True).start()


if __name__ == "__main__":
    main(*sys.argv[1:])
