"""No test leaves this machine, and none can hide that it tried."""

import socket
import subprocess
import sys
from contextlib import suppress

import loopback
import pytest

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # of sockets left open
ELSEWHERE = "192.0.2.1"  # an address for documentation (RFC 5737), which nobody has


@pytest.fixture
def refused():
    """What was refused; it is meant here, so the test does not fail for it."""
    yield loopback.ATTEMPTS
    loopback.ATTEMPTS.clear()


@pytest.mark.parametrize(
    "go",
    [
        lambda: socket.create_connection((ELSEWHERE, 80)),
        lambda: socket.create_connection(("rees46.example", 443)),
        lambda: socket.gethostbyname("rees46.example"),
        lambda: socket.socket(socket.AF_INET6).connect(("2001:db8::1", 80)),
    ],
)
def test_whatever_would_leave_this_machine_is_refused(refused, go):
    with pytest.raises(loopback.OffLoopbackError):
        go()
    assert len(refused) == 1


def test_a_datagram_does_not_leave_either(refused):
    with socket.socket(type=socket.SOCK_DGRAM) as sender, pytest.raises(loopback.OffLoopbackError):
        sender.sendto(b"x", (ELSEWHERE, 53))
    assert len(refused) == 1


def test_programs_that_tests_start_are_held_to_it():
    script = f"import socket; socket.create_connection(('{ELSEWHERE}', 80))"
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert "OffLoopbackError" in ended.stderr


def test_this_machine_is_spoken_to():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
        pass
    assert loopback.ATTEMPTS == []


def test_an_attempt_whose_error_was_caught_fails_the_test_all_the_same():
    with suppress(Exception):
        socket.create_connection((ELSEWHERE, 80))
    with pytest.raises(AssertionError, match=ELSEWHERE):
        loopback.check()
