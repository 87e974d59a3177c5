"""A pytest plugin that starts REES46 in a box for a test session: `pytest -p pytest_box`, with tools/ on PYTHONPATH.

It needs nothing but pytest itself, so that any project may use it; the box runs by the Python of this checkout. The
fixture `rees46` is a box whose faults and clock are those of one test; see docs/stage.md.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 120
STOP_SECONDS = 20


def pytest_addoption(parser: pytest.Parser) -> None:
    """Say what the box is filled with, and which Python runs it."""
    group = parser.getgroup("rees46", "REES46 in a box")
    group.addoption("--rees46-seed", default="small", help="small, demo or a file that says its shop")
    group.addoption("--rees46-python", default="", help="Python with the requirements of Desk46; its .venv by default")


class Box:
    """A running box, with the keys of one of its shops."""

    def __init__(self, url: str, shop_id: str, secret: str) -> None:
        self.url = url
        self.shop_id = shop_id
        self.secret = secret

    def control(self, method: str, what: str, **said: Any) -> Any:
        """Make a call of the control API, such as `control("GET", "outbox", wait=5)`."""
        said = {"shop_id": self.shop_id, **{name: value for name, value in said.items() if value is not None}}
        url, body = f"{self.url}/control/{what}", None
        if method in {"GET", "DELETE"}:
            url += f"?{urlencode(said)}"
        else:
            body = json.dumps(said).encode()
        headers = {"X-Shop-Secret": self.secret, "Content-Type": "application/json"}
        try:
            with urlopen(Request(url, body, headers, method=method), timeout=60) as answer:  # noqa: S310  # ours
                return json.load(answer)
        except HTTPError as error:
            raise AssertionError(f"{method} /control/{what}: {json.load(error)['message']}") from None

    def fault(self, operation: str = "*", **said: Any) -> dict[str, Any]:
        """Let calls go wrong: `fault("promo_codes.Fetch", status=503, when="after", times=2)`."""
        fault: dict[str, Any] = self.control("POST", "faults", operation=operation, **said)
        return fault

    def mend(self) -> None:
        """End all faults."""
        self.control("DELETE", "faults")

    def outbox(self, **wanted: Any) -> list[dict[str, Any]]:
        """Give messages that were delivered: `outbox(to="anna@example.com", wait=5)`."""
        messages: list[dict[str, Any]] = self.control("GET", "outbox", **wanted)
        return messages

    def calls(self, operation: str = "*", **wanted: Any) -> list[dict[str, Any]]:
        """Give calls that were received."""
        received: list[dict[str, Any]] = self.control("GET", "calls", operation=operation, **wanted)
        return received

    def clock(self, **said: Any) -> dict[str, Any]:
        """Set the clock: `clock(now="2027-01-31T10:00:00Z")`, `clock(ahead=86400)`; nothing said sets it right."""
        told: dict[str, Any] = self.control("PUT", "clock", **said)
        return told

    def reset(self, seed: str = "small") -> dict[str, Any]:
        """Empty the shop and fill it again."""
        made: dict[str, Any] = self.control("POST", "reset", seed=seed)
        return made


@pytest.fixture(scope="session")
def rees46_box(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    """One box for the whole session. What tests write stays there; `rees46` is what most of them want."""
    seed = request.config.getoption("--rees46-seed")
    own = ROOT / ".venv" / "bin" / "python"
    python = request.config.getoption("--rees46-python") or (str(own) if own.exists() else sys.executable)
    folder, port = tmp_path_factory.mktemp("rees46"), _free_port()
    url = f"http://127.0.0.1:{port}"
    clean = {name: value for name, value in os.environ.items() if not name.startswith("DESK46_")}
    surroundings = clean | {"DESK46_VAR": str(folder), "DESK46_BOX_CONTROL": "true", "DESK46_WEB_PROCESSES": "1"}
    command = [python, "-m", "app.run", "--box", "--seed", str(seed), "--port", str(port)]
    with (folder / "log.txt").open("w") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=surroundings, stdout=log, stderr=subprocess.STDOUT)
    try:
        _wait(process, url, folder / "log.txt")
        yield Box(url, *_keys(str(seed)))
    finally:
        process.terminate()
        process.wait(STOP_SECONDS)


@pytest.fixture
def rees46(rees46_box: Box) -> Iterator[Box]:
    """The box, whose faults end with the test, and whose clock is right again afterwards."""
    yield rees46_box
    rees46_box.mend()
    rees46_box.clock()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _keys(seed: str) -> tuple[str, str]:
    if seed in {"small", "demo"}:
        return "demo", "demo-secret"
    shop = json.loads(Path(seed).read_text())["shop"]
    return shop["shop_id"], shop["secret"]


def _wait(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urlopen(f"{url}/ready", timeout=5):  # noqa: S310  # an address of this machine
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"REES46 in a box did not start at {url}:\n{log.read_text()}")
