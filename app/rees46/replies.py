"""Replies that many operations share."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import JsonValue

from .operation import Shape, newer


class Done(Shape):
    """`{"status": "success"}`: it was accepted, and there is nothing more to say."""

    only_says_yes: ClassVar[bool] = True

    status: Literal["success"] = "success"


class Tracked(Done):
    """What was done on a site was noted; some installations answer with what to show there next."""

    popup: dict[str, JsonValue] | None = newer()


class Sent(Shape):
    """A message was accepted; `code` names the message, not the campaign."""

    code: str
