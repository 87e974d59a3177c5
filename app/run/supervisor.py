"""Keep processes alive: start them, start them again when they die, stop them when told to."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable

import structlog

from app.processes.child import command

PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
STEADY_SECONDS = 60.0
LOOK_EVERY_SECONDS = 0.1
PATIENCE_SECONDS = 9.0  # Docker and others kill what is there after ten

log = structlog.get_logger("app.run")


class Child:
    """A program of ours that should be running; each early death makes the pause before the next start longer."""

    def __init__(self, name: str, module: str, *arguments: str) -> None:
        self.name = name
        self.command = command(module, *arguments)
        self.falls = 0
        self.start()

    def start(self) -> None:
        # A group of its own: Ctrl+C at the terminal reaches the supervisor alone, which stops its children in order.
        self.process = subprocess.Popen(self.command, process_group=0)
        self.started = time.monotonic()
        self.next_start: float | None = None

    def look_after(self) -> None:
        now = time.monotonic()
        if self.process.poll() is None:
            return
        if self.next_start is None:
            self.falls = 0 if now - self.started > STEADY_SECONDS else self.falls
            pause = PAUSES[min(self.falls, len(PAUSES) - 1)]
            self.falls += 1
            self.next_start = now + pause
            log.error("died", process=self.name, status=self.process.returncode, next_start_in_seconds=pause)
        elif now >= self.next_start:
            self.start()

    def stop(self, patience: float) -> None:
        try:
            self.process.wait(patience)
        except subprocess.TimeoutExpired:
            log.warning("killed", process=self.name)
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def supervise(start: Callable[[], list[Child]], each_time: Callable[[], None]) -> None:
    """Look after the children until SIGTERM, SIGINT or SIGHUP; then stop them all and come back."""
    told_to_stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: told_to_stop.set())
    children = start()
    while not told_to_stop.wait(LOOK_EVERY_SECONDS):
        for child in children:
            child.look_after()
        each_time()
    deadline = time.monotonic() + PATIENCE_SECONDS
    for child in children:
        child.process.terminate()
    for child in children:
        child.stop(max(0.1, deadline - time.monotonic()))
