"""What an import tells the address that was left for it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from .operation import Shape

Address = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=2000, pattern=r"^[Hh][Tt][Tt][Pp][Ss]?://[^\s/]")
]


class Outcome(Shape):
    """The body that is posted to a webhook, as application/json. Source: reference 002, "Webhook запросы" (row 64)."""

    status: Literal["success", "error"]
    message: str | None = Field(None, description="What went wrong; only with an error")
