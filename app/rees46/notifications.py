"""Notifications: which messages REES46 sent to a customer, and what became of each. At most two weeks back."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field, PlainSerializer

from .identity import AnyIdentity
from .operation import DECIDES, STATUS, Http, Operation, Shape, newer
from .values import AsCsv, CsvList, Day, Identifier, lower

DAYS = 14  # as far back as REES46 goes
MOST = 50  # rows of one page
USUAL = 20
CampaignId = Annotated[
    str, PlainSerializer(lambda text: int(text) if text.isdecimal() else text, return_type=int | str)
]
Channel = Annotated[
    Literal["email", "sms", "web_push", "mobile_push", "telegram", "whatsapp", "max", "wallet"], BeforeValidator(lower)
]
Type = Annotated[Literal["bulk", "chain", "trigger", "transactional"], BeforeValidator(lower)]
Told = Annotated[bool | None, DECIDES]
Several = Annotated[list[Type], CsvList, AsCsv]
SeveralChannels = Annotated[list[Channel], CsvList, AsCsv]


class Statistics(Shape):
    """What became of a message; None is what was not told."""

    opened: Told = None
    clicked: Told = None
    hard_bounced: Told = None
    soft_bounced: Told = None
    complained: Told = None
    unsubscribed: Told = None
    purchased: Told = None


class Notification(Shape):
    """A message that was sent. `code` names the message, `sent_at` is ISO 8601; what it said depends on the channel."""

    type: str
    channel: str | None = newer()
    campaign_id: CampaignId | None = None
    code: str | None = None
    date: str | None = None
    sent_at: str | None = None
    subject: str | None = None
    body: str | None = None
    url: str | None = None
    icon: str | None = None
    picture: str | None = None
    statistics: Statistics | None = None


class List(AnyIdentity, Operation[list[Notification]]):
    """List the messages that were sent to a customer in the last two weeks, newest first.

    No total is told: the last page is the one with fewer rows than `limit`. A device is enough to ask for its own; by
    any other key it takes the secret. Source: newer documentation, "notifications" (rees46.md#notifications).
    """

    http = Http("GET", "/notifications", secret="parameter", device_will_do=True, envelope=STATUS, child="messages")

    type: Several | None = Field(None, description="Only these types: bulk, chain, transactional")
    channel: SeveralChannels | None = Field(None, description="Only these channels")
    date_from: Day | None = Field(None, description="First day, YYYY-MM-DD, at most two weeks back")
    page: int | None = Field(None, ge=1, le=1_000_000, description="Which page; left out: the first")
    limit: int | None = Field(None, ge=1, le=MOST, description="How many rows a page has; left out: 20")


class Event(Shape):
    """What happened to a message; the vendor does not say of what it consists, so whatever came is kept."""

    model_config = ConfigDict(extra="allow")

    event: str | None = None
    type: str | None = newer()
    status: str | None = newer()
    channel: str | None = newer()
    code: str | None = newer()
    date: str | None = None


class OfMessage(Operation[list[Event]]):
    """List what happened to one message, by its code.

    Source: newer documentation, "notifications/:code" (rees46.md#notifications).
    """

    http = Http("GET", "/notifications/{code}", secret="parameter", envelope=STATUS, child="messages")

    code: Identifier = Field(description="Code of the message, as it was answered when it was sent")
    type: Type = Field(description="Its type: bulk, chain, transactional")

    @classmethod
    def read_content(cls, content: Any) -> list[Event]:
        """Keep what is not known of an event, too."""
        return cls.reply().validate_python(content, extra="allow")


class Numbers(Shape):
    """How many messages were sent, and of how many each became true; what is not there did not happen."""

    sent: int | None = newer()
    opened: int | None = newer()
    clicked: int | None = newer()
    hard_bounced: int | None = newer()
    soft_bounced: int | None = newer()
    complained: int | None = newer()
    unsubscribed: int | None = newer()
    purchased: int | None = newer()


class Counters(AnyIdentity, Operation[Numbers]):
    """Count the messages of one channel and type that were sent to a customer since a day.

    Source: newer documentation, "notifications/counters" (rees46.md#notifications).
    """

    http = Http("GET", "/notifications/counters", secret="parameter", envelope=STATUS, child="counters")

    date_from: Day = Field(description="First day, YYYY-MM-DD")
    channel: Channel = Field(description="The channel")
    type: Type = Field(description="The type: bulk, chain, transactional")


class ByChannel(Shape):
    """Numbers by channel, then by type; an empty object is a channel over which nothing was sent."""

    channels: dict[str, dict[str, Numbers]]


class AllCounters(AnyIdentity, Operation[ByChannel]):
    """Count the messages that were sent to a customer since a day, by channel and type.

    Source: newer documentation, "notifications/counters/extended" (rees46.md#notifications).
    """

    http = Http("GET", "/notifications/counters/extended", secret="parameter", envelope=STATUS, child="counters")

    date_from: Day = Field(description="First day, YYYY-MM-DD")
    channel: SeveralChannels = Field(min_length=1, description="The channels")
    type: Several = Field(min_length=1, description="The types: bulk, chain, transactional")
