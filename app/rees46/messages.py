"""Messages: one SMS, or one message over whichever channels reach the customer."""

from __future__ import annotations

from pydantic import Field

from .identity import AnyIdentity
from .operation import STATUS, Http, Operation
from .replies import Sent
from .values import Flag, Identifier, Phone, Variables


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
        also=("GET /multi/transactional", "POST /transact"),
    )

    code: Identifier = Field(description="Code of the multi-channel campaign")
    send_everywhere: Flag | None = Field(None, description="All channels except SMS; left out: only the cheapest")
    variables: Variables = Field(description="Variables of the templates (Liquid)")
