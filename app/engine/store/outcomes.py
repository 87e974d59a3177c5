"""What became of messages: who opened, clicked, complained or bought, as far as somebody told; and how many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, or_, select, update

from app.engine.store.db import Db
from app.engine.store.messages import Message

OUTCOMES = ("opened", "clicked", "hard_bounced", "complained", "unsubscribed", "purchased")
CREDITED = timedelta(hours=48)  # from a click on a message, so long an order is credited to it
BLAMED = timedelta(days=14)  # what a mail server says of an address is about a message not older than this


@dataclass(frozen=True)
class Wanted:
    """Which messages: those of a customer since a moment; of some types and channels, or of all."""

    customer: int
    since: datetime
    types: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()

    def where(self, db: Db) -> list[ColumnElement[bool]]:
        """Say it in SQL; what was sent as a test counts nowhere."""
        rules = [Message.shop_id == db.shop.id, Message.customer_id == self.customer, Message.sent >= self.since]
        rules.append(Message.is_test.is_(False))
        if self.types:
            rules.append(Message.kind.in_(self.types))
        if self.channels:
            rules.append(Message.channel.in_(self.channels))
        return rules


def sent_since(db: Db, wanted: Wanted, number: int, offset: int) -> Sequence[Message]:
    """Give a page of messages, newest first."""
    newest = select(Message).where(*wanted.where(db)).order_by(Message.sent.desc(), Message.id.desc())
    return db.scalars(newest.limit(number).offset(offset)).all()


def numbers(db: Db, wanted: Wanted) -> dict[tuple[str, str], dict[str, int]]:
    """Count what was sent and what became of it, by channel and type; what did not happen is left out."""
    counted = [func.count(getattr(Message, name)) for name in ("sent", *OUTCOMES)]
    rows = db.execute(
        select(Message.channel, Message.kind, *counted).where(*wanted.where(db)).group_by(Message.channel, Message.kind)
    )
    return {
        (channel, kind): {name: number for name, number in zip(("sent", *OUTCOMES), row, strict=True) if number}
        for channel, kind, *row in rows
    }


def blame(db: Db, email: str, what: str) -> None:
    """Note what was said of an address at the last message that went there."""
    last = (
        select(Message.id)
        .where(Message.shop_id == db.shop.id, Message.recipient == email, Message.channel == "email")
        .where(Message.sent >= db.now - BLAMED)
        .order_by(Message.id.desc())
        .limit(1)
    )
    column = getattr(Message, what)
    db.execute(update(Message).where(Message.id == last.scalar_subquery(), column.is_(None)).values({what: db.now}))


def credit(db: Db, customer: int, code: str | None) -> None:
    """Note an order at the messages that led to it: the one it names, and what was clicked within 48 hours."""
    ways: list[ColumnElement[bool]] = [(Message.customer_id == customer) & (Message.clicked >= db.now - CREDITED)]
    if code:
        ways.append(Message.code == code)
    mine = Message.shop_id == db.shop.id, Message.purchased.is_(None), or_(*ways)
    db.execute(update(Message).where(*mine).values(purchased=db.now), execution_options={"synchronize_session": False})
