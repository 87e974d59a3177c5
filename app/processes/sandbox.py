"""Programs of ours that read what strangers bring, within limits of memory and time, beyond which they are killed."""

from __future__ import annotations

import subprocess
import threading
from contextlib import suppress
from pathlib import Path

from app.processes.child import command

ROOT = Path(__file__).resolve().parents[2]  # where `app` is found
STARTING_SECONDS = 10.0


class TookTooMuch(Exception):
    """The child was killed for the time it took, or died of its limit of memory."""


def run_once(module: str, *arguments: str, content: bytes, memory: int, seconds: float) -> bytes:
    """Run a program that reads what it is given to the end and writes its result."""
    try:
        child = subprocess.run(  # noqa: S603  # our own program
            command(module, *arguments, memory=memory),
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise TookTooMuch from None
    if child.returncode:
        raise TookTooMuch
    return child.stdout


class Sandbox:
    """A program that does one job after another: a line in, a line out. It starts when it is first needed.

    Its first line says that it is ready.
    """

    def __init__(self, module: str, *, memory: int) -> None:
        self.module = module
        self.memory = memory
        self.process: subprocess.Popen[str] | None = None

    def run(self, job: str, seconds: float) -> str:
        if not self.is_running:
            self.start()
        return self._answer(f"{job}\n", seconds)

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def start(self) -> None:
        self.close()
        self.process = self._started()
        self._answer("", STARTING_SECONDS)

    def _started(self) -> subprocess.Popen[str]:
        pipe = subprocess.PIPE
        return subprocess.Popen(  # noqa: S603  # our own program
            command(self.module, memory=self.memory),
            stdin=pipe,
            stdout=pipe,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            text=True,
            encoding="utf-8",
        )

    def _answer(self, job: str, seconds: float) -> str:
        """Hand a job over and wait for its line; a child that does not answer in time is gone."""
        process = self.process
        if process is None or process.stdin is None or process.stdout is None:
            raise TookTooMuch
        alarm = threading.Timer(seconds, process.kill)
        alarm.start()
        answer = ""
        try:
            with suppress(BrokenPipeError):
                process.stdin.write(job)
                process.stdin.flush()
                answer = process.stdout.readline()
        finally:
            alarm.cancel()
        if not answer.endswith("\n"):
            self.close()
            raise TookTooMuch
        return answer

    def close(self) -> None:
        if self.process:
            self.process.kill()
            self.process.communicate()
            self.process = None
