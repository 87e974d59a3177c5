"""Profiles: what is known of a customer."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, JsonValue, model_validator

from .identity import AnyIdentity, own_id
from .operation import DECIDES, Http, Operation, Shape
from .replies import Done
from .values import PROTOCOL, Bonuses, CustomerId, Day, Email, Flag, Identifier, JsonText, Phone, lower

Gender = Annotated[Literal["m", "f"], BeforeValidator(lower)]
Text = Annotated[str, Field(max_length=255)]
LED_BY = {"from", "code"}
UNTRUE = {"false", "0", "no", "off", "null", "undefined", ""}
MOST_PROPERTIES, LONGEST_NAME = 500, 255  # characters of a name
LARGEST_PROPERTIES = 256 * 1024  # characters of all custom properties of a call as JSON


def _told_bought(value: Any) -> Any:
    """Take any true value: true, "true", 1, yes, "believe me"; refuse what says no."""
    words = "true" if value is True else str(value).strip()
    if value is False or words.lower() in UNTRUE:
        raise ValueError("Say that you understand what you are doing, with any true value")
    return words


class Part(Shape):
    """An object inside a profile; empty text in it means no value."""

    @model_validator(mode="before")
    @classmethod
    def _without_empty(cls, part: Any) -> Any:
        return {key: value for key, value in part.items() if value != ""} if isinstance(part, dict) else part


class Kid(Part):
    """A child of the customer."""

    gender: Gender | None = None
    birthday: Day | None = None


class Car(Part):
    """A car of the customer."""

    brand: Text | None = None
    model: Text | None = None
    vds: Text | None = None


class Attributes(Shape):
    """What a shop may say of a customer. Source: reference 000, "Save profile" (rees46.md#profiles)."""

    fb_id: Text | None = Field(None, description="Facebook ID")
    vk_id: Text | None = Field(None, description="VK ID")
    loyalty_card_location: Text | None = Field(None, description="Location that issued the loyalty card")
    loyalty_status: Text | None = Field(None, description="Status in the loyalty programme")
    loyalty_bonuses: Bonuses | None = Field(None, description="Bonuses on the loyalty account")
    loyalty_bonuses_to_next_level: Bonuses | None = Field(None, description="Bonuses missing to the next level")
    gender: Gender | None = Field(None, description="m or f")
    location: Text | None = Field(None, description="Code of the location")
    first_name: Text | None = Field(None, description="First name")
    last_name: Text | None = Field(None, description="Last name")
    age: int | None = Field(None, ge=0, le=150, description="Age in years")
    birthday: Day | None = Field(None, description="Birthday, YYYY-MM-DD")
    bought_something: Flag | None = Field(None, description="Whether they have ever bought")
    kids: Annotated[list[Kid], JsonText] | None = Field(None, max_length=50, description="Children")
    auto: Annotated[list[Car], JsonText] | None = Field(None, max_length=50, description="Cars")


def custom_of(call: BaseModel) -> dict[str, JsonValue]:
    """Give what was said beyond the parameters that the API knows."""
    return {key: value for key, value in (call.model_extra or {}).items() if key not in PROTOCOL}


def check_custom(properties: dict[str, JsonValue]) -> None:
    """Raise ValueError for custom properties that nobody means."""
    if len(properties) > MOST_PROPERTIES or any(len(name) > LONGEST_NAME for name in properties):
        raise ValueError(f"At most {MOST_PROPERTIES} custom properties, with names of {LONGEST_NAME} characters")
    if properties and len(json.dumps(properties, ensure_ascii=False)) > LARGEST_PROPERTIES:
        raise ValueError("The custom properties are too large")


class Set(AnyIdentity, Attributes, Operation[Done]):
    """Save what is known of a customer: given fields replace, others stay. Unknown keys are custom properties."""

    model_config = ConfigDict(extra="allow")
    http = Http("POST", "/profile/set", sends="form", secret="parameter", device_will_do=True, repeatable=True)

    external_id: CustomerId = own_id(sent_as="id")

    @model_validator(mode="after")
    def _reasonable(self) -> Self:
        check_custom(self.custom())
        return self

    def custom(self) -> dict[str, JsonValue]:
        """Give the custom properties that were sent; `from` with `code` is what led here, as Android apps tell it."""
        said = custom_of(self)
        return {key: value for key, value in said.items() if key not in LED_BY} if said.keys() >= LED_BY else said


class OrderItem(Shape):
    """A line of an order."""

    id: str
    price: float | None = None
    name: str | None = None
    quantity: int | None = None


class Order(Shape):
    """An order in the profile; value is in the shop's currency."""

    id: str
    value: float | None = None
    status: str | None = None
    items: list[OrderItem] | None = None


class Profile(Shape):
    """A customer, whole; unknown values are null. Source: reference 000, "Get profile" (rees46.md#profiles).

    Of what was left out nothing is known: without `orders` nobody can say that there are none.
    """

    first_name: str | None = None
    last_name: str | None = None
    email: Annotated[str | None, DECIDES] = None
    phone: Annotated[str | None, DECIDES] = None
    fb_id: str | None = None
    vk_id: str | None = None
    telegram_id: str | None = None
    loyalty_id: str | None = None
    loyalty_card_location: str | None = None
    loyalty_status: str | None = None
    loyalty_bonuses: int | None = None
    loyalty_bonuses_to_next_level: int | None = None
    gender: str | None = None
    location: str | None = None
    age: int | None = None
    birthday: str | None = None
    bought_something: bool | None = None
    tags: list[str] = []
    custom_properties: Annotated[dict[str, JsonValue] | None, DECIDES] = None
    additional_phones: list[str] = []
    additional_emails: list[str] = []
    additional_loyalty_ids: list[str] = []
    orders: Annotated[list[Order] | None, DECIDES] = None


class AnonymousProfile(Shape):
    """What a device may learn of its owner: nothing personal. Source: rees46.md#device-profile."""

    fashion_sizes: list[JsonValue] = []
    gender: str | None = None
    cosmetic_hair: list[JsonValue] = []
    allergy: bool | None = None
    cosmetic_skin: list[JsonValue] = []
    cosmetic_perfume: list[JsonValue] = []
    compatibility: JsonValue = None
    vds: JsonValue = None
    jewelry: JsonValue = None
    realty: list[JsonValue] = []
    children: list[JsonValue] = []
    child_gender: str | None = None
    pets: list[JsonValue] = []
    income_level: str | None = None
    has_email: bool | None = None
    bought_something: bool | None = None
    custom_properties: dict[str, JsonValue] | None = None
    id: str | None = None
    computed_gender: str | None = None


# Keys that only a whole profile has.
OF_SOMEBODY = {"orders", "email", "phone", "first_name", "last_name", "loyalty_id", "tags", "additional_emails"}


def _whole(reply: Any) -> bool:
    return isinstance(reply, Profile) or (isinstance(reply, dict) and not OF_SOMEBODY.isdisjoint(reply))


class Read(AnyIdentity, Operation[Profile | AnonymousProfile]):
    """Read a profile: whole with the secret, anonymous for a device without it."""

    http = Http("GET", "/profile", secret="parameter", device_will_do=True)

    @classmethod
    def read_content(cls, content: Any) -> Profile | AnonymousProfile:
        """Tell the two replies apart by what only a whole profile has."""
        kind = Profile if _whole(content) else AnonymousProfile
        return kind.model_validate(content, extra="ignore")


Certainty = Annotated[str, Field(max_length=1000), BeforeValidator(_told_bought)]
CERTAIN = Field(description="Any true value: whoever has the new one loses it")


class ForceChangeEmail(Operation[Done]):
    """Give a customer another e-mail address; whoever has it now loses it. Nothing is merged."""

    http = Http("POST", "/profile/force_change_email", sends="form", secret="parameter")

    old_email: Email = Field(description="Address the customer has now")
    new_email: Email = Field(description="Address the customer gets")
    i_understand_what_i_am_doing: Certainty = CERTAIN


class ForceChangePhone(Operation[Done]):
    """Give a customer another phone number; whoever has it now loses it. Nothing is merged.

    Source: newer documentation, "profile/force_change_phone" (rees46.md#newer-documents).
    """

    http = Http("POST", "/profile/force_change_phone", sends="form", secret="parameter")

    old_phone: Phone = Field(description="Phone number the customer has now")
    new_phone: Phone = Field(description="Phone number the customer gets")
    i_understand_what_i_am_doing: Certainty = CERTAIN


class ForceChangeId(Operation[Done]):
    """Give a customer another ID of the shop's own; whoever has it now loses it. Nothing is merged.

    Source: newer documentation, "profile/force_change_id" (rees46.md#newer-documents).
    """

    http = Http("POST", "/profile/force_change_id", sends="json", secret="parameter")

    old_external_id: Identifier = Field(description="ID the customer has now")
    new_external_id: Identifier = Field(description="ID the customer gets")
    i_understand_what_i_am_doing: Certainty = CERTAIN


class Purge(AnyIdentity, Operation[Done]):
    """Make a customer nameless for good: every key, name, custom property and address is forgotten.

    What they bought and did stays, without them. 404 for who is not known. Source: newer documentation,
    "profile/purge" (rees46.md#newer-documents).
    """

    http = Http("DELETE", "/profile/purge", sends="json", secret="parameter")


__all__ = ["AnonymousProfile", "Attributes", "ForceChangeEmail", "Order", "Profile", "Read", "Set"]
