"""Where lines of the trail leave to: a file that is written on, or a syslog by TLS, TCP, UDP or its local socket."""

from __future__ import annotations

import json
import os
import socket
import ssl
from logging.handlers import SysLogHandler
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable

SECONDS = 5
PRIORITY = SysLogHandler.LOG_AUTHPRIV * 8 + SysLogHandler.LOG_INFO
HEAD = f"<{PRIORITY}>desk46: ".encode()
TLS_HEAD = f"<{PRIORITY}>1 - - desk46 - - - ".encode()  # RFC 5424; the time stands in the line
PORT, TLS_PORT = 514, 6514


def send(destination: str, lines: Iterable[dict[str, Any]]) -> None:
    """Let lines leave in their order; raises OSError, and then nobody knows how many left."""
    written = [json.dumps(line, ensure_ascii=False).encode() for line in lines]
    if destination.startswith("/"):
        _append(destination, written)
    else:
        _to_syslog(destination, written)


def _append(path: str, lines: list[bytes]) -> None:
    """Write on at the end of a file that only its owner reads; it may be moved away at any time."""
    place = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        rest = memoryview(b"".join(line + b"\n" for line in lines))
        while rest:
            rest = rest[os.write(place, rest) :]
        os.fsync(place)
    finally:
        os.close(place)


def _to_syslog(url: str, lines: list[bytes]) -> None:
    parts = urlsplit(url)
    if parts.scheme == "syslog+tls":
        _by_tls(parts.hostname or "", parts.port or TLS_PORT, lines)
        return
    if parts.scheme == "syslog+tcp":
        with socket.create_connection((parts.hostname or "", parts.port or PORT), SECONDS) as wire:
            for line in lines:
                wire.sendall(HEAD + line + b"\n")
        return
    family, address = _datagrams(parts.hostname, parts.port or PORT, parts.path)
    with socket.socket(family, socket.SOCK_DGRAM) as wire:
        wire.settimeout(SECONDS)
        wire.connect(address)
        for line in lines:
            wire.send(HEAD + line)


def _by_tls(host: str, port: int, lines: list[bytes]) -> None:
    """Send lines by RFC 5425, each with its length before it, to whoever has a certificate for this host name."""
    trusted = ssl.create_default_context()
    with (
        socket.create_connection((host, port), SECONDS) as plain,
        trusted.wrap_socket(plain, server_hostname=host) as wire,
    ):
        for line in lines:
            message = TLS_HEAD + line
            wire.sendall(str(len(message)).encode() + b" " + message)
        wire.unwrap()  # waits for the other side's goodbye: it has read all that came before


def _datagrams(host: str | None, port: int, path: str) -> tuple[int, Any]:
    """Where datagrams go: to a host, or into the socket of this machine's syslog."""
    if host is None:
        return socket.AF_UNIX, path
    family, _kind, _protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_DGRAM)[0]
    return family, address
