"""Shapes that many replies share."""

from __future__ import annotations

from typing import Literal

from .operation import Shape


class Done(Shape):
    """`{"status": "success"}`: it was accepted, and there is nothing more to say."""

    status: Literal["success"] = "success"


class Sent(Shape):
    """A message was accepted; `code` names the message, not the campaign."""

    class Payload(Shape):
        """What the answer carries."""

        code: str

    status: Literal["success"] = "success"
    payload: Payload
