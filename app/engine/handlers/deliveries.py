"""Deliveries: what became of a message, as the device tells."""

from __future__ import annotations

from app.engine.answers import answers
from app.engine.store.db import Db
from app.engine.store.events import note
from app.engine.store.messages import mark
from app.rees46 import deliveries
from app.rees46.replies import Done


@answers
def clicked(db: Db, op: deliveries.Clicked) -> Done:
    """Note a click."""
    return _noted(db, op, "clicked")


@answers
def received(db: Db, op: deliveries.Received) -> Done:
    """Note an arrival."""
    return _noted(db, op, "received")


@answers
def opened(db: Db, op: deliveries.Opened) -> Done:
    """Note an opening."""
    return _noted(db, op, "opened")


@answers
def closed(db: Db, op: deliveries.Closed) -> Done:
    """Note a closing."""
    return _noted(db, op, "closed")


def _noted(db: Db, op: deliveries.Delivered, what: str) -> Done:
    """Write it on the message, and among the events: there also what names no message of ours, to be looked into."""
    mark(db, op.code, what, op.channel())
    note(db, what, {"did": op.did, "stream": op.stream, "source": op.type, "source_code": op.code})
    return Done()
