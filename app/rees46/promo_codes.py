"""Promo codes: lists of codes of which each is handed out once. Source: reference 000, "Promo codes"."""

from __future__ import annotations

from typing import Annotated

from pydantic import AliasChoices, Field, PlainSerializer, StringConstraints

from .operation import DECIDES, STATUS, SUCCESS, Http, Operation, Shape
from .replies import Done
from .values import AsCsv, CsvList, Email, Flag, Identifier

ListId = Annotated[str, PlainSerializer(lambda text: int(text) if text.isdecimal() else text, return_type=int | str)]
Ids = Annotated[list[Identifier], CsvList, AsCsv]
Code = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=255)]


class List(Shape):
    """A list of promo codes; `available` counts the codes nobody has yet, None where that was not told."""

    id: ListId
    name: str | None = None
    available: Annotated[int | None, DECIDES] = None


class Lists(Operation[list[List]]):
    """List the promo lists with what is left in each."""

    http = Http("GET", "/promo_codes", secret="parameter", announced=SUCCESS)

    limit: int | None = Field(None, ge=1, le=50, description="At most so many lists; left out: all")
    offset: int | None = Field(None, ge=0, le=10_000_000, description="Skip so many lists")
    active: Flag | None = Field(None, description="Only lists in which a code is left")
    exclude: Ids | None = Field(None, description="Leave out the lists of these IDs")
    include: Ids | None = Field(None, description="Only the lists of these IDs")


class Upload(Operation[Done]):
    """Add codes to a list; those it has already, used or not, are dropped in silence.

    404 when there is no such list, and when no codes are given.
    """

    http = Http("POST", "/promo_codes", sends="json", secret="parameter", repeatable=True, no_by="success")

    id: Identifier = Field(description="ID of the promo list")
    codes: Annotated[list[Code], CsvList] = Field(description="The codes")


class Fetched(Shape):
    """A code that from now on nobody else gets."""

    code: str


class Fetch(Operation[Fetched]):
    """Hand out a code. It is a GET, and it spends: each call takes another code from the list.

    404 when there is no such list, and when its codes are used up.
    """

    http = Http("GET", "/promo_codes/fetch", secret="parameter", device_will_do=True, reads=False, no_by="success")

    id: Identifier = Field(description="ID of the promo list")
    did: Identifier | None = Field(None, description="Device ID of whoever gets it")
    seance: Identifier | None = Field(None, description="ID of the visit")
    email: Email | None = Field(None, description="E-mail address of whoever gets it")


class Purge(Operation[Done]):
    """Throw away the codes of a list that nobody has yet; those that were handed out stay as they are.

    404 when there is no such list. Source: newer documentation, "promo_codes/purge" (rees46.md#newer-documents).
    """

    http = Http("DELETE", "/promo_codes/purge", sends="json", secret="parameter", repeatable=True, no_by="success")

    id: Identifier = Field(description="ID of the promo list")


class Deleted(Shape):
    """How many of the codes were in the list and are gone, and how many were not in it."""

    deleted_count: int
    not_found_count: int


class Delete(Operation[Deleted]):
    """Delete codes from a list, whether or not somebody has them.

    404 when there is no such list. Source: newer documentation, "promo_codes/delete" (rees46.md#newer-documents).
    """

    http = Http(
        "DELETE",
        "/promo_codes/delete",
        sends="json",
        secret="parameter",
        repeatable=True,
        envelope=STATUS,
        no_by="success",
    )

    promo_code_list_id: Identifier = Field(
        validation_alias=AliasChoices("promo_code_list_id", "id"), description="ID of the promo list"
    )
    codes: Annotated[list[Code], CsvList] = Field(min_length=1, description="The codes")
