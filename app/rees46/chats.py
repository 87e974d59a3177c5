"""Chats: logs of conversations that were held on another platform."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, JsonValue

from .identity import Identity
from .operation import Http, Operation
from .replies import Done
from .values import Identifier, JsonText


class Save(Identity, Operation[Done]):
    """Keep the log of a conversation; the same code again replaces it."""

    http = Http("POST", "/chat_reports", sends="json", secret="parameter", repeatable=True)

    code: Identifier = Field(description="Unique code of the conversation")
    platform: Literal["livetex"] = Field(description="Platform of the conversation: livetex")
    data: Annotated[dict[str, JsonValue], JsonText] = Field(description="The conversation as the platform gives it")
