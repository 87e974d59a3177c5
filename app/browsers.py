"""What the desk and the box both ask of browsers: https from now on, and to say where a form was sent from."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import idna

if TYPE_CHECKING:
    from werkzeug.wrappers import Request

HSTS = {"Strict-Transport-Security": "max-age=63072000; includeSubDomains"}  # two years
PORTS = {"http": 80, "https": 443}  # that go without saying
READING = {"GET", "HEAD", "OPTIONS"}
FROM_HERE = {"same-origin", "none"}  # none: a person did it, not a page


def foreign_origin(request: Request, public_url: str) -> str | None:
    """Name the page that sent a form, if it is none of ours.

    Browsers say it by themselves, and no script can change what they say. Other programs need not say it: of them a
    token is asked.
    """
    if request.method in READING:
        return None
    origin, site = request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site")
    if origin is not None and origin.strip().lower() not in {origin_of(public_url), origin_of(request.host_url)}:
        return origin
    return site if site is not None and site.strip().lower() not in FROM_HERE else None


def origin_of(url: str) -> str:
    """Write scheme, host and port as browsers do."""
    try:
        parts = urlsplit(url.lower())
        host = in_ascii(parts.netloc)
    except ValueError:  # whoever called named no host
        return ""
    usual = f":{PORTS[parts.scheme]}" if parts.scheme in PORTS else ""
    return f"{parts.scheme}://{host.removesuffix(usual)}"


def in_ascii(host: str) -> str:
    """Write a host, with its port or without, as browsers do: пример.рф is xn--e1afmkfd.xn--p1ai."""
    name, colon, port = host.partition(":")
    return host if host.isascii() else f"{idna.encode(name, uts46=True).decode()}{colon}{port}"
