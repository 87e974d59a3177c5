"""Deliveries: what became of a message, as the device tells."""

from __future__ import annotations

from app.engine.answers import answers
from app.engine.store.db import Db
from app.engine.store.messages import mark
from app.rees46 import deliveries
from app.rees46.replies import Done


@answers
def clicked(db: Db, op: deliveries.Clicked) -> Done:
    """Note a click."""
    mark(db, op.code, "clicked", op.channel())
    return Done()


@answers
def received(db: Db, op: deliveries.Received) -> Done:
    """Note an arrival."""
    mark(db, op.code, "received", op.channel())
    return Done()


@answers
def opened(db: Db, op: deliveries.Opened) -> Done:
    """Note an opening."""
    mark(db, op.code, "opened", op.channel())
    return Done()


@answers
def closed(db: Db, op: deliveries.Closed) -> Done:
    """Note a closing."""
    mark(db, op.code, "closed", op.channel())
    return Done()
