"""Who a call is about: the "at least one of email, phone, did, …" that most calls share."""

from __future__ import annotations

import re
from typing import Any, ClassVar, Self

from pydantic import AliasChoices, Field, model_validator
from pydantic_core import PydanticCustomError

from .operation import Shape
from .values import CustomerId, Email, Identifier, Phone

DIALLED = re.compile(r"\A\s*\+?[0-9]{7,15}\s*\Z")


class Identity(Shape):
    """A person by e-mail, phone or device; at least one is needed."""

    identifiers: ClassVar[tuple[str, ...]] = ("email", "phone", "did")

    email: Email | None = Field(None, description="E-mail address of the customer")
    phone: Phone | None = Field(None, description="Phone number of the customer, in any format")
    did: Identifier | None = Field(None, description="Device ID; SDKs send it instead of the secret")

    @model_validator(mode="before")
    @classmethod
    def _phone_for_address(cls, params: Any) -> Any:
        """Take what stands for the address and is made of digits for a phone number: one app sends it there."""
        email = params.get("email") if isinstance(params, dict) else None
        if not isinstance(email, str) or params.get("phone") or not DIALLED.match(email):
            return params
        return {**params, "email": None, "phone": email}

    @model_validator(mode="after")
    def _somebody(self) -> Self:
        if not self.who():
            names = ", ".join(self.identifiers)
            raise PydanticCustomError("identity_needed", "at least one of {names} is needed", {"names": names})
        return self

    def who(self) -> dict[str, str]:
        """Give the identifiers that were set, by name."""
        return {name: value for name in self.identifiers if (value := getattr(self, name))}


def own_id(*, sent_as: str) -> Any:
    """Give the field of the shop's own ID: `id` in profiles, `external_id` elsewhere (rees46.md#profiles)."""
    return Field(
        None,
        validation_alias=AliasChoices("external_id", "id"),
        serialization_alias=sent_as,
        description="ID of the customer in the shop's own database",
    )


class AnyIdentity(Identity):
    """A person by any key the platform knows; newer installations take them all."""

    identifiers: ClassVar[tuple[str, ...]] = ("email", "phone", "did", "external_id", "loyalty_id", "telegram_id")

    external_id: CustomerId = own_id(sent_as="external_id")
    loyalty_id: CustomerId = Field(None, description="Loyalty programme ID")
    telegram_id: CustomerId = Field(None, description="Telegram ID")
