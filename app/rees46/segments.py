"""Segments: named groups of customers. Static ones are edited by hand or import, dynamic ones follow a rule."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from .identity import AnyIdentity, Identity
from .operation import DECIDES, Http, Operation, Shape
from .replies import Done
from .values import Identifier


class Membership(Shape):
    """One segment of a customer. Source: reference 000, "Get user segments"."""

    id: int | str
    type: Annotated[str | None, DECIDES] = None  # static or dynamic


class Add(Identity, Operation[Done]):
    """Put a customer into a static segment; a second time changes nothing."""

    http = Http("POST", "/segments/add", sends="form", secret="parameter", device_will_do=True, repeatable=True)

    segment_id: Identifier = Field(description="ID of the segment")


class Remove(Identity, Operation[Done]):
    """Take a customer out of a static segment; no error if they were not in it."""

    http = Http("POST", "/segments/remove", sends="form", secret="parameter", device_will_do=True, repeatable=True)

    segment_id: Identifier = Field(description="ID of the segment")


class Get(Identity, Operation[list[Membership]]):
    """List the segments of a customer."""

    http = Http("GET", "/segments/get", secret="parameter", device_will_do=True, also=("POST /segments/get",))


class Includes(AnyIdentity, Operation[bool]):
    """Tell whether a customer is in a segment; who is not known is in none. 404 when there is no such segment.

    Source: newer documentation, "segments/includes" (rees46.md#newer-documents).
    """

    http = Http(
        "POST",
        "/segments/includes",
        sends="form",
        secret="parameter",
        reads=True,
        also=("GET /segments/includes",),
        child="result",
    )

    segment_id: Identifier = Field(description="ID of the segment")
