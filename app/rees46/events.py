"""Events: what visitors do on the site and in the apps."""

from __future__ import annotations

import re
from typing import Annotated, Any, ClassVar, Literal, Self
from urllib.parse import unquote

from pydantic import AliasChoices, BeforeValidator, Field, JsonValue, PlainSerializer, WithJsonSchema, model_validator

from .event_items import MOST, Amount, FashionSize, Price, lined_up
from .identity import AnyIdentity
from .operation import Http, Operation, Shape
from .replies import Tracked
from .sessions import Stream
from .values import CustomerId, Email, Flag, Identifier, JsonText, Whole, upper

Kind = Literal["view", "category", "search", "cart", "remove_from_cart", "purchase", "wish", "remove_wish", "rate"]
Letter = Annotated[Literal["A", "B"], BeforeValidator(upper)]
Stock = Annotated[
    Flag, PlainSerializer(int, return_type=int), WithJsonSchema({"anyOf": [{"type": "boolean"}, {"enum": [0, 1]}]})
]
Text = Annotated[str, Field(max_length=255)]
Money = Annotated[float, Field(ge=0, le=1e12, allow_inf_nan=False)]
ESCAPED = re.compile("%[0-9A-Fa-f]{2}")
ITEMS = {"view", "cart", "remove_from_cart", "purchase", "wish", "remove_wish", "rate"}


def _once_more_unquoted(value: Any) -> Any:
    """Undo the double encoding of one SDK: `laptop+%26+co` for `laptop & co`."""
    return unquote(value) if isinstance(value, str) and ESCAPED.search(value) else value


def _first(value: Any) -> Any:
    """Take what is said of the first product for what led to the event: one SDK says it of each."""
    return next(iter(value), None) if isinstance(value, list) else value


Led = Annotated[Text, BeforeValidator(_first)]


class Source(Shape):
    """What led the visitor here: a message of a bulk, a chain or a transactional campaign, by its code."""

    source: Text | None = Field(None, validation_alias=AliasChoices("from", "source", "type"))
    code: Text | None = None


class Happened(AnyIdentity):
    """What every event says: who did it, on which visit, led by what."""

    did: Identifier | None = Field(
        None, validation_alias=AliasChoices("did", "ssid"), description="Device ID; an unknown one is registered"
    )
    email: Email | None = Field(
        None, validation_alias=AliasChoices("email", "user_email"), description="E-mail address of the customer"
    )
    external_id: CustomerId = Field(
        None, validation_alias=AliasChoices("external_id", "user_id"), description="ID in the shop's own database"
    )
    seance: Identifier | None = Field(
        None, validation_alias=AliasChoices("seance", "sid"), description="ID of the visit"
    )
    stream: str | None = Stream
    segment: Letter | None = Field(None, description="Letter of the A/B test: A or B")
    referer: str | None = Field(
        None, max_length=2000, validation_alias=AliasChoices("referer", "referrer"), description="Page before this one"
    )
    source: Annotated[Source, JsonText] | None = Field(None, description="What led here: an object of from and code")

    @model_validator(mode="before")
    @classmethod
    def _led_by(cls, params: Any) -> Any:
        """Take `from` and `code` of the call itself, as Android apps send them, for those of its source."""
        if not isinstance(params, dict) or params.get("source") or not (params.get("from") and params.get("code")):
            return params
        return params | {"source": {"from": params["from"], "code": params["code"]}}


class Track(Happened, Operation[Tracked]):
    """Report an event: view, category, search, cart, remove_from_cart, purchase, wish, remove_wish or, as of old, rate.

    What is said of availability overwrites the catalogue. A cart event adds to the cart; with full_cart the cart
    becomes what is listed. A purchase with an order_id that is known changes nothing; without one the order gets a
    number of the box's own, and without order_price it costs what its products cost. Items may come as `item_id[0]` …
    or as `items`, a list of objects. Amounts are pieces, from 1 to 1000; prices are for one piece, in the shop's
    currency.
    Source: reference 000, "Events tracking" (rees46.md#events).
    """

    http: ClassVar[Http] = Http("POST", "/push", sends="form")

    event: Kind = Field(description="What happened")
    item_id: list[Identifier] = Field([], description="IDs of the products")
    amount: list[Amount] = Field([], description="How many pieces of each")
    price: list[Price] = Field([], description="Price for one piece of each")
    is_available: list[Stock | None] = Field([], description="1 or 0: whether each is in stock")
    fashion_size: list[FashionSize] = Field([], description="Size of each, where it has sizes")
    full_cart: Flag | None = Field(None, description="The items are the whole cart")
    full_wish: Flag | None = Field(None, description="The items are the whole list of wishes")
    category_id: Identifier | None = Field(None, description="ID of the category that is viewed")
    search_query: Annotated[str, Field(max_length=1000), BeforeValidator(_once_more_unquoted)] | None = Field(
        None, validation_alias=AliasChoices("search_query", "query"), description="What was searched for"
    )
    rating: float | None = Field(None, ge=0, le=1000, description="What the visitor rated the product")
    recommended_by: Led | None = Field(None, description="What recommended it: dynamic, full_search, …")
    recommended_code: Led | None = Field(None, description="Code of the block that recommended it")
    order_id: Identifier | None = Field(
        None, validation_alias=AliasChoices("order_id", "order"), description="Number of the order in the shop"
    )
    order_price: Money | None = Field(None, description="What the order costs in the end")
    order_cash: Money | None = Field(None, description="How much of it was paid with money")
    order_bonuses: Money | None = Field(None, description="How much of it was paid with bonuses")
    order_delivery: Money | None = Field(None, description="Price of the delivery")
    order_discount: Money | None = Field(None, description="Discount of the order")
    promocode: Text | None = Field(
        None, validation_alias=AliasChoices("promocode", "promo_code"), description="Promo code that was used"
    )
    delivery_type: Text | None = Field(None, description="self_pickup, delivery or pickup_point")
    delivery_address: Annotated[str, Field(max_length=1000)] | None = Field(None, description="Where it goes")
    payment_type: Text | None = Field(None, description="cash, card, …")
    channel: Text | None = Field(None, description="Where it was ordered")

    @model_validator(mode="before")
    @classmethod
    def _lined_up(cls, params: Any) -> Any:
        return lined_up(params) if isinstance(params, dict) else params

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.event == "category" and not self.category_id:
            raise ValueError("category_id: the event needs it")
        if self.event == "search" and not self.search_query:
            raise ValueError("search_query: the event needs it")
        if len(self.item_id) > MOST:
            raise ValueError(f"item_id: at most {MOST} products")
        may_be_empty = (self.event == "cart" and self.full_cart) or (self.event == "wish" and self.full_wish)
        if self.event in ITEMS and not self.item_id and not may_be_empty:
            raise ValueError("item_id: the event needs it")
        return self


class Custom(Happened, Operation[Tracked]):
    """Report an event of the shop's own; a name that is new is registered.

    Source: reference 000, "Track custom event" (rees46.md#custom-events).
    """

    http: ClassVar[Http] = Http("POST", "/push/custom", sends="form")

    event: Identifier = Field(description="Name of the event")
    category: Text | None = Field(None, description="Category of the event")
    label: Text | None = Field(None, description="Label of the event")
    value: Whole | None = Field(None, description="Value of the event, a whole number")
    payload: Annotated[JsonValue, JsonText] = Field(None, description="Anything more, as JSON")
