"""What a request costs: statements of the desk's database, calls to REES46. A slow one says it in its log line."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import g, has_app_context
from sqlalchemy import event

from app.web.http.meters import meters

if TYPE_CHECKING:
    from flask import Flask


@dataclass
class Cost:
    """Numbers, and the milliseconds that they took together; calls that run side by side are added up."""

    statements: int = 0
    statements_ms: float = 0.0
    calls: int = 0
    calls_ms: float = 0.0

    def shown(self) -> dict[str, float]:
        """Give the figures as they stand in a log."""
        return {name: round(value, 1) for name, value in vars(self).items()}


def init_app(app: Flask) -> None:
    database = app.extensions["desk"]
    database.after_waiting = _waited
    engine = database.engine
    event.listen(engine, "before_cursor_execute", _begin)
    event.listen(engine, "after_cursor_execute", _end)


def _waited(seconds: float) -> None:
    if has_app_context() and (measured := meters()):
        measured.waits.observe(seconds)


def cost() -> Cost:
    """Give what this request, or this part of a job, has cost so far."""
    if "cost" not in g:
        g.cost = Cost()
    found: Cost = g.cost
    return found


def _begin(_connection: Any, _cursor: Any, _statement: str, _values: Any, context: Any, _many: Any) -> None:
    if context is not None:
        context.desk46_begun = time.perf_counter()


def _end(_connection: Any, _cursor: Any, _statement: str, _values: Any, context: Any, _many: Any) -> None:
    if context is not None and has_app_context():
        here = cost()
        here.statements += 1
        here.statements_ms += (time.perf_counter() - context.desk46_begun) * 1000
