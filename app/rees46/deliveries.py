"""Deliveries: what a device reports of the messages it got.

The code of a message is the `id` of an Android payload, or `src.id` of an iOS one; its type is bulk, chain or
transactional, also with the channel before it: mobile_push_transactional. A code that is not known is no error.
Source: reference 000, "User clicked on mobile push" (rees46.md#deliveries).
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from .operation import Http, Operation, Shape
from .replies import Done
from .sessions import Stream
from .values import Identifier

CHANNELS = ("mobile_push", "web_push", "email", "sms")


class Delivered(Shape):
    """Which message it was."""

    code: Identifier = Field(description="ID of the message, from its payload")
    type: Annotated[str, Field(max_length=255)] | None = Field(
        None, description="Type of the message, as in its payload"
    )

    did: Identifier | None = Field(None, description="Device ID")
    stream: str | None = Stream

    def channel(self) -> str | None:
        """Give the channel that the type names, if it does."""
        return next((name for name in CHANNELS if (self.type or "").startswith(name)), None)


class Clicked(Delivered, Operation[Done]):
    """Report that a message was clicked."""

    http = Http("POST", "/web_push_subscriptions/clicked", sends="form", repeatable=True, also=("POST /track/clicked",))


class Received(Delivered, Operation[Done]):
    """Report that a message arrived at a device and was shown."""

    http = Http(
        "POST",
        "/web_push_subscriptions/received",
        sends="form",
        repeatable=True,
        also=("POST /track/received", "POST /track/delivered"),
    )


class Opened(Delivered, Operation[Done]):
    """Report that a message was opened."""

    http = Http("POST", "/track/opened", sends="json", repeatable=True)


class Closed(Delivered, Operation[Done]):
    """Report that a message was closed without a click."""

    http = Http("POST", "/track/closed", sends="json", repeatable=True)
