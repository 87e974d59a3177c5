"""Calls to public addresses only: whoever types an address must not reach the network behind the program with it."""

from __future__ import annotations

import ipaddress
import socket
import time
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection


class NotPublicError(Exception):
    """The address is not a public one; nothing was sent."""


class PublicOnly(HTTPAdapter):
    """Mount it on a session. A name is judged when the call is made, and so is the address it is connected to."""

    def init_poolmanager(self, *args: Any, **more: Any) -> None:
        """Make connections that look where they go."""
        super().init_poolmanager(*args, **more)
        self.poolmanager.pool_classes_by_scheme = {"http": _Pool, "https": _SecurePool}


def read_public(session: requests.Session, url: str, largest: int, seconds: float) -> bytes | None:
    """Read what stands under an address within a time; None for what is not there, too large, or not public."""
    deadline = time.monotonic() + seconds
    body = bytearray()
    try:
        with session.get(url, timeout=seconds, stream=True, headers={"Accept": "image/*"}) as answer:
            if answer.status_code != requests.codes.ok:
                return None
            for block in answer.iter_content(64 * 1024):
                body += block
                if len(body) > largest or time.monotonic() > deadline:
                    return None
    except (requests.RequestException, NotPublicError, ValueError):
        return None
    return bytes(body)


def addresses_of(host: str) -> list[str]:
    """Give what a host stands for, also one that is a number; nothing if the name is not known."""
    try:
        return [str(entry[4][0]) for entry in socket.getaddrinfo(host.strip("[]"), None, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        return []


def is_public(address: str) -> bool:
    """Judge an address, also one that hides in another: IPv4 in IPv6, 6to4, NAT64."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or _translated(found)
        if inner is not None:
            return is_public(str(inner))
    return found.is_global and not found.is_multicast


def _translated(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    is_nat64 = address in ipaddress.ip_network("64:ff9b::/96")
    return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF) if is_nat64 else None


class _Connection(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        """Connect, if all that the name stands for is public, and the address that answers is, too."""
        if not all(map(is_public, addresses_of(self.host))):
            raise NotPublicError
        connected = super()._new_conn()
        if not is_public(connected.getpeername()[0]):  # the name stands for something else than a moment ago
            connected.close()
            raise NotPublicError
        return connected


class _SecureConnection(_Connection, HTTPSConnection):
    pass


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection
