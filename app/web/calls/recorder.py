"""Keeping every exchange with REES46 in the request log: those of a request together, in one transaction."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from flask import g, has_request_context, session
from sqlalchemy.exc import DBAPIError
from structlog import get_logger

from app.database import trouble_of
from app.rees46.errors import Garbled, Rees46Error, Refused, Unreachable
from app.rees46.response import SHOWN
from app.store import exchanges
from app.store.base import now
from app.web.calls import drift
from app.web.calls.pacing import obey
from app.web.context import desk
from app.web.http.cost import cost
from app.web.http.meters import meters
from app.web.sign_in.login import me

if TYPE_CHECKING:
    from flask import Flask, Response
    from sqlalchemy.orm import Session

    from app.rees46.client import Exchange as Asked

AT_ONCE = 50  # exchanges that a request holds before it writes them


def init_app(app: Flask) -> None:
    app.after_request(_written)
    app.teardown_request(lambda _error: write_down())  # what failed on its way to an answer has asked, too


class Recorder:
    """Keeps an exchange for the request log and shows it on the page (the call panel)."""

    def __init__(self, shop_id: int, act_id: int | None, asked: str, meter: str) -> None:
        self.meter = meter  # by which calls like this are paced
        self.row = exchanges.Exchange(shop_id=shop_id, act_id=act_id, asked=asked)

    def __call__(self, exchange: Asked) -> None:
        row = self.row
        row.key, row.at = secrets.token_hex(8), now()
        row.person_id = getattr(me(), "id", None)
        row.operation, row.method, row.path = exchange.operation, exchange.method, exchange.path
        row.curl, row.status, row.answer = _shown(exchange.curl), exchange.status, exchange.answer
        row.milliseconds = round(exchange.milliseconds, 1)
        row.outcome = _outcome_name(exchange.error)
        _count(row.operation, row.outcome, exchange.milliseconds)
        row.request_id = g.get("request_id")
        obey(row.shop_id, self.meter, exchange.error)
        drift.note(row.shop_id, row.operation, exchange.differences)
        g.setdefault("differences", {})[row.operation] = exchange.differences
        g.setdefault("exchanges", []).append(row)
        waiting = g.setdefault("unwritten", [])
        waiting.append(row)
        if not has_request_context() or len(waiting) >= AT_ONCE:
            write_down()
        if row.act_id and has_request_context():
            session["call_panel"] = row.key


def _count(operation: str, outcome: str, milliseconds: float) -> None:
    here = cost()
    here.calls += 1
    here.calls_ms += milliseconds
    if measured := meters():
        measured.calls.labels(operation, outcome).observe(milliseconds / 1000)


def write_down() -> None:
    """Write the exchanges that wait; a database that cannot take them loses the log, not what REES46 answered."""
    if not g.get("unwritten"):
        return
    try:
        with desk().writing() as db:
            write_with(db)
    except DBAPIError as error:
        get_logger().error("calls could not be kept", calls=len(g.unwritten), trouble=trouble_of(error))
    g.unwritten = []


def write_with(db: Session) -> None:
    """Add the exchanges that wait to a transaction that writes anyway; `forget_written` when it is through."""
    if rows := g.get("unwritten"):
        exchanges.write(db, rows)


def forget_written() -> None:
    g.unwritten = []


def _written(answer: Response) -> Response:
    write_down()
    return answer


def _shown(curl: str) -> str:
    """A command as it is kept: the body of an import may be a megabyte of other people's data."""
    return curl if len(curl) <= SHOWN else f"{curl[:SHOWN]}…"


def _outcome_name(error: Rees46Error | None) -> str:
    names = {Refused: "refused", Unreachable: "unreachable", Garbled: "garbled"}
    return next((name for kind, name in names.items() if isinstance(error, kind)), "done")
