"""Orders in the loyalty programme: what a cart would cost, the order that is kept for it, and its end.

They are not the orders of `orders.Sync`: those are the shop's, these are how much discounts and bonuses each took.
Source: newer documentation, "loyalty/checkout" (rees46.md#loyalty).
"""

from __future__ import annotations

from typing import Annotated

from pydantic import AliasChoices, Field, JsonValue

from .loyalty_members import OfMember
from .loyalty_promos import Circumstances, Codes, Pieces
from .operation import DECIDES, STATUS, Http, Operation, Shape, newer
from .values import Flag, Identifier, Phone

Number = float | None
Told = Annotated[float | None, DECIDES]


class Item(Shape):
    """A product of the order: what it costs, what made it cheaper, and what it brings."""

    product_id: str = Field(validation_alias=AliasChoices("product_id", "uniqid", "id"))
    name: str | None = newer()
    quantity: int | None = None
    price: Number = None
    total: Number = None
    discountable: bool | None = None
    discountable_reason: str | None = newer()
    bonusable: bool | None = None
    bonusable_reason: str | None = newer()
    rewardable: bool | None = None
    rewardable_reason: str | None = newer()
    paid_with_offers: Number = None
    paid_with_referral_discounts: Number = None
    paid_with_discounts: Number = None
    paid_with_bonuses: Number = None
    paid_with_certificates: Number = None
    bonuses_used: Number = None
    bonuses_reward: Number = None
    total_after_discounts: Number = None
    total_after_discounts_per_product: Number = None
    bonuses_reward_promotions: dict[str, JsonValue] | None = newer()
    certificates: dict[str, JsonValue] | list[JsonValue] | None = newer()


class Failed(Shape):
    """A code that was not taken, and why."""

    code: str
    message: str | None = None


class Order(Shape):
    """What an order costs after all that makes it cheaper: money in the shop's currency."""

    order_id: str | None = None
    identifier: str | None = None
    payment_type: str | None = None
    products_total: int | None = None
    order_total: Told = None
    order_total_change: Number = newer()
    saved_total: Number = None
    saved_by_discounts: Number = None
    saved_by_bonuses: Number = None
    saved_by_offers: Number = None
    saved_by_certificates: Number = None
    order_to_pay: Told = None
    order_bonuses_to_charge: Number = None
    bonuses_balance: Number = None
    bonuses_reward: Number = None
    bonuses_referrer_reward: Number = None
    referrer_identifier: str | None = None
    referral_program: int | None = None
    applied_promotions: list[int] | None = None
    rewarded_stickers: dict[str, JsonValue] | None = None
    used_stickers: dict[str, JsonValue] | None = None
    stickers_balance: dict[str, JsonValue] | None = None
    promo_codes: list[str] | None = None
    promo_codes_failed: list[Failed] | None = None
    certificates: list[JsonValue] | None = None
    certificates_failed: list[Failed] | None = None
    items: list[Item] | None = None


class Bought(Circumstances):
    """What is bought, by whom, and what is to make it cheaper."""

    cart_items: Pieces = Field(description="The products, no article twice")
    identifier: Phone | None = Field(None, description="Phone number of the member; left out: of nobody")
    payment_type: Annotated[str, Field(max_length=255)] | None = Field(None, description="cash, card, …")
    certificates: Codes | None = Field(None, description="Codes of certificates that are to be used")
    bonuses_amount: Annotated[int, Field(ge=0, le=1_000_000_000)] | None = Field(
        None, description="How many bonuses are to be spent at most"
    )
    use_personal_certificates: Flag | None = Field(None, description="Whether the member's own certificates are used")


class Estimate(Bought, Operation[Order]):
    """Say what a cart would cost; nothing is kept."""

    http = Http("POST", "/loyalty/checkout/estimate", sends="json", secret="parameter", reads=True, envelope=STATUS)

    order_id: Identifier | None = Field(None, description="Number of the order, if it has one")


class Apply(Bought, Operation[Order]):
    """Keep an order and reserve what it spends. It may be said anew until the order is confirmed or cancelled."""

    http = Http("POST", "/loyalty/checkout/apply", sends="json", secret="parameter", repeatable=True, envelope=STATUS)

    order_id: Identifier = Field(description="Number of the order")


class Ended(Shape):
    """Which order it was, and whose."""

    order_id: str
    identifier: str | None = None


class OfOrder(Shape):
    """Which order."""

    order_id: Identifier = Field(description="Number of the order")


class Confirm(OfOrder, Operation[Ended]):
    """Say that an order was bought: what it brings becomes active. Saying it twice does no harm."""

    http = Http("POST", "/loyalty/checkout/confirm", sends="json", secret="parameter", repeatable=True, envelope=STATUS)


class Cancel(OfOrder, Operation[Ended]):
    """Say that an order came to nothing: bonuses, codes and certificates are given back. It is final."""

    http = Http("POST", "/loyalty/checkout/cancel", sends="json", secret="parameter", repeatable=True, envelope=STATUS)


class Change(OfOrder, Operation[Order]):
    """Take back a part of an order: `cart_items` are what remains. A change below 0 is money to pay back."""

    http = Http("POST", "/loyalty/checkout/change", sends="json", secret="parameter", repeatable=True, envelope=STATUS)

    cart_items: Pieces = Field(description="The products that remain")


class Details(OfOrder, Operation[Order]):
    """Read an order with all that made it cheaper."""

    http = Http("GET", "/loyalty/checkout/details", secret="parameter", envelope=STATUS)


class BoughtItem(Shape):
    """A product of an order; `price` is for one piece, after all discounts. An unknown name is `---`."""

    id: str
    name: str | None = None
    quantity: int | None = None
    price: float | None = None


class Placed(Shape):
    """An order of a member: `total` is the money that was to be paid."""

    id: str
    date: str | None = None
    status: str | None = None
    total: float | None = None
    discounts: dict[str, JsonValue] | None = newer()
    items: list[BoughtItem] | None = None


class History(OfMember, Operation[list[Placed]]):
    """List the orders of a member, newest first."""

    http = Http("GET", "/loyalty/checkout/history", secret="parameter", envelope=STATUS, child="orders")
