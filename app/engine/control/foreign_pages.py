"""Scripts of other sites may call a controlled box (CORS): test suites that run in a browser.

The box's own pages are not for them: on a developer's machine they open without keys.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, request

if TYPE_CHECKING:
    from app.config import Settings

HERE = {"localhost", "127.0.0.1", "::1"}
MINUTES_10 = "600"
ASKED = "Access-Control-Request-Method"
METHODS = "GET, POST, PUT, PATCH, DELETE"


def init_app(app: Flask) -> None:
    """Answer what browsers ask before a call, and say with each answer who may read it."""
    app.before_request(_asked_before)
    app.after_request(_readable)


def _asked_before() -> Response | None:
    return Response(status=204) if request.method == "OPTIONS" and ASKED in request.headers else None


def _readable(answer: Response) -> Response:
    answer.vary.add("Origin")
    origin = request.headers.get("Origin", "")
    is_own_page = (request.endpoint or "").startswith("pages.")
    if is_own_page or not _may_read(origin, current_app.extensions["settings"]):
        return answer
    answer.headers["Access-Control-Allow-Origin"] = origin
    answer.headers["Access-Control-Expose-Headers"] = "Retry-After"
    if request.method == "OPTIONS":
        answer.headers["Access-Control-Allow-Methods"] = METHODS
        answer.headers["Access-Control-Allow-Headers"] = "Content-Type, X-Shop-Secret"
        answer.headers["Access-Control-Max-Age"] = MINUTES_10
    return answer


def _may_read(origin: str, settings: Settings) -> bool:
    named = {name.strip().rstrip("/") for name in settings.box_origins.split(",")}
    try:
        host = urlsplit(origin).hostname
    except ValueError:
        return False
    return bool(host) and (host in HERE or origin in named or "*" in named)
