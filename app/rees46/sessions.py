"""Sessions: how a device gets to be known."""

from __future__ import annotations

from typing import Any

from pydantic import AliasChoices, ConfigDict, Field

from .operation import Http, Operation, Shape
from .values import Identifier

Stream = Field(None, max_length=16, pattern=r"^[A-Za-z0-9_]+$", description="Source of the visit, 16 letters at most")


class Started(Shape):
    """The settings of a visit. Source: reference 000, "Initialize"; keys as SDKs need them (rees46.md#sessions)."""

    model_config = ConfigDict(extra="allow")

    did: str
    seance: str
    sid: str
    currency: str
    has_email: bool
    snippets: list[Any]


class Init(Operation[Started]):
    """Start a visit: gives a device its ID, or confirms the one it has."""

    http = Http("GET", "/init", reads=False, repeatable=True, also=("POST /init",))

    did: Identifier | None = Field(None, description="Device ID; send it if you have one, it is echoed")
    seance: Identifier | None = Field(
        None, validation_alias=AliasChoices("seance", "sid"), description="ID of the visit, new for each one"
    )
    v: str | None = Field(None, max_length=16, description="Version of the protocol: 3")
    referrer: str | None = Field(None, max_length=2000, description="Where the visitor came from")
    tz: str | None = Field(None, max_length=8, description="Hours from GMT")
    stream: str | None = Stream
