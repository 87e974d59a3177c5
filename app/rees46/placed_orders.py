"""Orders as `orders.ByUser` tells of them: what was bought, how it was paid, what became of it."""

from __future__ import annotations

from pydantic import Field, JsonValue

from .operation import Shape, newer
from .product_attributes import InCategory, Param, ProductAttributes
from .values import InternalId, Sum


class Goods(ProductAttributes):
    """What the catalogue says now of a product that was bought; of one it has forgotten only ID and name are known."""

    id: str
    name: str | None = None
    price: float | None = None
    price_formatted: str | None = None
    currency: str | None = None
    url: str | None = None
    picture: str | None = None
    image_url: str | None = None
    brand: str | None = None
    barcode: str | None = None
    oldprice: float | None = newer()
    discount_percent: int | None = newer()
    image_url_resized: dict[str, str] | None = newer()
    is_new: bool | None = newer()
    category_ids: list[str] | None = newer()
    categories: list[InCategory] | None = newer()
    params: list[Param] | None = newer()


class Bought(Shape):
    """A line of an order; `price` is what was paid for one piece."""

    amount: int | None = None
    price: Sum = None
    item: Goods
    status: str | None = newer()
    original_price: Sum = newer()
    discount_product: Sum = newer()
    discount_coupon: Sum = newer()
    discount_bonuses: Sum = newer()
    delivery_company: str | None = newer()
    barcode: str | None = newer()
    line_id: str | None = newer()
    cancel_reason: str | None = newer()


class Step(Shape):
    """What an order was and cost at one time."""

    status: str | None = None
    common_value: Sum = None
    cash_value: Sum = None
    bonuses_value: Sum = None
    delivery_value: Sum = None
    discount_value: Sum = None
    date: str | None = None


class Placed(Shape):
    """An order as it stands; `date` is when it was placed: YYYY-MM-DD HH:MM:SS, UTC. Money is in the shop's currency.

    `order_status` is in the shop's own words, `internal_status` is placed, done or cancelled as the shop mapped it.
    """

    internal_id: InternalId = Field(None, alias="_id")
    id: str
    date: str | None = None
    order_status: str | None = None
    value: Sum = None
    cash_value: Sum = None
    bonuses_value: Sum = None
    delivery_value: Sum = None
    location_id: str | None = None
    promocode: str | None = None
    offline: bool | None = None
    channel: str | None = None
    delivery_date: str | None = None
    delivery_type: str | None = None
    delivery_address: str | None = None
    payment_type: str | None = None
    items: list[Bought] | None = None
    internal_status: str | None = newer()
    stream: str | None = newer()
    tax_free: bool | None = newer()
    gift_package: bool | None = newer()
    bank_issuer: str | None = newer()
    bank_pos_processor: str | None = newer()
    bank_loyalty_program: str | None = newer()
    bank_total_installment: float | None = newer()
    payment_card_provider: str | None = newer()
    payment_structure: dict[str, JsonValue] | None = newer()
    value_raw: dict[str, JsonValue] | None = newer()
    custom_properties: dict[str, JsonValue] | None = newer()
    history: list[Step] | None = newer()
