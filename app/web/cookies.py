"""Cookies of the desk: for this host alone, and with https bound to it by their name (`__Host-`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from app.web.context import settings

if TYPE_CHECKING:
    from werkzeug.wrappers import Response


def cookie(name: str) -> str:
    return request.cookies.get(settings().cookie_name(name), "")


def set_cookie(answer: Response, name: str, value: str, *, seconds: int) -> None:
    answer.set_cookie(
        settings().cookie_name(name),
        value,
        max_age=seconds,
        samesite="Lax",
        path="/",
        secure=settings().over_https,
        httponly=True,
    )
