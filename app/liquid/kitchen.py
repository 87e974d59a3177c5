"""Child processes that render, one order at a time, and are killed when they take too long."""

from __future__ import annotations

import atexit
import subprocess
import sys
import threading
from pathlib import Path
from queue import LifoQueue

COOK = Path(__file__).with_name("cook.py")


class TookTooLong(Exception):
    """The child was killed, or died of its memory limit, before it answered."""


class Cook:
    """One child process: a line in, a line out. It starts when first needed and ends when its input closes."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[str] | None = None

    def cook(self, order: str, seconds: float) -> str:
        process = self._well() or self._start()
        alarm = threading.Timer(seconds, process.kill)
        alarm.start()
        try:
            answer = self._ask(process, order)
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
        # By its path, not as a module of this package: a cook needs nothing else of the house.
        command = [sys.executable, "-P", str(COOK)]
        pipe = subprocess.PIPE
        self.process = process = subprocess.Popen(  # noqa: S603  # our own program
            command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True, encoding="utf-8"
        )
        if process.stdout:
            process.stdout.readline()  # it says that it is ready: starting does not count as cooking
        return process

    @staticmethod
    def _ask(process: subprocess.Popen[str], order: str) -> str:
        if process.stdin is None or process.stdout is None:
            return ""
        try:
            process.stdin.write(order + "\n")
            process.stdin.flush()
            return process.stdout.readline()
        except BrokenPipeError:
            return ""


class Kitchen:
    """A few cooks; whoever comes when all are busy waits for one."""

    def __init__(self, cooks: int) -> None:
        self._cooks = [Cook() for _ in range(cooks)]
        self._idle: LifoQueue[Cook] = LifoQueue()
        for cook in self._cooks:
            self._idle.put(cook)
        atexit.register(self.close)

    def cook(self, order: str, seconds: float) -> str:
        cook = self._idle.get()
        try:
            return cook.cook(order, seconds)
        finally:
            self._idle.put(cook)

    def close(self) -> None:
        for cook in self._cooks:
            cook.dismiss()
