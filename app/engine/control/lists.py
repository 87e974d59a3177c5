"""What the box received and delivered, for whoever waits for it.

Waiting is done before the transaction of the call begins, so that it holds up nobody but a thread of the server.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import func, select

from app import control
from app.engine.answers import prepares, registered
from app.engine.store import control as kept
from app.engine.store import jobs, messages
from app.engine.store.campaigns import Campaign
from app.engine.store.db import Db
from app.engine.store.messages import Message
from app.rees46.push_payloads import payloads

if TYPE_CHECKING:
    from app.engine.answers import Answered
    from app.rees46.operation import Operation

LOOK_SECONDS = 0.05
T = TypeVar("T")


def init_app(controls: dict[type[Operation[Any]], Answered]) -> None:
    """Register the handlers."""
    for prepare in (_await_calls, _await_messages, _await_worker):
        prepares(prepare)
    for handler in (calls, outbox, idle):
        registered(handler, controls)


def calls(db: Db, op: control.Calls) -> list[control.Received]:
    """Give the calls that were waited for."""
    found: list[control.Received] = db.at.prepared
    return found


def outbox(db: Db, op: control.Outbox) -> list[control.Delivered]:
    """Give the messages that were waited for."""
    found: list[control.Delivered] = db.at.prepared
    return found


def idle(db: Db, op: control.Idle) -> control.Worked:
    """Say how much is still to be done."""
    found: control.Worked = db.at.prepared
    return found


def _await_calls(db: Db, op: control.Calls) -> list[control.Received]:
    found = _awaited(db, op.wait, lambda: kept.calls(db, op.operation, op.since, control.MOST), _so_many(op.number))
    same = ("id", "at", "operation", "parameters", "fault")
    return [control.Received(answered=call.status, **{name: getattr(call, name) for name in same}) for call in found]


def _await_messages(db: Db, op: control.Outbox) -> list[control.Delivered]:
    found = _awaited(db, op.wait, lambda: _messages(db, op), _so_many(op.number))
    files = messages.files_of(db, found)
    campaigns = select(Campaign.id, Campaign.code).where(Campaign.id.in_({message.campaign_id for message in found}))
    codes: dict[int | None, str] = {number: code for number, code in db.execute(campaigns)}  # noqa: C416  # rows, not pairs
    same = ("id", "code", "kind", "channel", "recipient", "language", "parts", "missing", "sent", "is_test")
    return [
        control.Delivered(
            campaign=codes.get(message.campaign_id),
            files=[file.name for file in files if file.message_id == message.id],
            payloads=payloads(message.channel, message.parts, message.kind, message.code),
            **{name: getattr(message, name) for name in same},
        )
        for message in found
    ]


def _messages(db: Db, op: control.Outbox) -> Sequence[Message]:
    there = select(Message).where(Message.shop_id == db.shop.id, Message.id > op.since)
    for column, wanted in ((Message.recipient, op.to), (Message.channel, op.channel), (Message.code, op.code)):
        there = there.where(column == wanted) if wanted else there
    if op.campaign:
        there = there.join(Campaign, Campaign.id == Message.campaign_id).where(Campaign.code == op.campaign)
    return db.scalars(there.order_by(Message.id).limit(control.MOST)).all()


def _await_worker(db: Db, op: control.Idle) -> control.Worked:
    unfinished = select(func.count()).where(jobs.Job.shop_id == db.shop.id, jobs.Job.state == jobs.WAITING)
    waiting = _awaited(db, op.wait, lambda: db.scalar(unfinished) or 0, lambda number: not number)
    return control.Worked(idle=not waiting, waiting=waiting)


def _so_many(number: int) -> Callable[[Sequence[object]], bool]:
    return lambda found: len(found) >= number


def _awaited(db: Db, seconds: float, look: Callable[[], T], is_enough: Callable[[T], bool]) -> T:
    """Look until there is enough, or the time is over."""
    deadline = time.monotonic() + seconds
    while not is_enough(found := look()) and time.monotonic() < deadline:
        db.rollback()  # the next look sees what was written meanwhile
        time.sleep(LOOK_SECONDS)
    return found
