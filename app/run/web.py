"""Serve the dashboard (and the box under /api) with granian: `python -m app.run.web HOST PORT`, or `… wsgi:engine`."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

from granian import Granian
from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from app.config import Settings
from app.processes.child import end_with
from app.run.bridge import Bridge

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

# Most of a request's time is spent waiting (for REES46, for a disk), so there are more threads than cores.
THREADS = 16
HEADER_MILLISECONDS = 10_000
DRAIN_SECONDS = 8  # that requests have to end in, when told to stop; the supervisor waits a little longer
CONNECTIONS = 4096  # open at once, slow ones included
MB = 1024 * 1024
LARGEST = 256  # MB of a request, where imports to the box are not larger


def main(host: str, port: str, target: str = "wsgi:application") -> None:
    """Serve until told to stop, or until the only worker process dies: the supervisor starts both again, in good time.

    There is no access log: it would keep what URLs say.
    """
    processes = Settings().serving_processes
    Granian(
        target,
        address=host,
        port=int(port),
        interface=Interfaces.ASGINL,
        backlog=CONNECTIONS,
        backpressure=CONNECTIONS,
        workers=processes,
        respawn_failed_workers=processes > 1,  # the others go on; a single one is started again by the supervisor
        workers_kill_timeout=DRAIN_SECONDS,
        websockets=False,
        http1_settings=HTTP1Settings(header_read_timeout=HEADER_MILLISECONDS),
        log_level=LogLevels.error,
    ).serve(target_loader=load)


def load(target: str) -> Bridge:
    """Load the application in a worker process, which ends with the process that started it, even if that is killed."""
    if starter := multiprocessing.parent_process():
        is_forked_by_another = multiprocessing.get_start_method() == "forkserver"  # which ends when the starter does
        end_with(os.getppid() if is_forked_by_another else starter.pid or 0)
    module, _, name = target.partition(":")
    application: WSGIApplication = getattr(import_module(module), name)
    gc.freeze()  # what is loaded stays; to look through it all again and again would hold up a request for 50 ms
    return Bridge(application, THREADS, _largest(Settings()))


def _largest(settings: Settings) -> int | None:
    """Bytes that a request may have; a form or a call has narrower limits of its own, which the application keeps."""
    return max(LARGEST, settings.box_import_size + 1) * MB if settings.box_import_size else None


if __name__ == "__main__":
    # The worker may be a new Python that has to find load() by this module's name, not as __main__.
    import_module("app.run.web").main(*sys.argv[1:])
