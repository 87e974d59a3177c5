"""The outbox: every message as it was delivered, as a mail catcher keeps it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint, false, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.engine.store.base import Base, Json, OfShop
from app.engine.store.campaigns import Campaign
from app.engine.store.db import Db


class Message(OfShop, Base):
    """One message over one channel. Those of one call share their code."""

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("shop_id", "code", "channel"),
        Index(None, "shop_id", "id"),
        Index(None, "shop_id", "recipient", "id"),
        Index(None, "customer_id", "id"),
        Index(None, "campaign_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(255))  # what the call was answered, and what clicks name
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaigns.id", ondelete="SET NULL"))
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customers.id", ondelete="SET NULL"))
    kind: Mapped[str] = mapped_column(String(16), default="transactional")  # bulk, chain, transactional
    channel: Mapped[str] = mapped_column(String(16))  # sms, email, web_push, mobile_push
    recipient: Mapped[str] = mapped_column(String(1024))  # an address, digits of a phone number, or a push token
    language: Mapped[str] = mapped_column(String(2))
    parts: Mapped[dict[str, str]] = mapped_column(Json)  # as rendered
    missing: Mapped[list[str]] = mapped_column(Json, default=list)  # variables that were printed but not given
    sent: Mapped[datetime]
    received: Mapped[datetime | None]  # by the device, which said so; so with the following
    opened: Mapped[datetime | None]
    clicked: Mapped[datetime | None]
    closed: Mapped[datetime | None]
    hard_bounced: Mapped[datetime | None]  # as a mail server said, so with a complaint
    complained: Mapped[datetime | None]
    unsubscribed: Mapped[datetime | None]
    purchased: Mapped[datetime | None]  # the first order that it led to
    is_test: Mapped[bool] = mapped_column(default=False, server_default=false())  # sent, and counted nowhere
    cc: Mapped[list[str]] = mapped_column(Json, default=list, server_default="[]")  # who gets a copy of an e-mail
    bcc: Mapped[list[str]] = mapped_column(Json, default=list, server_default="[]")


class MessageFile(OfShop, Base):
    """A file that went along with an e-mail."""

    __tablename__ = "message_files"
    __table_args__ = (Index(None, "message_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(255))
    kind: Mapped[str] = mapped_column(String(127))  # its media type
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


def sent(
    db: Db, number: int, before: int | None = None, *, recipient: str | None = None, customer: int | None = None
) -> Sequence[Message]:
    """List messages of the shop, newest first; `before` is the id of the last one of the page before."""
    found = select(Message).where(Message.shop_id == db.shop.id)
    found = found.where(Message.id < before) if before else found
    found = found.where(Message.recipient == recipient) if recipient else found
    found = found.where(Message.customer_id == customer) if customer else found
    return db.scalars(found.order_by(Message.id.desc()).limit(number)).all()


def with_code(db: Db, code: str) -> Sequence[Message]:
    """Give all messages of one sending."""
    found = select(Message).where(Message.shop_id == db.shop.id, Message.code == code)
    return db.scalars(found.order_by(Message.id)).all()


def files_of(db: Db, messages: Iterable[Message]) -> Sequence[MessageFile]:
    """List the files of some messages; their content is read when it is looked at."""
    wanted = [message.id for message in messages]
    return db.scalars(select(MessageFile).where(MessageFile.message_id.in_(wanted)).order_by(MessageFile.id)).all()


def file_numbered(db: Db, number: int) -> MessageFile | None:
    """Find a file of the shop."""
    return db.scalar(select(MessageFile).where(MessageFile.shop_id == db.shop.id, MessageFile.id == number))


def mark(db: Db, code: str, what: str, channel: str | None) -> None:
    """Note when a message was first received, opened, clicked or closed; nobody else's code is known."""
    column = getattr(Message, what)
    theirs = update(Message).where(Message.shop_id == db.shop.id, Message.code == code, column.is_(None))
    theirs = theirs.where(Message.channel == channel) if channel else theirs
    db.execute(theirs.values({what: db.now}))


def campaign_names(db: Db, messages: Iterable[Message]) -> dict[int | None, str]:
    """Give the names of the campaigns that some messages belong to."""
    wanted = {message.campaign_id for message in messages}
    found = select(Campaign.id, Campaign.name).where(Campaign.id.in_(wanted))
    return {number: name for number, name in db.execute(found)}  # noqa: C416  # rows of two, not pairs
