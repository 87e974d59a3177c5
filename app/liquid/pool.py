"""A few processes that render, and who waits for one: nobody longer than a limit, and nobody in front of all others."""

from __future__ import annotations

import atexit
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from app.processes.sandbox import Sandbox, TookTooMuch

MEMORY = 512 * 1024 * 1024  # bytes
LONGEST_WAIT = 2.0  # seconds for a process to be free
MOST_OF_ONE = 2  # jobs of one person: one that is rendered and one that waits
MOST_WAITING = 4  # jobs of people, so that some of the server's threads are always left for other pages


class Busy(Exception):
    """Too many templates are being rendered: nothing was done, and it may be tried again in a few seconds."""


class Pool:
    """Does jobs, each in a process of its own, in as many at once as there are processes."""

    def __init__(self, size: int) -> None:
        self._all = [Sandbox("app.liquid.child", memory=MEMORY) for _ in range(size)]
        self._idle = list(self._all)
        self._change = threading.Condition()
        self._jobs: Counter[str] = Counter()  # of people, at work and waiting
        self._at_work: set[str] = set()
        atexit.register(self.close)

    def run(self, job: str, seconds: float, owner: str = "") -> str:
        """Do a job for a person, or for nobody in particular."""
        with self._counted(owner):
            sandbox = self._taken(owner)
            try:
                return sandbox.run(job, seconds)
            finally:
                self._give_back(sandbox, owner)

    @contextmanager
    def _counted(self, owner: str) -> Iterator[None]:
        """Count the jobs of people, and turn away those that are too many."""
        if not owner:
            yield
            return
        with self._change:
            most = len(self._all) + MOST_WAITING
            if self._jobs[owner] >= MOST_OF_ONE or self._jobs.total() >= most:
                raise Busy
            self._jobs[owner] += 1
        try:
            yield
        finally:
            with self._change:
                self._jobs -= Counter([owner])

    def _taken(self, owner: str) -> Sandbox:
        """Take a process that is free; a person has one at a time, so that another is left for others."""
        with self._change:
            if not self._change.wait_for(lambda: self._idle and owner not in self._at_work, LONGEST_WAIT):
                raise Busy
            if owner:
                self._at_work.add(owner)
            return self._idle.pop()

    def _give_back(self, sandbox: Sandbox, owner: str) -> None:
        """Let the next have the process; one that was killed starts again first, and no job waits for that."""
        with self._change:
            self._at_work.discard(owner)
            self._change.notify_all()
        if sandbox.is_running:
            self._offer(sandbox)
        else:
            threading.Thread(target=self._start_again, args=[sandbox], daemon=True).start()

    def _start_again(self, sandbox: Sandbox) -> None:
        with suppress(TookTooMuch):  # then the job that takes it tries once more
            sandbox.start()
        self._offer(sandbox)

    def _offer(self, sandbox: Sandbox) -> None:
        with self._change:
            self._idle.append(sandbox)
            self._change.notify_all()

    def close(self) -> None:
        for sandbox in self._all:
            sandbox.close()
