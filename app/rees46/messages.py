"""Messages: one SMS, or one message over whichever channels reach the customer."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Base64Bytes, Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from .envelope import says_only_yes
from .identity import AnyIdentity
from .operation import STATUS, SUCCESS, Http, NothingAsked, Operation, Reading, Shape
from .replies import Sent
from .values import CsvList, Email, Flag, Identifier, JsonText, Phone, Variables

LARGEST_FILES = 10 * 1024 * 1024  # bytes of all files of a message
MOST_COPIES = 100
Addresses = Annotated[list[Email], CsvList, JsonText, Field(max_length=MOST_COPIES)]


class Sms(Operation[Sent]):
    """Send one SMS of a campaign. There is no protection against sending twice."""

    http = Http(
        "POST",
        "/sms/transactional",
        sends="json",
        secret="parameter",
        envelope=STATUS,
        also=("GET /sms/transactional",),
    )

    code: Identifier = Field(description="Code of the SMS campaign")
    phone: Phone = Field(description="Phone number of the recipient")
    variables: Variables = Field(description="Variables of the template (Liquid)")


class Multi(AnyIdentity, Operation[Sent]):
    """Send one message over the cheapest channel that reaches the customer.

    With send_everywhere it goes over every channel except SMS.
    """

    http = Http(
        "POST",
        "/multi/transactional",
        sends="json",
        secret="parameter",
        envelope=STATUS,
        also=("GET /multi/transactional",),
    )

    code: Identifier = Field(description="Code of the multi-channel campaign")
    send_everywhere: Flag | None = Field(None, description="All channels except SMS; left out: only the cheapest")
    variables: Variables = Field(description="Variables of the templates (Liquid)")


class File(Shape):
    """A file that goes along with an e-mail; `content` is Base64 wherever it stands in JSON."""

    name: str = Field(min_length=1, max_length=255)
    type: str = Field("application/octet-stream", max_length=127)
    content: Base64Bytes = Field(repr=False)


class Transacted(Shape):
    """A message was accepted; `code` names it. One that is sent as a test has none."""

    code: str | None = None


class Transact(AnyIdentity, Operation[Transacted]):
    """Send one message of a transactional campaign; the newer call for all kinds of them.

    It goes over the first channel of the campaign's cascade that reaches the customer, or with `send_everywhere` over
    all of them at once, SMS too. Copies and files need an e-mail, and with them it goes by e-mail; files are sent as
    multipart/form-data under any names, 10 MB together at most. A test is sent, has no code and is counted nowhere. Who
    is not known becomes a customer. There is no protection against sending twice. Source: newer documentation,
    "transact" (rees46.md#messages).
    """

    http = Http("POST", "/transact", sends="json", secret="parameter", envelope=SUCCESS, uploads="files")

    code: Identifier = Field(description="Code of the campaign")
    variables: Variables = Field({}, description="Variables of the templates (Liquid); flat is advised")
    test: Flag | None = Field(None, description="Send it as a test: without a code, counted nowhere")
    cc: Addresses | None = Field(None, description="Addresses that get a copy of the e-mail")
    bcc: Addresses | None = Field(None, description="Addresses that get a copy, unseen by the others")
    send_everywhere: Flag | None = Field(None, description="All channels of the cascade at once")
    files: Annotated[list[File], JsonText] | None = Field(
        None, max_length=50, description="Files that go along with the e-mail"
    )

    @model_validator(mode="after")
    def _not_too_large(self) -> Any:
        if sum(len(file.content) for file in self.files or ()) > LARGEST_FILES:
            raise PydanticCustomError("files_too_large", "Files have 10 MB together at most")
        return self

    @classmethod
    def find(cls, body: Any) -> Reading[Transacted]:
        """Take a yes without a code, too: a test has none."""
        try:
            return super().find(body)
        except (NothingAsked, ValidationError):
            if not says_only_yes(body):
                raise
            return Reading(Transacted(), [], {})
