"""Logs: one JSON line a request, with a number that error pages show. No addresses, parameters or bodies."""

from __future__ import annotations

import logging
import secrets
import time
from typing import TYPE_CHECKING

import structlog
from flask import current_app, g, request

from app.web.http.cost import cost
from app.web.http.meters import meters

if TYPE_CHECKING:
    from flask import Flask, Response


QUIET = {"static", "asset", "health.live", "health.ready"}  # endpoints that are asked all the time


def init_app(app: Flask) -> None:
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=True,
    )
    app.before_request(_number)
    app.after_request(_line)


def _number() -> None:
    g.request_id = secrets.token_hex(6)
    g.started = time.perf_counter()


def _line(answer: Response) -> Response:
    if "request_id" not in g:
        return answer
    answer.headers["X-Request-Id"] = g.request_id
    if request.endpoint not in QUIET:
        seconds = time.perf_counter() - g.started
        _measure(seconds, answer.status_code)
        is_slow = seconds >= current_app.extensions["settings"].slow_request
        structlog.get_logger().info(
            "request",
            id=g.request_id,
            method=request.method,
            rule=request.url_rule.rule if request.url_rule else None,
            status=answer.status_code,
            ms=round(seconds * 1000, 1),
            **(cost().shown() if is_slow else {}),
        )
    return answer


def _measure(seconds: float, status: int) -> None:
    if measured := meters():
        page = request.endpoint or "none"
        measured.requests.labels(page, request.method, str(status)).observe(seconds)
        measured.statements.labels(page).inc(cost().statements)
