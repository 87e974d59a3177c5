"""`python -m app.run`: what dies is started again, and nothing is left behind."""

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
ADDRESS = re.compile(r"Desk46 is at (http://\S+)")


class Desk:
    """A Desk46 started as `make run` starts it, in a folder of its own."""

    def __init__(self, folder, *arguments, **environment):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        clean = {key: value for key, value in os.environ.items() if not key.startswith("DESK46_")}
        self.log = folder / f"log-{self.port}.txt"
        surroundings = clean | {"DESK46_VAR": str(folder), "PORT": str(self.port)} | environment
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


def test_the_first_start_says_where_it_is_and_how_to_sign_in_and_the_second_keeps_the_password_to_itself(start):
    first = start()
    assert f"http://127.0.0.1:{first.port}" in first.said
    assert re.search(r"Sign in as \S+@\S+ with the password \S{8,}", first.said)
    assert first.stop() == 0
    second = start()
    assert "Sign in as before" in second.said
    assert "with the password" not in second.said


def test_whatever_is_killed_is_started_again_and_stopping_leaves_nothing(start):
    desk = start()
    (worker,), former = (
        desk.child("app.engine.worker.main"),
        wait_until(lambda: desk.child("app.engine.worker.compute")),
    )
    worker.kill()
    for web in desk.child("app.run.web"):
        web.kill()
    wait_until(lambda: desk.status() == 200 and worker not in desk.child("app.engine.worker.main"), seconds=60)
    (compute,) = wait_until(lambda: desk.child("app.engine.worker.compute"), seconds=60)
    wait_until(lambda: not former[0].is_running(), seconds=60)
    compute.kill()
    wait_until(lambda: desk.child("app.engine.worker.compute") not in ([], [compute]), seconds=60)
    family = desk.family()
    assert desk.stop(signal.SIGINT) == 0
    wait_until(lambda: not any(process.is_running() for process in family), seconds=60)


def test_when_the_supervisor_itself_is_killed_its_children_end_too(start):
    desk = start()
    family = desk.family()
    assert len(family) >= 3
    desk.stop(signal.SIGKILL)
    wait_until(lambda: not any(process.is_running() for process in family), seconds=60)
    assert desk.status() is None


def test_against_a_far_api_there_is_no_box_no_worker_and_no_demo(start, tmp_path):
    desk = start("--demo", DESK46_API_URL="http://127.0.0.1:9")
    assert desk.child("app.engine.worker.main") == desk.child("app.engine.worker.compute") == []
    assert desk.status("/api/init") == 404
    assert not (tmp_path / "box.db").exists()


def test_a_port_in_use_is_named_with_the_way_out(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        result = run("--port", port, DESK46_VAR=str(tmp_path))
    assert result.returncode == 2
    assert f"Port {port} is taken" in result.stderr


def test_a_wrong_setting_is_named_without_its_value():
    result = run(DESK46_TIME_LIMIT="a-secret-by-mistake")
    assert result.returncode == 2
    assert result.stderr.startswith("DESK46_TIME_LIMIT: ")
    assert "a-secret-by-mistake" not in result.stderr


def test_nobody_gets_a_password_by_a_misspelt_address(tmp_path):
    result = run("--password", "nobody@example.com", DESK46_VAR=str(tmp_path))
    assert result.returncode == 2
    assert "Nobody here" in result.stderr


def run(*arguments, **environment):
    command = [sys.executable, "-m", "app.run", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, check=False, timeout=60
    )
