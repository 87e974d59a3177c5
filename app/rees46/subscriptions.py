"""Subscriptions: which channels and kinds of message a customer agreed to, and every change of it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AliasChoices, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from .identity import AnyIdentity
from .operation import DECIDES, Http, Operation, Shape, newer
from .replies import Done
from .values import PROTOCOL, Day, Email, Flag

CHANNELS = ("email", "sms")
TYPES = ("bulk", "chain", "transactional")
FLAGS = tuple(f"{channel}_{kind}" for channel in CHANNELS for kind in TYPES)  # those of every shop
# Channels that a shop has or has not; the API does not tell. Of a wallet there is but one kind.
MORE_CHANNELS = ("web_push", "mobile_push", "telegram", "whatsapp", "max", "wallet")
TYPES_OF = dict.fromkeys((*CHANNELS, *MORE_CHANNELS), TYPES) | {"wallet": ("bulk",)}
ALL_FLAGS = tuple(f"{channel}_{kind}" for channel, kinds in TYPES_OF.items() for kind in kinds)


BESIDE = {*PROTOCOL, "from", "code", "source", "type"}  # of what led here, as apps tell it
SWITCH: TypeAdapter[bool] = TypeAdapter(Flag)
Told = Annotated[bool | None, DECIDES]


class Flags(Shape):
    """Consent by channel and type; a flag that is left out is left as it is."""

    email_bulk: Flag | None = Field(None, description="Bulk e-mails: newsletters, sales")
    email_chain: Flag | None = Field(None, description="Trigger e-mails: abandoned cart, win-back")
    email_transactional: Flag | None = Field(None, description="Transactional e-mails: orders, receipts")
    sms_bulk: Flag | None = Field(None, description="Bulk SMS")
    sms_chain: Flag | None = Field(None, description="Trigger SMS")
    sms_transactional: Flag | None = Field(None, description="Transactional SMS")
    web_push_bulk: Flag | None = Field(None, description="Bulk web pushes")
    web_push_chain: Flag | None = Field(None, description="Trigger web pushes")
    web_push_transactional: Flag | None = Field(None, description="Transactional web pushes")
    mobile_push_bulk: Flag | None = Field(None, description="Bulk mobile pushes")
    mobile_push_chain: Flag | None = Field(None, description="Trigger mobile pushes")
    mobile_push_transactional: Flag | None = Field(None, description="Transactional mobile pushes")
    telegram_bulk: Flag | None = Field(None, description="Bulk Telegram messages")
    telegram_chain: Flag | None = Field(None, description="Trigger Telegram messages")
    telegram_transactional: Flag | None = Field(None, description="Transactional Telegram messages")
    whatsapp_bulk: Flag | None = Field(None, description="Bulk WhatsApp messages")
    whatsapp_chain: Flag | None = Field(None, description="Trigger WhatsApp messages")
    whatsapp_transactional: Flag | None = Field(None, description="Transactional WhatsApp messages")
    max_bulk: Flag | None = Field(None, description="Bulk MAX messages")
    max_chain: Flag | None = Field(None, description="Trigger MAX messages")
    max_transactional: Flag | None = Field(None, description="Transactional MAX messages")
    wallet_bulk: Flag | None = Field(
        None, validation_alias=AliasChoices("wallet_bulk", "mobile_wallet_bulk"), description="Notes on a wallet card"
    )


class Manage(AnyIdentity, Flags, Operation[Done]):
    """Subscribe or unsubscribe a customer; only the flags that are sent change.

    What looks like a flag and is none is refused, and then nothing changes.
    """

    http = Http("POST", "/subscriptions/manage", sends="form", secret="parameter", device_will_do=True, repeatable=True)

    @model_validator(mode="before")
    @classmethod
    def _no_other_flag(cls, params: Any) -> Any:
        """Refuse a wish that could only be dropped: whoever reads success believes that it was granted."""
        if isinstance(params, dict):
            for name, value in params.items():
                if name not in NAMES and _may_be_flag(name, value):
                    raise ValueError(f"{name[:64]}: there is no such subscription. Nothing was changed.")
        return params


NAMES = BESIDE.union(
    *(
        (name, *map(str, alias.choices)) if isinstance(alias := about.validation_alias, AliasChoices) else (name,)
        for name, about in Manage.model_fields.items()
    )
)


def _may_be_flag(name: str, value: Any) -> bool:
    """Tell what is named like a flag, or switches something on or off, from what calls carry besides."""
    named = name.lower()
    channels = ("push", *TYPES_OF)
    if named in channels or named.startswith(tuple(f"{one}_" for one in channels)) or named.endswith(TYPES):
        return True
    if isinstance(value, dict | list):
        return bool(value)  # flags of their own may stand in it
    try:
        SWITCH.validate_python(value)
    except ValidationError:
        return False
    return True


class Callback(Operation[Done]):
    """Tell what a mail server said of an address.

    hard_bounced purges the address for ever, complained unsubscribes and suppresses it, blacklisted
    stops all sending, unsubscribed turns every kind of e-mail off.
    """

    http = Http("POST", "/subscriptions/callback", sends="form", secret="parameter", repeatable=True)

    email: Email = Field(description="The address")
    event: Literal["hard_bounced", "complained", "blacklisted", "unsubscribed"] = Field(description="What happened")


class Status(Shape):
    """What is on and what stops it; None is what was not told, and neither on nor off.

    Older installations tell of push in one flag for a channel, newer ones by type, as of e-mail; `pushes` reads both.
    Source: reference 000, "Check subscription status"; newer documentation, "subscriptions/check".
    """

    email_bulk: Told = None
    email_chain: Told = None
    email_transactional: Told = None
    email_invalid: Told = None
    email_blacklisted: Told = None
    email_bounced: Told = None
    email_suppressed: Told = None
    web_push: bool | None = None
    mobile_push: bool | None = None
    sms_bulk: Told = None
    sms_chain: Told = None
    sms_transactional: Told = None
    exists: bool | None = newer()
    email_confirmed: bool | None = newer()
    web_push_bulk: bool | None = newer()
    web_push_chain: bool | None = newer()
    web_push_transactional: bool | None = newer()
    mobile_push_bulk: bool | None = newer()
    mobile_push_chain: bool | None = newer()
    mobile_push_transactional: bool | None = newer()
    telegram_bulk: bool | None = newer()
    telegram_chain: bool | None = newer()
    telegram_transactional: bool | None = newer()
    whatsapp_bulk: bool | None = newer()
    whatsapp_chain: bool | None = newer()
    whatsapp_transactional: bool | None = newer()
    max_bulk: bool | None = newer()
    max_chain: bool | None = newer()
    max_transactional: bool | None = newer()
    wallet_bulk: bool | None = newer()

    def pushes(self, channel: Literal["web_push", "mobile_push"]) -> bool | None:
        """Tell whether a kind of push reaches somebody: by its own flag, or by those of its types; None if untold."""
        own: bool | None = getattr(self, channel)
        told = [flag for kind in TYPES if (flag := getattr(self, f"{channel}_{kind}")) is not None]
        return own if own is not None else any(told) if told else None


class Check(AnyIdentity, Operation[Status]):
    """Read all consents of a customer; for an unknown contact all are false."""

    http = Http("GET", "/subscriptions/check", secret="header", also=("POST /subscriptions/check",))

    @classmethod
    def announce(cls, content: dict[str, bool]) -> dict[str, bool]:
        """Leave out the flags of a whole channel where there are those of its types."""
        return {name: flag for name, flag in content.items() if f"{name}_bulk" not in content}


class Change(Shape):
    """One change of consent; `datetime` is YYYY-MM-DD HH:MM:SS, its zone is not stated, `ip` may be empty.

    The contact is an address, a phone number or, of push, a device ID.
    """

    model_config = ConfigDict(frozen=True)

    contact_type: str
    contact: str
    campaign_type: str
    event: str
    channel: str | None = None
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
