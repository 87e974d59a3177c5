"""Keep processes alive: start them, start them again when they die, stop them when told to.

`python -m app.run.supervisor FD` finds in that file what is to be supervised. It needs none of the application, so that
what lives as long as all others together is small.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from http.client import HTTPConnection, HTTPException
from typing import NoReturn

import structlog

from app.processes.child import command

PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
STEADY_SECONDS = 60.0
LOOK_EVERY_SECONDS = 0.1
PATIENCE_SECONDS = 9.0  # Docker and others kill what is there after ten

log = structlog.get_logger("app.run")


@dataclass(frozen=True)
class Plan:
    """What is to be kept alive, each with its name, module and arguments, and what is said once it answers."""

    programs: list[list[str]]
    host: str
    port: int
    greeting: str
    address: str  # by which people come
    name: str = "Desk46"


def become_supervisor(plan: Plan) -> NoReturn:
    """Go on as the supervisor, with the number of this process and nothing of what it loaded.

    The plan goes through a pipe: its greeting has a password, and everybody may read a command line.
    """
    read, write = os.pipe()
    with os.fdopen(write, "w") as pipe:
        json.dump(asdict(plan), pipe)
    os.set_inheritable(read, True)
    atexit._run_exitfuncs()  # noqa: SLF001  # what preparing started ends here: this process goes on as another program
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "app.run.supervisor", str(read)])  # noqa: S606  # no shell is wanted


def main(file: str) -> int:
    with os.fdopen(int(file)) as pipe:
        plan = Plan(**json.load(pipe))
    supervise(plan.programs, Greeting(plan))
    return 0


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


def supervise(programs: list[list[str]], each_time: Callable[[], None]) -> None:
    """Look after the children until SIGTERM, SIGINT or SIGHUP; then stop them all and come back."""
    told_to_stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: told_to_stop.set())
    children = [Child(*program) for program in programs]
    while not told_to_stop.wait(LOOK_EVERY_SECONDS):
        for child in children:
            child.look_after()
        each_time()
    deadline = time.monotonic() + PATIENCE_SECONDS
    for child in children:
        child.process.terminate()
    for child in children:
        child.stop(max(0.1, deadline - time.monotonic()))


def within_reach(host: str) -> str:
    """Name this machine where a server listens at all its addresses."""
    return "127.0.0.1" if host in {"", "0.0.0.0"} else host  # noqa: S104 - compared, not bound to


class Greeting:
    """Says once, as soon as the server answers, where it is. For the person at the terminal, never for a log."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.is_said = False

    def __call__(self) -> None:
        if not self.is_said and self._answers():
            print(f"{self.plan.name} is at {self.plan.address}\n{self.plan.greeting}", flush=True)
            self.is_said = True

    def _answers(self) -> bool:
        connection = HTTPConnection(within_reach(self.plan.host), self.plan.port, timeout=2)
        try:
            connection.request("GET", "/health")
            return bool(connection.getresponse().status)
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
