"""Logs: one JSON line a request, with a number that error pages show. No addresses, parameters or bodies."""

from __future__ import annotations

import logging
import secrets
import time
from typing import TYPE_CHECKING

import structlog
from flask import g, request

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
    rule = request.url_rule.rule if request.url_rule else None
    if request.endpoint not in QUIET:
        structlog.get_logger().info(
            "request",
            id=g.request_id,
            method=request.method,
            rule=rule,
            status=answer.status_code,
            ms=round((time.perf_counter() - g.started) * 1000, 1),
        )
    return answer
