"""Orders: what the shop's own system knows of them, and what a customer bought last."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import AliasChoices, Field, JsonValue, WithJsonSchema

from .identity import AnyIdentity
from .list_schema import Of
from .operation import DATA, Http, Operation, Shape, newer
from .placed_orders import Placed
from .product_attributes import InCategory, Param, ProductAttributes
from .replies import Done
from .values import CustomerId, Day, Email, Flag, Identifier, JsonText, Phone

Text = Annotated[str, Field(max_length=255)]
Money = Annotated[float, Field(ge=-1e12, le=1e12, allow_inf_nan=False)]
Count = Annotated[int, Field(ge=1, le=1_000_000)]
LONGEST_COMMENT = 500
# Statuses may be numbers, and moments seconds of UNIX.
Status = Annotated[str, Field(max_length=255), WithJsonSchema({"type": ["string", "integer"], "maxLength": 255})]
Moment = Annotated[datetime, WithJsonSchema({"type": ["integer", "string"], "format": "date-time"})]


class Payment(Shape):
    """How an order was paid, and what of it was delivery and discount."""

    cash: Money | None = None
    bonuses: Money | None = None
    delivery: Money | None = None
    discount: Money | None = None


class Value(Payment):
    """What an order costs, in the shop's currency: total = cash + bonuses + delivery - discount.

    Newer documents say the parts in `payment_structure`, and here what the goods alone cost.
    """

    total: Money | None = None
    products: Money | None = None

    def does_not_add_up(self) -> bool:
        """Tell whether the parts were said and make another total; a kopeck more or less is rounding."""
        if self.total is None or self.cash is None:
            return False
        parts = self.cash + (self.bonuses or 0) + (self.delivery or 0) - (self.discount or 0)
        return abs(parts - self.total) >= ROUNDING


class LineDetails(Shape):
    """What newer documents know of a line besides; money is for one piece."""

    status: Text | None = Field(
        None, description="created, invoiced, shipped, delivered; cancelled and refunded are not counted"
    )
    original_price: Money | None = None
    discount_product: Money | None = None
    discount_coupon: Money | None = None
    discount_bonuses: Money | None = None
    delivery_company: Text | None = None
    barcode: Text | None = None
    line_id: Text | None = None
    cancel_reason: Text | None = None


class Line(LineDetails):
    """A product of an order; `price` is for one piece, and what the catalogue says where it is missing."""

    id: Identifier
    price: Money | None = None
    quantity: Count = Field(1, validation_alias=AliasChoices("quantity", "amount"))
    name: Annotated[str, Field(max_length=500)] | None = None


class OrderDetails(Shape):
    """What newer documents know of an order besides; `custom` are properties that the shop named itself."""

    tax_free: Flag | None = None
    bank_issuer: Text | None = None
    bank_pos_processor: Text | None = None
    bank_loyalty_program: Text | None = None
    bank_total_installment: Money | None = None
    payment_card_provider: Text | None = None
    gift_package: Flag | None = None
    comment: Annotated[str, Field(max_length=LONGEST_COMMENT)] | None = None
    custom: Annotated[dict[str, JsonValue], JsonText] | None = None


class Order(OrderDetails):
    """An order of `orders.Sync`. Only `id` is needed; what is left out stays as it is.

    `date` is when its status changed: UNIX seconds. `items` are needed for an order that is not known yet; for one that
    is known they replace the former ones, and an empty list changes none. Source: reference 000, "Import orders"
    (rees46.md#orders).
    """

    id: Identifier
    status: Status | None = None
    channel: Text | None = None
    date: Moment | None = None
    offline: Flag | None = None
    email: Email | None = Field(None, validation_alias=AliasChoices("email", "user_email"))
    phone: Phone | None = None
    external_id: CustomerId = Field(None, validation_alias=AliasChoices("external_id", "user_id"))
    loyalty_id: CustomerId = None
    telegram_id: CustomerId = None
    location_id: Text | None = None
    promocode: Text | None = None
    delivery_type: Text | None = None
    delivery_address: Annotated[str, Field(max_length=1000)] | None = None
    delivery_date: Day | None = None
    delivery_time: Annotated[str, Field(max_length=32)] | None = None
    payment_type: Text | None = None
    value: Value = Value()
    payment_structure: Payment | None = None
    items: list[Line] = []

    def cost(self) -> Value:
        """Give what it costs; the parts may stand in either place, and `payment_structure` wins."""
        parts = self.payment_structure.model_dump(exclude_none=True) if self.payment_structure else {}
        return self.value.model_copy(update=parts)

    def who(self) -> dict[str, str]:
        """Give the keys of the customer that were said, if any."""
        names = (name for name in AnyIdentity.identifiers if name in Order.model_fields)
        return {name: key for name in names if (key := getattr(self, name))}


class Sync(Operation[Done]):
    """Add orders, or bring their statuses and items up to date.

    Each element is an Order. They are worked off in the background, one by one and in their order: one that is wrong is
    left out with its reason in the report and stops no other. One whose parts do not make its total is saved as it is,
    and reported.
    """

    http = Http("POST", "/sync/orders", sends="json", secret="parameter", repeatable=True)

    orders: Annotated[list[dict[str, JsonValue]], Of(Order), JsonText] = Field(min_length=1, description="The orders")

    def bare_word(self) -> str:
        """Answer OK to modules of old: they name customers `user_id` and statuses by number, and know no `value`."""
        is_old = all(
            "value" not in order and (OLD_NAMES & order.keys() or _is_number(order.get("status")))
            for order in self.orders
        )
        return "OK" if is_old else ""


def _is_number(value: JsonValue) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


class Product(ProductAttributes):
    """A product that was bought; `price` is what was paid for one piece. The reference prints no shape (row 39).

    Newer installations give the product as the catalogue has it: then no `quantity` is told, and the price is today's.
    """

    id: str = Field(validation_alias=AliasChoices("id", "uniqid"))
    name: str | None = None
    price: float | None = None
    currency: str | None = None
    url: str | None = None
    picture: str | None = None
    quantity: int | None = None
    brand: str | None = newer()
    barcode: str | None = newer()
    oldprice: float | None = newer()
    discount_percent: int | None = newer()
    price_formatted: str | None = newer()
    image_url: str | None = newer()
    image_url_resized: dict[str, str] | None = newer()
    is_new: bool | None = newer()
    category_ids: list[str] | None = newer()
    categories: list[InCategory] | None = newer()
    params: list[Param] | None = newer()


class LastForUser(AnyIdentity, Operation[list[Product]]):
    """List the products of a customer's last order; none if they never bought.

    A device is enough to ask for its own; by any other key it takes the secret.
    """

    http = Http("GET", "/orders/last_for_user", secret="parameter", device_will_do=True)

    seance: Identifier | None = Field(
        None, validation_alias=AliasChoices("seance", "sid"), description="ID of the visit"
    )


class ByUser(AnyIdentity, Operation[list[Placed]]):
    """List the last hundred orders of a customer, newest first; none for who is not known.

    Source: newer documentation, "orders/by_user" (rees46.md#newer-documents).
    """

    http = Http("GET", "/orders/by_user", secret="parameter", envelope=DATA, child="orders")

    date_from: Day | None = Field(None, description="First day, YYYY-MM-DD")


ROUNDING = 0.011
OLD_NAMES = {"user_id", "user_email"}
