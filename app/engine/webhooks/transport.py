"""Posting to an address that a stranger named: only to public ones, signed, without redirects and without a proxy.

The name is resolved once, and the connection goes to the very address that was judged: a name that says something else
a moment later gains nothing. The signature is that of Standard Webhooks (standardwebhooks.com): HMAC-SHA256 over
"id.timestamp.body" with the shop's secret, base64, in `webhook-signature`.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.client
import socket
import ssl
import threading
import time
from contextlib import suppress
from functools import cache
from urllib.parse import SplitResult, urlsplit

from app.rees46.network import is_public

SECONDS = 10.0  # for the whole of an attempt, from the connection to the status
PORTS = {"http": 80, "https": 443}


class NotToldError(Exception):
    """The receiver did not take it; the words say why, and name no part of the address."""


def post(url: str, body: bytes, headers: dict[str, str], *, private: bool) -> None:
    """Post a JSON body; whatever is not a status of 2xx is a failure."""
    parts = urlsplit(url)
    try:
        port = parts.port or PORTS[parts.scheme.lower()]
        host = parts.hostname or ""
        address = resolved(host, port, private=private)
        status = _status(parts, port, address, body, headers)
    except NotToldError:
        raise
    except (OSError, http.client.HTTPException, ValueError, KeyError) as error:
        raise NotToldError(f"No answer: {type(error).__name__}") from None
    if not 200 <= status < 300:
        raise NotToldError(f"Status {status}")


def signed(number: str, body: bytes, secret: str) -> dict[str, str]:
    """Give the headers by which a receiver knows who sent this, and that it is not an old letter."""
    stamp = str(int(time.time()))
    digest = hmac.new(secret.encode(), f"{number}.{stamp}.".encode() + body, hashlib.sha256).digest()
    return {
        "Content-Type": "application/json",
        "User-Agent": "REES46-in-a-box",
        "webhook-id": number,
        "webhook-timestamp": stamp,
        "webhook-signature": f"v1,{base64.b64encode(digest).decode()}",
    }


def resolved(host: str, port: int, *, private: bool) -> str:
    """Give the address of a host, if it may be called: all that the name stands for must be public."""
    found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not found:
        raise NotToldError("The host is not known")
    if not private and not all(is_public(address) for address in found):
        raise NotToldError("The address is not a public one")
    return found[0]


def _status(parts: SplitResult, port: int, address: str, body: bytes, headers: dict[str, str]) -> int:
    host = parts.hostname or ""
    connection = http.client.HTTPConnection(host, port, timeout=SECONDS)
    connection.sock = socket.create_connection((address, port), timeout=SECONDS)
    end = threading.Timer(SECONDS, _cut, [connection])  # also of an answer that drips
    end.daemon = True
    end.start()
    try:
        if parts.scheme.lower() == "https":
            secured = _tls().wrap_socket(connection.sock, server_hostname=host, do_handshake_on_connect=False)
            connection.sock = secured
            secured.do_handshake()
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", path, body, headers)
        return connection.getresponse().status
    finally:
        end.cancel()
        connection.close()


def _cut(connection: http.client.HTTPConnection) -> None:
    with suppress(OSError, AttributeError):  # it may have ended in this very moment
        connection.sock.shutdown(socket.SHUT_RDWR)


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()
