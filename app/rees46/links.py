"""Short links that live for a number of days. Source: reference 000, "URL shortener"."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import AfterValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from .operation import SUCCESS, Http, Operation, Shape
from .values import JsonText, absent

SHORTEST, DEFAULT, LONGEST = 1, 30, 90  # days
CODE = r"^[A-Za-z0-9_-]+$"
URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x1f\x7f]+")


def _with_scheme(url: str) -> str:
    if not URL.fullmatch(url):
        raise PydanticCustomError("url_expected", "A URL begins with its scheme, such as https://, and is one line")
    return url


Url = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=8000), AfterValidator(_with_scheme)
]


class Link(Shape):
    """One URL to shorten: of the web, or a deep link into an app."""

    url: Url = Field(description="The long URL, with its scheme")
    lifetime: int | None = Field(
        None, ge=SHORTEST, le=LONGEST, description=f"Days until it is deleted: {SHORTEST} to {LONGEST}, else {DEFAULT}"
    )
    code: str | None = Field(
        None,
        min_length=1,
        max_length=64,
        pattern=CODE,
        description="Own code; silently takes the place of a link that has it",
    )
    domain: str | None = Field(None, max_length=253, description="Own domain; must be allowed by support first")

    @model_validator(mode="before")
    @classmethod
    def _present(cls, params: Any) -> Any:
        """Leave out what stands for nothing, as is done with the parameters themselves (rees46.md#parameters)."""
        return (
            {key: value for key, value in params.items() if not absent(value)} if isinstance(params, dict) else params
        )


class Shortened(Shape):
    """A long URL and its short link."""

    source: str | None = None
    url: str


class Create(Operation[list[Shortened]]):
    """Shorten URLs, hundreds at once; answers in the order of the request.

    400 when there is no link, a lifetime is out of range, a scheme is one a browser would run, a domain is not allowed
    or a code belongs to another shop; then none of the links is made.
    """

    http = Http("POST", "/url/create", sends="json", secret="parameter", child="urls", announced=SUCCESS)

    links: Annotated[list[Link], JsonText] = Field(min_length=1, description="The URLs")
