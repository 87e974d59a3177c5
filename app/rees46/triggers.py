"""Triggers that customers ask for themselves: tell me when this costs less, tell me when it is back.

Apps and sites call them without the secret. The reference prints them as calls of the JavaScript SDK only; the paths
are those of newer installations (rees46.md#triggers).
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self

from pydantic import AliasChoices, Field, JsonValue, model_validator

from .identity import AnyIdentity
from .operation import Http, Operation, Shape, newer
from .replies import Done
from .values import CsvList, Day, Identifier, JsonText

Items = Annotated[list[Identifier], CsvList]


class Subscriber(AnyIdentity):
    """Who wants to be told of which products: of `item`, or of several `item_ids`."""

    item: Identifier | None = Field(
        None, validation_alias=AliasChoices("item", "item_id"), description="ID of the product"
    )
    item_ids: Items = Field([], description="IDs of several products")

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not self.items():
            raise ValueError("item: the ID of a product is needed")
        return self

    def items(self) -> list[str]:
        """Give the products, each once."""
        return list(dict.fromkeys([*([self.item] if self.item else []), *self.item_ids]))


class SubscribeToPriceDrop(Subscriber, Operation[Done]):
    """Tell a customer once when a product costs less than `price`. A second time the newer price counts.

    The customer is made if unknown. The subscription is over when the message was sent.
    """

    http = Http("POST", "/subscriptions/subscribe_for_product_price", sends="json", repeatable=True)

    price: float = Field(gt=0, le=1e12, allow_inf_nan=False, description="The price that the customer sees now")


class SubscribeToBackInStock(Subscriber, Operation[Done]):
    """Tell a customer once when a product is back in stock.

    The customer is made if unknown. The subscription is over when the message was sent.
    """

    http = Http("POST", "/subscriptions/subscribe_for_product_available", sends="json", repeatable=True)

    properties: Annotated[dict[str, JsonValue], JsonText] = Field(
        {}, description="Which variant: fashion_size, fashion_color, barcode"
    )


class UnsubscribeFromPriceDrop(AnyIdentity, Operation[Done]):
    """Stop waiting for lower prices of some products; an empty list stops it for all. No error if nobody waited."""

    http = Http("POST", "/subscriptions/unsubscribe_from_product_price", sends="json", repeatable=True)

    item_ids: Items = Field(
        [], validation_alias=AliasChoices("item_ids", "item", "item_id"), description="IDs of the products; none is all"
    )


class UnsubscribeFromBackInStock(AnyIdentity, Operation[Done]):
    """Stop waiting for the return of some products; an empty list stops it for all. No error if nobody waited."""

    http = Http("POST", "/subscriptions/unsubscribe_from_product_available", sends="json", repeatable=True)

    item_ids: Items = Field(
        [], validation_alias=AliasChoices("item_ids", "item", "item_id"), description="IDs of the products; none is all"
    )


class Question(AnyIdentity):
    """Whether somebody waits for a product."""

    item: Identifier = Field(validation_alias=AliasChoices("item", "item_id"), description="ID of the product")


class CheckPriceDrop(Question, Operation[bool]):
    """Tell whether a customer waits for a lower price of a product; a did alone asks for this device's owner."""

    http = Http("GET", "/products/check_price_drop_subscription", secret="parameter", device_will_do=True)


class CheckBackInStock(Question, Operation[bool]):
    """Tell whether a customer waits for the return of a product; a did alone asks for this device's owner."""

    http = Http("GET", "/products/check_product_available_subscription", secret="parameter", device_will_do=True)


class Waiting(Shape):
    """A product and who waits for it; `date` is when the last of them began to.

    Both keys give their number. Source: reference 000, "Get subscriptions for products in stock" (rees46.md#triggers).
    """

    id: str
    barcode: str | None = None
    quantity: int
    subscribers: int | None = None
    date: date
    contacts: list[str]


class Subscription(Shape):
    """One person who waits for one product, as newer installations list them; `properties` are the variant's.

    Source: newer documentation, "products/subscribers".
    """

    subscribed_at: str
    email: str | None = None
    phone: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    sku: str | None = None
    model: str | None = None
    barcode: str | None = None
    group_id: str | None = None
    properties: dict[str, JsonValue] | None = newer()


class WaitingForStock(Operation[list[Waiting | Subscription]]):
    """List the products whose return customers wait for, those asked for last first."""

    http = Http("GET", "/products/subscribers/stock", secret="parameter")

    date_from: Day | None = Field(None, description="First day of the subscriptions, YYYY-MM-DD")
    date_to: Day | None = Field(None, description="Last day, included, YYYY-MM-DD")


class WaitingForPrice(Operation[list[Waiting | Subscription]]):
    """List the products whose price customers wait to drop, those asked for last first."""

    http = Http("GET", "/products/subscribers/price", secret="parameter")

    date_from: Day | None = Field(None, description="First day of the subscriptions, YYYY-MM-DD")
    date_to: Day | None = Field(None, description="Last day, included, YYYY-MM-DD")
