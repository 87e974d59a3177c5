"""`python -m app.run`: what dies is started again, and nothing is left behind."""

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import wsgi
from app import config
from tests.patience import wait_until

ROOT = Path(__file__).resolve().parents[2]


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
    (jobs,) = desk.child("app.run.work")
    worker.kill()
    jobs.kill()
    for web in desk.child("app.run.web"):
        web.kill()
    wait_until(lambda: desk.status() == 200 and worker not in desk.child("app.engine.worker.main"), seconds=60)
    wait_until(lambda: desk.child("app.run.work") not in ([], [jobs]), seconds=60)
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


def test_against_a_far_api_there_is_no_box_and_no_demo_and_the_desk_does_its_own_work(start, tmp_path):
    desk = start("--demo", DESK46_API_URL="http://127.0.0.1:9")
    assert desk.child("app.engine.worker.main") == desk.child("app.engine.worker.compute") == []
    assert len(desk.child("app.run.work")) == 1
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


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("DESK46_TIME_ZONE", "Mars/Base", "this is no IANA time zone"),
        ("DESK46_TIME_ZONE", "../etc/passwd", "this is no IANA time zone"),
        ("DESK46_PHONE_REGION", "XX", "this is no ISO 3166 code"),
        ("DESK46_API_URL", "api.rees46.com", "this is no http or https URL"),
        ("DESK46_PUBLIC_URL", "https://", "this is no http or https URL"),
        ("DESK46_DATABASE_URL", "postgres;secret", "this is no SQLAlchemy database URL"),
        ("DESK46_VAR", "/proc/nothing", "this folder cannot be written to"),
        ("DESK46_VAR", "/dev/null", "this folder cannot be written to"),
    ],
)
def test_what_desk46_cannot_start_with_is_said_in_one_line(monkeypatch, name, value, reason):
    monkeypatch.setenv(name, value)
    with pytest.raises(config.WrongSettingsError) as refused:
        config.read()
    assert str(refused.value).startswith(f"{name}: ")
    assert reason in str(refused.value)
    assert "\n" not in str(refused.value)
    assert value not in str(refused.value)
    with pytest.raises(SystemExit, match=name):
        wsgi.__getattr__("application")


def test_nobody_gets_a_password_by_a_misspelt_address(tmp_path):
    result = run("--password", "nobody@example.com", DESK46_VAR=str(tmp_path))
    assert result.returncode == 2
    assert "Nobody here" in result.stderr


def run(*arguments, **environment):
    command = [sys.executable, "-m", "app.run", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, check=False, timeout=60
    )
