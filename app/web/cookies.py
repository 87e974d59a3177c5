"""Cookies of the desk: for this host alone, and with https bound to it by their name (`__Host-`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from app.web.context import settings

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from app.config import Settings


def cookie_name(name: str, of: Settings) -> str:
    """Say what a cookie is called; `__Host-` keeps other hosts of the domain from setting it."""
    return f"__Host-{name}" if of.over_https else name


def cookie(name: str) -> str:
    return request.cookies.get(cookie_name(name, settings()), "")


def set_cookie(answer: Response, name: str, value: str, *, seconds: int) -> None:
    answer.set_cookie(
        cookie_name(name, settings()), value, max_age=seconds, samesite="Lax", path="/",
        secure=settings().over_https, httponly=True,
    )  # fmt: skip
