"""A whole Desk46 as `make run` starts it."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import psutil
import pytest

from tests.patience import wait_until

ROOT = Path(__file__).resolve().parents[2]
ADDRESS = re.compile(r"Desk46 is at (https?://\S+)")


class Desk:
    """A Desk46 started as `make run` starts it, in a folder of its own."""

    def __init__(self, folder, *arguments, **environment):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        clean = {key: value for key, value in os.environ.items() if not key.startswith("DESK46_")}
        self.log = folder / f"log-{self.port}.txt"
        own = {"DESK46_VAR": str(folder), "PORT": str(self.port), "DESK46_WEB_PROCESSES": "1"}
        surroundings = clean | own | environment
        command = [sys.executable, "-m", "app.run", *arguments]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, env=surroundings, stdout=log, stderr=subprocess.STDOUT)

    def greeting(self):
        wait_until(lambda: ADDRESS.search(self.said) or self.process.poll() is not None, seconds=60)
        assert self.process.poll() is None, self.said
        return self

    @property
    def said(self):
        return self.log.read_text()

    def family(self):
        return psutil.Process(self.process.pid).children(recursive=True)

    def child(self, module):
        return [process for process in self.family() if module in commands(process)]

    def status(self, path="/health"):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return None

    def stop(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        return self.process.wait(60)


def commands(process):
    """What a process was started with; nothing when it has just ended."""
    try:
        return process.cmdline()
    except psutil.NoSuchProcess:  # a zombie is one, too
        return []


@pytest.fixture
def start(tmp_path):
    started = []

    def start(*arguments, **environment):
        started.append(Desk(tmp_path, *arguments, **environment))
        return started[-1].greeting()

    yield start
    for desk in started:
        if desk.process.poll() is None:
            desk.stop()
