"""Child processes that render, one job at a time, and are killed when they take too long."""

from __future__ import annotations

import atexit
import subprocess
import sys
import threading
from pathlib import Path
from queue import LifoQueue

CHILD = Path(__file__).with_name("child.py")


class TookTooLong(Exception):
    """The child was killed, or died of its memory limit, before it answered."""


class Child:
    """One child process: a line in, a line out. It starts when first needed and ends when its input closes."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[str] | None = None

    def run(self, job: str, seconds: float) -> str:
        process = self._well() or self._start()
        alarm = threading.Timer(seconds, process.kill)
        alarm.start()
        try:
            answer = self._ask(process, job)
        finally:
            alarm.cancel()
        if not answer.endswith("\n"):
            self.dismiss()
            raise TookTooLong
        return answer

    def dismiss(self) -> None:
        if self.process:
            self.process.kill()
            self.process.communicate()
            self.process = None

    def _well(self) -> subprocess.Popen[str] | None:
        return self.process if self.process and self.process.poll() is None else None

    def _start(self) -> subprocess.Popen[str]:
        # By its path, not as a module of this package: the child needs nothing else of the house.
        command = [sys.executable, "-P", str(CHILD)]
        pipe = subprocess.PIPE
        self.process = process = subprocess.Popen(  # noqa: S603  # our own program
            command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True, encoding="utf-8"
        )
        if process.stdout:
            process.stdout.readline()  # it says that it is ready: starting does not count
        return process

    @staticmethod
    def _ask(process: subprocess.Popen[str], job: str) -> str:
        if process.stdin is None or process.stdout is None:
            return ""
        try:
            process.stdin.write(job + "\n")
            process.stdin.flush()
            return process.stdout.readline()
        except BrokenPipeError:
            return ""


class Pool:
    """A few children; whoever comes when all are busy waits for one."""

    def __init__(self, size: int) -> None:
        self._children = [Child() for _ in range(size)]
        self._idle: LifoQueue[Child] = LifoQueue()
        for child in self._children:
            self._idle.put(child)
        atexit.register(self.close)

    def run(self, job: str, seconds: float) -> str:
        child = self._idle.get()
        try:
            return child.run(job, seconds)
        finally:
            self._idle.put(child)

    def close(self) -> None:
        for child in self._children:
            child.dismiss()
