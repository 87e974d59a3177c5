"""Notifications: what the box sent to a customer, read from its outbox."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from app.engine.answers import Refusal, answers
from app.engine.store import outcomes
from app.engine.store.customers import Customer
from app.engine.store.db import Db
from app.engine.store.identity import find
from app.engine.store.messages import Message, with_code
from app.rees46 import notifications

# Which part of a message says what, whatever the channel calls it.
PARTS = {
    "subject": ("subject", "title"),
    "body": ("html", "text", "body"),
    "url": ("url", "uri"),
    "icon": ("icon",),
    "picture": ("image",),
}
HAPPENED = {"sent": "sent", "received": "delivered", "closed": "closed"}


@answers
def list_(db: Db, op: notifications.List) -> list[notifications.Notification]:
    """List what was sent in two weeks, newest first. Without the secret a device learns of its own only."""
    who = op.who() if db.at.caller.has_secret else {"did": op.did or ""}
    if not any(who.values()):
        raise Refusal(403, "Invalid secret key")
    customer = find(db, who)
    if customer is None:
        return []
    number = op.limit or notifications.USUAL
    wanted = outcomes.Wanted(customer.id, _since(db, op.date_from), _types(op.type), tuple(op.channel or ()))
    return [_told(message) for message in outcomes.sent_since(db, wanted, number, number * ((op.page or 1) - 1))]


@answers
def of_message(db: Db, op: notifications.OfMessage) -> list[notifications.Event]:
    """Say when what happened to a message, over each channel that it went over."""
    (kind,) = _types([op.type])
    found = [message for message in with_code(db, op.code) if message.kind == kind and not message.is_test]
    if not found:
        raise Refusal(404, "Code is not valid")
    return [event for message in found for event in _events(message)]


@answers
def counters(db: Db, op: notifications.Counters) -> notifications.Numbers:
    """Count one type over one channel."""
    (kind,) = _types([op.type])
    wanted = _counted(db, op, (op.channel,), (kind,))
    known = outcomes.numbers(db, wanted) if wanted else {}
    return notifications.Numbers(**{"sent": 0} | known.get((op.channel, kind), {}))


@answers
def all_counters(db: Db, op: notifications.AllCounters) -> notifications.ByChannel:
    """Count by channel and type; a type that was not sent over a channel is an empty object."""
    kinds, wanted = _types(op.type), _counted(db, op, tuple(op.channel), _types(op.type))
    known = outcomes.numbers(db, wanted) if wanted else {}
    by_channel = {
        channel: {kind: notifications.Numbers(**known.get((channel, kind), {})) for kind in kinds}
        if any((channel, kind) in known for kind in kinds)
        else {}
        for channel in op.channel
    }
    return notifications.ByChannel(channels=by_channel)


def _counted(
    db: Db,
    op: notifications.Counters | notifications.AllCounters,
    channels: tuple[str, ...],
    types: tuple[str, ...],
) -> outcomes.Wanted | None:
    customer: Customer | None = find(db, op.who())
    return outcomes.Wanted(customer.id, datetime.combine(op.date_from, time.min), types, channels) if customer else None


def _since(db: Db, first: date | None) -> datetime:
    """Go back to the day that was asked for, and never farther than REES46 goes."""
    farthest = db.now - timedelta(days=notifications.DAYS)
    return max(farthest, datetime.combine(first, time.min)) if first else farthest


def _types(said: Sequence[str] | None) -> tuple[str, ...]:
    """Call a trigger a chain, which it is."""
    return tuple(dict.fromkeys("chain" if name == "trigger" else name for name in said or ()))


def _told(message: Message) -> notifications.Notification:
    said = {
        field: next((text for part in parts if (text := message.parts.get(part))), None)
        for field, parts in PARTS.items()
    }
    happened = {name: getattr(message, name) is not None for name in outcomes.OUTCOMES}
    return notifications.Notification(
        type=message.kind,
        channel=message.channel,
        campaign_id=message.campaign_id,
        code=message.code,
        date=f"{message.sent:%Y-%m-%d}",
        sent_at=_moment(message.sent),
        statistics=notifications.Statistics(soft_bounced=False, **happened),
        **said,
    )


def _events(message: Message) -> list[notifications.Event]:
    names = HAPPENED | {name: name for name in outcomes.OUTCOMES}
    times = sorted((at, event) for column, event in names.items() if (at := getattr(message, column)))
    return [notifications.Event(channel=message.channel, event=event, date=_moment(at)) for at, event in times]


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds") + "Z"
