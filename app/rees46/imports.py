"""Imports of people: they are accepted at once and worked off in the background."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import AliasChoices, ConfigDict, Field, JsonValue, model_validator

from .identity import AnyIdentity, own_id
from .list_schema import Of
from .operation import Http, Operation, Shape
from .profile import Attributes, Text, check_custom, custom_of
from .push_tokens import Platform, Token
from .replies import Done
from .subscriptions import Flags
from .values import CustomerId, Email, Identifier, JsonText

Element = dict[str, JsonValue]


class Person(AnyIdentity, Attributes, Flags):
    """An element of an audience: who, what is known of them, what they agreed to. Other keys are custom properties.

    Source: reference 000, "Audience element properties" (rees46.md#audience-import). It is checked in the background,
    element by element: one that is wrong is left out and stops no other.
    """

    model_config = ConfigDict(extra="allow")

    external_id: CustomerId = own_id(sent_as="id")
    middle_name: Text | None = Field(None, description="Middle name")
    mobile_token: Token | None = Field(None, description="Token of an app, to which mobile push goes from now on")
    mobile_token_platform: Platform | None = Field(None, description="ios or android; a token needs it")

    @model_validator(mode="after")
    def _reasonable(self) -> Self:
        check_custom(self.custom())
        return self

    def custom(self) -> dict[str, JsonValue]:
        """Give the custom properties."""
        return custom_of(self)


class Audience(Operation[Done]):
    """Add or update customers, and put them into a segment.

    Each element is a Person: an identifier (email, phone, loyalty_id or external_id), attributes of the profile and
    consents (`email_bulk` …). Elements without an identifier are skipped; empty text means no value.
    """

    http = Http("POST", "/import/audience", sends="json", secret="parameter", repeatable=True)

    audience: Annotated[list[Element], Of(Person), JsonText] = Field(min_length=1, description="The customers")
    segment_id: Identifier | None = Field(None, description="ID of the segment they are put into")


class Unwanted(Shape):
    """An address that is never e-mailed again."""

    email: Email


class Suppressed(Operation[Done]):
    """Never e-mail these addresses again: each is unsubscribed from everything and marked suppressed."""

    model_config = ConfigDict(populate_by_name=True)
    http = Http("POST", "/import/suppressed", sends="json", secret="parameter", repeatable=True)

    audience: Annotated[list[Element], Of(Unwanted), JsonText] = Field(
        min_length=1, validation_alias=AliasChoices("audience", "emails"), description="Elements with an email"
    )
