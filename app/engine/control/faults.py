"""Calls go wrong as they were told to: late, refused, garbled or cut off, before they are done or after.

Each call is noted, too, with the fault that it met. The control API itself meets no faults and is not noted.
"""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, current_app, g
from sqlalchemy.exc import DBAPIError
from structlog import get_logger

from app.control import PATH
from app.engine.http.app import received
from app.engine.store import control
from app.engine.store.control import ControlCall, ControlFault
from app.rees46.operation import Operation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.database import Database
    from app.engine.store.db import Db
    from app.engine.store.shops import Shop

LONGEST_VALUE = 10_000  # characters of a parameter that are kept
NEVER_SENT = 2**22  # bytes that are promised: servers stream as much, and close the connection when it does not come
SECRETS = ("shop_secret",)


class Met(Exception):
    """A call met a fault before it was done."""

    def __init__(self, fault: ControlFault) -> None:
        super().__init__(fault.id)
        self.fault = fault


def init_app(app: Flask) -> None:
    """Look at every call that is received."""
    received.connect(_received, app, weak=False)
    app.register_error_handler(Met, _instead)
    app.after_request(_answered)


def _received(app: Flask, operation: type[Operation[Any]], shop: Shop, said: dict[str, Any]) -> None:
    if operation.http.path.startswith(f"{PATH}/"):
        return
    database: Database[Db] = app.extensions["db"]
    fault = _taken(database, shop, operation.name())
    g.call = ControlCall(
        shop_id=shop.id, operation=operation.name(), parameters=_kept(said), fault=fault.id if fault else None
    )
    g.fault = fault
    if fault and fault.before:
        time.sleep(fault.delay)
        if fault.answers:
            raise Met(fault)


def _taken(database: Database[Db], shop: Shop, operation: str) -> ControlFault | None:
    """Take the fault that a call meets; where others use it up at the same time, the next one is looked for."""
    while True:
        with database.reading() as db:
            fault = control.fault_for(db, shop.id, operation)
        if fault is None:
            return None
        with database.writing() as db:
            if control.use(db, fault):
                return fault


def _kept(said: dict[str, Any]) -> dict[str, Any]:
    """Give the parameters without secrets, and without what is too long to be looked at."""
    kept = {name: value for name, value in said.items() if name not in SECRETS}
    lengths = {name: len(json.dumps(value)) for name, value in kept.items()}
    return {
        name: value if lengths[name] <= LONGEST_VALUE else f"({lengths[name]} characters)"
        for name, value in kept.items()
    }


def _instead(met: Met) -> Response:
    return _answer_of(met.fault)


def _answered(answer: Response) -> Response:
    """Give another answer than was due, after the call was done, and note the call."""
    call: ControlCall | None = g.pop("call", None)
    fault: ControlFault | None = g.pop("fault", None)
    if call is None:
        return answer
    if fault and not fault.before:
        time.sleep(fault.delay)
        answer = _answer_of(fault) if fault.answers else answer
    call.status = None if fault and fault.cut else answer.status_code
    database: Database[Db] = current_app.extensions["db"]
    try:
        with database.writing() as db:
            call.at = db.now
            control.note_call(db, call)
    except DBAPIError as error:
        get_logger().warning("a call was not noted", kind=type(error.orig).__name__)
    return answer


def _answer_of(fault: ControlFault) -> Response:
    if fault.cut:
        return Response(_torn(), headers={"Content-Length": str(NEVER_SENT)}, mimetype="application/json")
    status = fault.status or 200
    said = {"status": "error", "message": f"A fault of the control API answers {status}"} if status >= 400 else {}
    body = fault.body if fault.body is not None else json.dumps(said)
    answer = Response(body, status, mimetype="application/json")
    if fault.retry_after is not None:
        answer.headers["Retry-After"] = str(fault.retry_after)
    return answer


def _torn() -> Iterator[bytes]:
    """Begin an answer and break off: the server closes the connection, and whoever called has nothing to read."""
    yield b"{"
    raise ConnectionAbortedError("cut off by a fault of the control API")
