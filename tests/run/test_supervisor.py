"""`python -m app.run`: what dies is started again, and nothing is left behind."""

import http.client
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psutil
import pytest

import wsgi
from app import config
from app.run.__main__ import main
from app.run.supervisor import PATIENCE_SECONDS, Greeting, Plan
from app.run.web import DRAIN_SECONDS
from tests.patience import wait_until
from tests.run.conftest import Desk

MANY = 150
LINES_OF_ITS_OWN = 2  # ./setup adds at most three before: packages of Debian, those of Python, Node
ENDS_WITHIN = 10  # seconds that containers give
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """A desk that was started for the first time, shared by the tests of this module: a start takes seconds of CPU."""
    folder = tmp_path_factory.mktemp("running")
    desk = Desk(folder).greeting()
    yield desk
    family = desk.family()
    assert len(family) >= 3
    head = b"POST /account/sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\n\r\nab="
    under_way = open_connection(desk.port, head)
    wait_until(lambda: desk.status() == 200, seconds=60)  # and so the head has arrived before
    with closing(sqlite3.connect(folder / "box.db")) as box, box:
        box.execute("INSERT INTO short_links VALUES (1, 1, '', 'sale', 'https://x.test', '2026-01-01', '2099-01-01')")
    assert [follow(desk.port, "/api/sale") for _ in range(3)] == [302, 302, 302]
    desk.process.send_signal(signal.SIGINT)
    under_way.sendall(b"xyz")
    assert under_way.recv(100).startswith(b"HTTP/1.1 400")  # a form without a token is answered, too
    under_way.close()
    assert desk.process.wait(60) == 0
    wait_until(lambda: not any(process.is_running() for process in family), seconds=60)  # stopping leaves nothing
    with closing(sqlite3.connect(folder / "box.db")) as box:
        assert box.execute("SELECT sum(clicks) FROM link_clicks").fetchone() == (3,)  # those of the last second, too


def follow(port, path):
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request("GET", path)
        return connection.getresponse().status


def test_the_first_start_says_where_it_is_and_how_to_sign_in(running):
    assert f"http://127.0.0.1:{running.port}" in running.said
    assert re.search(r"Sign in as \S+@\S+ with the password \S{8,} \(shown this once", running.said)
    own = [line for line in running.said.splitlines() if not line.startswith(("{", "20"))]  # the rest is the log
    assert len(own) == LINES_OF_ITS_OWN


def test_people_are_told_the_address_that_they_use_whatever_the_server_listens_at(running, capsys):
    Greeting(Plan([], "", running.port, "Sign in as before.", "https://desk.example.com"))()
    assert capsys.readouterr().out == "Desk46 is at https://desk.example.com\nSign in as before.\n"


def test_what_keeps_the_processes_alive_has_nothing_of_the_application_in_its_memory(running):
    supervisor, (worker,) = psutil.Process(running.process.pid), running.child("app.engine.worker.main")
    assert "app.run.supervisor" in supervisor.cmdline()
    password = re.search(r"with the password (\S+)", running.said)[1]
    assert password not in str([supervisor.cmdline(), supervisor.environ()])
    assert supervisor.memory_info().rss < worker.memory_info().rss / 2


def test_pages_and_health_answer_while_heads_and_bodies_trickle_in(running):
    head = b"POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 9999\r\n"
    hanging = [open_connection(running.port, part) for part in [head] * MANY + [head + b"\r\na=1"] * MANY]
    try:
        answers = [running.status(path) for path in ("/health", "/account/sign-in") * 5]
        assert answers == [200] * 10
        assert all(still_hangs(connection) for connection in hanging)
    finally:
        for connection in hanging:
            connection.close()


def test_all_that_is_waited_for_at_the_end_ends_within_what_containers_give():
    assert DRAIN_SECONDS < PATIENCE_SECONDS < ENDS_WITHIN


def open_connection(port, part):
    connection = socket.create_connection(("127.0.0.1", port))
    connection.sendall(part)
    return connection


def still_hangs(connection):
    """Tell a connection that neither was answered nor closed."""
    connection.setblocking(False)
    try:
        connection.recv(1)
    except BlockingIOError:
        return True
    return False


def test_whatever_is_killed_is_started_again(running):
    (worker,), former = (
        running.child("app.engine.worker.main"),
        wait_until(lambda: running.child("app.engine.worker.compute")),
    )
    worker.kill()
    for web in running.child("app.run.web"):
        web.kill()
    wait_until(lambda: running.status() == 200 and worker not in running.child("app.engine.worker.main"), seconds=60)
    (compute,) = wait_until(lambda: running.child("app.engine.worker.compute"), seconds=60)
    wait_until(lambda: not former[0].is_running(), seconds=60)
    compute.kill()
    wait_until(lambda: running.child("app.engine.worker.compute") not in ([], [compute]), seconds=60)


def test_with_several_web_processes_the_others_serve_on_when_one_is_killed(start, tmp_path):
    desk = start(DESK46_API_URL="http://127.0.0.1:9", DESK46_WEB_PROCESSES="2", DESK46_METRICS_TOKEN="a token")

    def serving():
        """The processes that have served, by the files of their measurements; each request may reach either."""
        assert desk.status("/account/sign-in") == 200
        pids = {int(file.stem.rpartition("_")[2]) for file in (tmp_path / "metrics").glob("histogram_*.db")}
        return {pid for pid in pids if psutil.pid_exists(pid)}

    both = wait_until(lambda: len(found := serving()) == 2 and found, seconds=60)
    killed = both.pop()
    process = psutil.Process(killed)
    process.kill()
    wait_until(lambda: not {killed, None} & {*listening(desk.port)})  # what waited for it alone was cut with it
    wait_until(lambda: len(serving() - {killed}) == 2, seconds=60)  # every request after that was answered


def listening(port):
    """The processes that accept connections at a port, each by a socket of its own; None for one that is dying."""
    sockets = psutil.net_connections("tcp")
    return [each.pid for each in sockets if each.status == psutil.CONN_LISTEN and each.laddr.port == port]


def test_a_far_api_has_no_box_and_the_next_start_with_one_tells_no_password_and_when_killed_leaves_nothing(
    start, tmp_path
):
    far = start("--demo", DESK46_API_URL="http://127.0.0.1:9")
    assert far.child("app.engine.worker.main") == far.child("app.engine.worker.compute") == []
    assert far.status("/api/init") == 404
    assert not (tmp_path / "box.db").exists()
    assert far.stop(signal.SIGTERM) == 0
    second = start()
    assert "Sign in as before" in second.said
    assert "with the password" not in second.said
    family = second.family()
    assert len(family) >= 3
    second.stop(signal.SIGKILL)  # the supervisor itself is killed: its children end, too
    wait_until(lambda: not any(process.is_running() for process in family), seconds=60)
    assert second.status() is None


@pytest.fixture
def refused(monkeypatch, capsys, tmp_path):
    """Start Desk46 without a process of its own; gives what it says as it refuses to."""
    monkeypatch.setenv("DESK46_VAR", str(tmp_path))
    monkeypatch.setenv("DESK46_PUBLIC_URL", "http://127.0.0.1")

    def refused(*arguments):
        monkeypatch.setattr("sys.argv", ["app.run", *arguments])
        assert main() == 2
        return capsys.readouterr().err

    return refused


def test_a_port_in_use_is_named_with_the_way_out(refused):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert f"Port {port} is taken" in refused("--port", port)


def test_a_wrong_setting_is_named_without_its_value():
    command, environment = [sys.executable, "-m", "app.run"], os.environ | {"DESK46_TIME_LIMIT": "a-secret-by-mistake"}
    result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=60)
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


def test_nobody_gets_a_password_by_a_misspelt_address(refused):
    assert "Nobody here" in refused("--password", "nobody@example.com")
