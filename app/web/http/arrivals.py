"""How requests arrive where that differs from the settings: by which address, through how many proxies.

Only the server sees it, so the last such arrival is written to a file of DESK46_VAR, for the doctor. What fits the
settings writes nothing.
"""

from __future__ import annotations

import ipaddress
import time
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec
from flask import request
from flask_login import current_user

from app.browsers import PORTS
from app.private_files import private_file
from app.web.context import settings

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask, Response

    from app.config import Settings

QUIET_SECONDS = 300.0  # between two notes of the same arrival
OLD_SECONDS = 86_400.0
FORWARDED = ("X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Forwarded")


class Arrival(msgspec.Struct, frozen=True):
    """A request of somebody who is signed in, and what was set then."""

    url: str  # scheme and host by which it came, as far as announced proxies are believed
    hops: int  # addresses that X-Forwarded-For names
    is_forwarded: bool
    public_url: str
    trusted_proxies: int

    @property
    def is_elsewhere(self) -> bool:
        """Whether it came by another address than people are told."""
        return _place(self.url) != _place(self.public_url)

    @property
    def is_unannounced(self) -> bool:
        return self.is_forwarded and not self.trusted_proxies

    @property
    def lacks_proxies(self) -> bool:
        """Whether fewer proxies stand in front than are believed: then a visitor may write the headers."""
        return self.hops < self.trusted_proxies


def init_app(app: Flask) -> None:
    app.after_request(_note)


def of_request() -> Arrival:
    hops = [each for each in request.headers.get("X-Forwarded-For", "").split(",") if each.strip()]
    return Arrival(
        url=request.host_url.rstrip("/"),
        hops=len(hops),
        is_forwarded=any(name in request.headers for name in FORWARDED),
        public_url=settings().public_url,
        trusted_proxies=settings().trusted_proxies,
    )


def last(given: Settings) -> Arrival | None:
    """Give the last one that differed from the present settings, if that was not long ago."""
    path = _file(given)
    try:
        arrival = msgspec.json.decode(path.read_bytes(), type=Arrival)
        is_old = time.time() - path.stat().st_mtime > OLD_SECONDS
    except (OSError, msgspec.MsgspecError):
        return None
    is_of_now = (arrival.public_url, arrival.trusted_proxies) == (given.public_url, given.trusted_proxies)
    return arrival if is_of_now and not is_old else None


def _note(answer: Response) -> Response:
    """Look at what people who are signed in ask for; what strangers claim is not worth a note."""
    if request.method != "GET" or not request.url_rule or not (current_user and current_user.is_authenticated):
        return answer
    arrival = of_request()
    if arrival.is_elsewhere or arrival.is_unannounced or arrival.lacks_proxies:
        with suppress(OSError):  # the disk is full: then there is worse to tell
            _write(_file(settings()), msgspec.json.encode(arrival))
    return answer


def _write(path: Path, content: bytes) -> None:
    """Write it down, unless it stands there since a moment."""
    is_there = path.exists() and path.read_bytes() == content
    if not is_there or time.time() - path.stat().st_mtime >= QUIET_SECONDS:
        private_file(path)
        path.write_bytes(content)


def _file(given: Settings) -> Path:
    return given.var / "arrival.json"


def _place(url: str) -> tuple[str, str, int | None]:
    """Scheme, host and port; all names of this very machine are one."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    port = parts.port or PORTS.get(parts.scheme)
    return parts.scheme.lower(), "localhost" if _is_loopback(host) else host, port


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
