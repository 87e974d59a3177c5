"""Promotions of the loyalty programme: what makes an order cheaper, or brings more bonuses.

Source: newer documentation, "loyalty/promotions" (rees46.md#loyalty).
"""

from __future__ import annotations

from typing import Annotated

from pydantic import AliasChoices, Field, JsonValue

from .identity import AnyIdentity
from .operation import SUCCESS, Http, Operation, Shape
from .values import CsvList, Flag, Identifier, JsonText, Phone

Text = Annotated[str, Field(max_length=255)]
Clock = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Codes = Annotated[list[Text], CsvList, Field(max_length=100)]
Money = Annotated[float, Field(ge=0, le=1e12, allow_inf_nan=False)]


class Promotion(Shape):
    """A promotion. `reward_rules` says for which products it gives how much: an object of the platform's own."""

    id: int
    name: str | None = None
    description: str | None = None
    start_date: str | None = None
    finish_date: str | None = None
    stream: str | None = None
    badge_label: str | None = None
    badge_color: str | None = None
    reward_type: str | None = None
    reward_rules: dict[str, JsonValue] | None = None


class List(Operation[list[Promotion]]):
    """List the promotions that are active, whatever their hours and days."""

    http = Http("GET", "/loyalty/promos", secret="parameter", envelope=SUCCESS, child="promotions")

    stream: Text | None = Field(None, description="Only those of this stream")


class Circumstances(Shape):
    """Where and when somebody buys."""

    location_id: Text | None = Field(None, description="ID of the location")
    stream: Text | None = Field(None, description="Where it is bought: web, ios, android, …")
    current_time: Clock | None = Field(None, description="Local time, HH:MM")
    promo_codes: Codes | None = Field(None, description="Promo codes that are to be used")
    charge_bonuses: Flag | None = Field(None, description="Whether bonuses are to be spent")
    subscription: Text | None = Field(None, description="Code of a paid subscription")


class ForClient(AnyIdentity, Circumstances, Operation[list[Promotion]]):
    """List the promotions that are active now and fit a person. It takes no secret."""

    http = Http("GET", "/loyalty/promos/for-client", envelope=SUCCESS, child="promotions")

    seance: Identifier | None = Field(
        None, validation_alias=AliasChoices("seance", "sid"), description="ID of the visit, with did"
    )


class Piece(Shape):
    """A product of a cart. The flags say whether it may be made cheaper, paid with bonuses, and bring bonuses."""

    product_id: Identifier = Field(validation_alias=AliasChoices("product_id", "uniqid", "id"))
    price: Annotated[float, Field(gt=0, le=1e12, allow_inf_nan=False)]
    quantity: Annotated[int, Field(gt=0, le=1_000_000)]
    discountable: Flag | None = None
    bonusable: Flag | None = None
    rewardable: Flag | None = None


Pieces = Annotated[list[Piece], JsonText, Field(min_length=1, max_length=1000)]


class Cart(Circumstances, Operation[list[Promotion]]):
    """List the promotions that a cart of a member would get; an older way to ask.

    A device is enough; by a member's number it takes the secret.
    """

    http = Http(
        "POST",
        "/loyalty/promos/cart",
        sends="json",
        secret="parameter",
        device_will_do=True,
        reads=True,
        envelope=SUCCESS,
        child="promotions",
    )

    identifier: Phone | None = Field(None, description="Phone number of the member")
    did: Identifier | None = Field(None, description="Device ID, instead of the number and the secret")
    cart_items: Pieces = Field(description="What lies in the cart")
