"""Push tokens: where push messages for an app go."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import AliasChoices, BeforeValidator, Field

from .operation import Http, Operation, Shape
from .sessions import Stream
from .values import Identifier, lower

Platform = Annotated[
    str,
    BeforeValidator(lower),
    Field(max_length=32, pattern="^(ios|android)"),
]


Token = Annotated[str, Field(min_length=1, max_length=1024)]


class Nothing(Shape):
    """`{}`: it was accepted."""

    only_says_yes: ClassVar[bool] = True


class Add(Operation[Nothing]):
    """Register where push messages for an app go: from now on mobile push reaches the device's owner.

    A token that is known moves to the device that sent it last. Whom mobile push reaches from now on, or no longer, is
    among the changes of subscriptions. Source: reference 000, "Mobile push tokens"
    (rees46.md#push-tokens).
    """

    http = Http("POST", "/mobile_push_tokens", sends="form", repeatable=True)

    did: Identifier = Field(validation_alias=AliasChoices("did", "ssid"), description="Device ID")
    token: Token = Field(description="Token that iOS or Android gave")
    platform: Platform = Field(description="ios or android; ios_firebase and the like as well")
    stream: str | None = Stream
