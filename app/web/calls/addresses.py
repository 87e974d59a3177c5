"""Which addresses a shop's REES46 may have: public ones, and those that whoever runs Desk46 named."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

from app.browsers import PORTS
from app.rees46.client import new_session
from app.rees46.inprocess import BOX_URL, InProcess
from app.rees46.network import addresses_of, is_public

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

    from app.config import Settings


def new_desk_session(settings: Settings, box: WSGIApplication | None) -> object:
    """Make the session of a desk, which calls the box of this process and those addresses."""
    return new_session(
        {BOX_URL: InProcess(box)} if box else None,
        public_only=not settings.private_shops,
        but=named_by_the_settings(settings),
    )


def named_by_the_settings(settings: Settings) -> list[str]:
    """List the addresses that need not be public: the REES46 of the settings, or the box as people reach it."""
    return [f"{settings.public_url.rstrip('/')}/api"] if settings.in_a_box else [settings.api_url.rstrip("/")]


def private_address(url: str, settings: Settings) -> str | None:
    """Give the address that a URL leads to, if it is one that no shop may have."""
    if settings.private_shops or any(is_same_place(url, named) for named in named_by_the_settings(settings)):
        return None
    found = addresses_of(urlsplit(url).hostname or "")
    return next((address for address in found if not is_public(address)), None)


def is_same_place(url: str, other: str) -> bool:
    """Tell whether two URLs lead to the same REES46, however they are written."""
    return _place(urlsplit(url)) == _place(urlsplit(other))


def _place(parts: SplitResult) -> tuple[str, str, int | None, str]:
    scheme = parts.scheme.lower()
    return scheme, (parts.hostname or "").rstrip("."), parts.port or PORTS.get(scheme), parts.path.rstrip("/")
