"""Communications: calls, chats and letters with a customer, as the support team logs them."""

from __future__ import annotations

from typing import Annotated

from pydantic import AliasChoices, ConfigDict, Field

from .identity import Identity
from .operation import STATUS, Http, Operation, Shape
from .values import Identifier

Word = Annotated[str, Field(min_length=1, max_length=255)]
Long = Annotated[str, Field(min_length=1, max_length=10_000)]


class Call(Shape):
    """One communication; `date` is YYYY-MM-DD HH:MM:SS, its zone is not stated."""

    model_config = ConfigDict(frozen=True)

    id: str
    channel: str | None = None
    event: str | None = None
    location_id: str | None = None
    call_type: str | None = None
    call_theme: str | None = None
    subject_appeal: str | None = None
    comment: str | None = None
    author_type: str | None = None
    status: str | None = None
    date: str | None = Field(None, validation_alias=AliasChoices("date", "created_at"))


class Saved(Shape):
    """The communication was kept under this id."""

    id: str


class Save(Identity, Operation[Saved]):
    """Log a communication with a customer."""

    http = Http("POST", "/crm/client_calls", sends="json", secret="parameter", envelope=STATUS)

    channel: Word = Field(description="Channel: phone, chat, email, …")
    event: Word = Field(description="Event: incoming, outgoing, …")
    location_id: Word = Field(description="Location of the customer or of the shop")
    call_type: Word = Field(description="Type of the communication")
    call_theme: Word = Field(description="Theme")
    subject_appeal: Word | None = Field(None, description="Sub-theme")
    comment: Long = Field(description="What was said")
    author_type: Word = Field(description="Who logged it")
    status: Word = Field(description="Status in the shop's own system")


class Read(Identity, Operation[list[Call]]):
    """Read the last 20 communications of a customer, newest first."""

    http = Http("GET", "/crm/client_calls", secret="parameter")


class Edit(Identity, Operation[Call]):
    """Change a communication; only the fields that are sent change. The answer is the communication as it is then."""

    http = Http(
        "PATCH",
        "/crm/client_calls/{id}",
        sends="json",
        secret="parameter",
        repeatable=True,
        envelope=STATUS,
        also=("PATCH /crm/client_calls", "PUT /crm/client_calls/{id}", "POST /crm/client_calls/{id}"),
    )

    id: Identifier = Field(validation_alias=AliasChoices("id", "ID"), description="ID of the communication")
    channel: Word | None = Field(None, description="Channel")
    event: Word | None = Field(None, description="Event")
    location_id: Word | None = Field(None, description="Location")
    call_type: Word | None = Field(None, description="Type")
    call_theme: Word | None = Field(None, description="Theme")
    subject_appeal: Word | None = Field(None, description="Sub-theme")
    comment: Long | None = Field(None, description="What was said")
    author_type: Word | None = Field(None, description="Who logged it")
    status: Word | None = Field(None, description="Status in the shop's own system")


class ReadOne(Identity, Operation[list[Call]]):
    """Read one communication of a customer, in the format of the list."""

    http = Http("GET", "/crm/client_calls/{id}", secret="parameter")

    id: Identifier = Field(validation_alias=AliasChoices("id", "ID"), description="ID of the communication")
