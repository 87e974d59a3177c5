"""Pop-ups: what an app reports when it has shown one."""

from __future__ import annotations

from pydantic import Field

from .operation import Http, Operation
from .replies import Done
from .sessions import Stream
from .values import Identifier


class Showed(Operation[Done]):
    """Report that a pop-up was shown. Source: SDK (rees46.md#stories)."""

    http = Http("POST", "/popup/showed", sends="json", repeatable=True)

    did: Identifier | None = Field(None, description="Device ID of the visitor")
    sid: Identifier | None = Field(None, description="ID of the visit")
    popup: Identifier = Field(description="Number of the pop-up")
    stream: str | None = Stream
