"""Programs in a sandbox die of their limits, and every child dies with its parent."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from app.processes import sandbox
from app.processes.child import command
from app.processes.sandbox import Sandbox, TookTooMuch, run_once
from tests.patience import wait_until

MB = 1024 * 1024
PROGRAMS = {
    "echo": "import sys\nprint('ready', flush=True)\nfor line in sys.stdin: print(line.strip()[::-1], flush=True)",
    "hang": "print('ready', flush=True)\nwhile True: pass",
    "silent": "while True: pass",
    "greedy": "import sys\nsys.stdin.read()\nprint(len('x' * 800 * 1024 * 1024))",
    "whole": "import sys\nprint(sys.stdin.read().upper(), sys.argv[1])",
    "family": (
        "import subprocess, time\nfrom app.processes.child import command\n"
        "print(subprocess.Popen(command('hang')).pid, flush=True)\ntime.sleep(60)"
    ),
}


@pytest.fixture(autouse=True)
def programs(tmp_path, monkeypatch):
    for name, source in PROGRAMS.items():
        (tmp_path / f"{name}.py").write_text(source)
    root = Path(sandbox.__file__).parents[2]
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}{os.pathsep}{root}")


def test_a_program_does_one_job_after_another():
    echo = Sandbox("echo", memory=512 * MB)
    assert [echo.run("abc", 20), echo.run("щит", 20)] == ["cba\n", "тищ\n"]
    first = echo.process.pid
    echo.close()
    assert echo.run("x", 20) == "x\n"
    assert echo.process.pid != first
    echo.close()


def test_one_that_was_killed_from_outside_is_started_again():
    echo = Sandbox("echo", memory=512 * MB)
    echo.run("a", 20)
    echo.process.kill()
    echo.process.wait()
    assert echo.run("ab", 20) == "ba\n"
    echo.close()


@pytest.mark.parametrize(("name", "limit"), [("hang", 0.2), ("silent", 20)])
def test_one_that_does_not_answer_in_time_is_killed(name, limit, monkeypatch):
    monkeypatch.setattr(sandbox, "STARTING_SECONDS", 20 if name == "hang" else 0.2)
    stuck = Sandbox(name, memory=512 * MB)
    with pytest.raises(TookTooMuch):
        stuck.run("x", limit)
    assert stuck.process is None


def test_a_program_that_runs_once_is_given_all_and_answers():
    assert run_once("whole", "b", content=b"a", memory=512 * MB, seconds=20) == b"A b\n"


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS refuses the limit")
def test_one_that_takes_too_much_memory_dies():
    with pytest.raises(TookTooMuch):
        run_once("greedy", content=b"", memory=512 * MB, seconds=20)
    assert run_once("greedy", content=b"", memory=0, seconds=20) == b"838860800\n"


def test_one_that_runs_once_for_too_long_is_killed():
    with pytest.raises(TookTooMuch):
        run_once("silent", content=b"", memory=0, seconds=0.5)


def test_a_child_ends_when_its_parent_is_killed_in_the_middle_of_its_work():
    parent = subprocess.Popen(command("family"), stdout=subprocess.PIPE)
    child = psutil.Process(int(parent.stdout.readline()))
    os.kill(parent.pid, signal.SIGKILL)
    parent.communicate()
    wait_until(lambda: not child.is_running() or child.status() == psutil.STATUS_ZOMBIE, seconds=20)


def test_a_child_whose_parent_is_gone_before_it_could_look_ends_too():
    orphan = subprocess.Popen([sys.executable, "-m", "app.processes.child", "1", "0", "hang"])
    assert orphan.wait(30) != 0
