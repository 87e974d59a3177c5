"""The log of subscription changes: what each contact turned on or off, when, and through which channel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Index, String, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from app.engine.store.base import Base, OfShop
from app.engine.store.db import Db

TYPES = ("bulk", "chain", "transactional")  # of campaigns

# The API has two words for some things (rees46.md#subscription-log); rows have the word on the right.
SYNONYMS = {
    "unsubscribed": "unsubscribe",
    "subscribed": "subscribe",
    "email_processing": "email_feedback_processing",
}


class SubscriptionChange(OfShop, Base):
    """One change of one contact, in the words of rees46.md#subscription-log. Rows are only ever added."""

    __tablename__ = "subscription_changes"
    __table_args__ = (
        Index(None, "shop_id", "at", "id"),
        Index(None, "shop_id", "event", "at", "id"),
        Index(None, "shop_id", "channel", "at", "id"),
        Index(None, "shop_id", "contact", "at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    contact_type: Mapped[str] = mapped_column(String(16))  # email, sms, wpush, mpush
    contact: Mapped[str] = mapped_column(String(255))  # phone numbers as digits; of push the device
    campaign_type: Mapped[str] = mapped_column(String(16))
    event: Mapped[str] = mapped_column(String(16))
    channel: Mapped[str] = mapped_column(String(32))
    ip: Mapped[str] = mapped_column(String(64), default="")


@dataclass(frozen=True)
class Source:
    """Through what a change came: a channel of rees46.md#subscription-log, and the address it was asked from."""

    channel: str
    ip: str = ""


def asked_through(db: Db) -> Source:
    """Name the channel: the API for who has the secret, else the SDK of a site or of an app."""
    caller = db.at.caller
    if caller.has_secret:
        return Source("api", caller.ip)
    return Source("js_sdk" if caller.in_browser else "mobile_sdk", caller.ip)


@dataclass(frozen=True)
class Happened:
    """What a contact did, or what was done to it."""

    contact_type: str
    contact: str
    campaign_type: str
    event: str


@dataclass(frozen=True)
class Wanted:
    """Which changes: in a range of moments, and of one event, channel or contact if given."""

    since: datetime
    until: datetime  # not included
    event: str | None = None
    channel: str | None = None
    contacts: Sequence[str] = ()
    limit: int = 20_000
    offset: int = 0


def log(db: Db, happened: Sequence[Happened], source: Source) -> None:
    """Write down what happened, now."""
    common = {"shop_id": db.shop.id, "at": db.now, "channel": source.channel, "ip": source.ip}
    if happened:
        db.execute(insert(SubscriptionChange), [vars(one) | common for one in happened])


def read(db: Db, wanted: Wanted) -> Sequence[SubscriptionChange]:
    """Give changes, newest first."""
    change = SubscriptionChange
    query = select(change).where(change.shop_id == db.shop.id, change.at >= wanted.since, change.at < wanted.until)
    if wanted.event:
        query = query.where(change.event == SYNONYMS.get(wanted.event, wanted.event))
    if wanted.channel:
        query = query.where(change.channel == SYNONYMS.get(wanted.channel, wanted.channel))
    if wanted.contacts:
        query = query.where(change.contact.in_(wanted.contacts))
    return db.scalars(
        query.order_by(change.at.desc(), change.id.desc()).limit(wanted.limit).offset(wanted.offset)
    ).all()
