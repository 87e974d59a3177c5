"""Subscriptions: which channels and kinds of message a customer agreed to, and every change of it."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from .identity import AnyIdentity
from .operation import Http, Operation, Shape
from .replies import Done
from .values import Day, Email, Flag

CHANNELS = ("email", "sms")
TYPES = ("bulk", "chain", "transactional")
FLAGS = tuple(f"{channel}_{kind}" for channel in CHANNELS for kind in TYPES)


class Flags(Shape):
    """Consent by channel and type; a flag that is left out is left as it is."""

    email_bulk: Flag | None = Field(None, description="Bulk e-mails: newsletters, sales")
    email_chain: Flag | None = Field(None, description="Trigger e-mails: abandoned cart, win-back")
    email_transactional: Flag | None = Field(None, description="Transactional e-mails: orders, receipts")
    sms_bulk: Flag | None = Field(None, description="Bulk SMS")
    sms_chain: Flag | None = Field(None, description="Trigger SMS")
    sms_transactional: Flag | None = Field(None, description="Transactional SMS")


class Manage(AnyIdentity, Flags, Operation[Done]):
    """Subscribe or unsubscribe a customer; only the flags that are sent change."""

    http = Http("POST", "/subscriptions/manage", sends="form", secret="parameter", device_will_do=True, repeatable=True)


class Callback(Operation[Done]):
    """Tell what a mail server said of an address.

    hard_bounced purges the address for ever, complained unsubscribes and suppresses it, blacklisted
    stops all sending, unsubscribed turns every kind of e-mail off.
    """

    http = Http("POST", "/subscriptions/callback", sends="form", secret="parameter", repeatable=True)

    email: Email = Field(description="The address")
    event: Literal["hard_bounced", "complained", "blacklisted", "unsubscribed"] = Field(description="What happened")


class Status(Shape):
    """What is on and what stops it. Source: reference 000, "Check subscription status"."""

    email_bulk: bool = False
    email_chain: bool = False
    email_transactional: bool = False
    email_invalid: bool = False
    email_blacklisted: bool = False
    email_bounced: bool = False
    email_suppressed: bool = False
    web_push: bool = False
    mobile_push: bool = False
    sms_bulk: bool = False
    sms_chain: bool = False
    sms_transactional: bool = False


class Check(AnyIdentity, Operation[Status]):
    """Read all consents of a customer; for an unknown contact all are false."""

    http = Http("GET", "/subscriptions/check", secret="header", also=("POST /subscriptions/check",))


class Change(Shape):
    """One change of consent; `datetime` is YYYY-MM-DD HH:MM:SS, its zone is not stated, `ip` may be empty.

    The contact is an address, a phone number or, of push, a device ID.
    """

    model_config = ConfigDict(frozen=True)

    contact_type: str
    contact: str
    campaign_type: str
    event: str
    channel: str
    datetime: str
    ip: str | None = None


class Changes(Operation[list[Change]]):
    """List the changes of consent in a range of days, newest first."""

    http = Http("GET", "/subscriptions/changes", secret="header")

    event: str | None = Field(
        None,
        max_length=64,
        description="Only this event: subscribe, unsubscribe, hard_bounced, complained, blacklisted",
    )
    channel: str | None = Field(None, max_length=64, description="Only this channel: api, import, unsubscribe_page, …")
    from_: Day | None = Field(None, alias="from", description="First day, YYYY-MM-DD; left out: yesterday")
    to: Day | None = Field(None, description="Last day, included; left out: today")
    email: Email | None = Field(None, description="Only this address")
    phone: str | None = Field(None, max_length=32, description="Only this phone number")
    limit: int | None = Field(None, ge=1, le=20000, description="At most so many rows; left out: 20,000")
    offset: int | None = Field(None, ge=0, le=10_000_000, description="Skip so many rows")
