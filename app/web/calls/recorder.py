"""Keeping every exchange with REES46 in the request log, and showing it on the page that made it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import g, has_request_context, session
from sqlalchemy.exc import DBAPIError
from structlog import get_logger

from app.database import trouble_of
from app.rees46.errors import Garbled, Rees46Error, Refused, Unreachable
from app.rees46.response import SHOWN
from app.store import exchanges
from app.web.calls import drift
from app.web.calls.pacing import obey
from app.web.context import desk
from app.web.http.cost import cost
from app.web.http.meters import meters
from app.web.sign_in.login import me

if TYPE_CHECKING:
    from app.rees46.client import Exchange as Asked


class Recorder:
    """Keeps an exchange in the request log and shows it on the page (the call panel)."""

    def __init__(self, shop_id: int, act_id: int | None, asked: str, meter: str) -> None:
        self.meter = meter  # by which calls like this are paced
        self.row = exchanges.Exchange(shop_id=shop_id, act_id=act_id, asked=asked)

    def __call__(self, exchange: Asked) -> None:
        row = self.row
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
        try:
            with desk().writing() as db:
                db.add(row)
        except DBAPIError as error:  # the log is lost, what REES46 answered is not
            get_logger().error("a call could not be kept", operation=row.operation, trouble=trouble_of(error))
            return
        g.setdefault("exchanges", []).append(row)
        if row.act_id and has_request_context():
            session["call_panel"] = row.key


def _count(operation: str, outcome: str, milliseconds: float) -> None:
    here = cost()
    here.calls += 1
    here.calls_ms += milliseconds
    if measured := meters():
        measured.calls.labels(operation, outcome).observe(milliseconds / 1000)


def _shown(curl: str) -> str:
    """A command as it is kept: the body of an import may be a megabyte of other people's data."""
    return curl if len(curl) <= SHOWN else f"{curl[:SHOWN]}…"


def _outcome_name(error: Rees46Error | None) -> str:
    names = {Refused: "refused", Unreachable: "unreachable", Garbled: "garbled"}
    return next((name for kind, name in names.items() if isinstance(error, kind)), "done")
