"""The item of a product import: what a shop says of one product.

Source: reference 002, "Загрузка товаров" (rees46.md#catalogue-items). These are msgspec structures, not pydantic ones:
an import holds fifty thousand items, and this is five times as quick. Numbers may come as text, text as numbers, and
one value where a list is due; a truth may be true, 1, "yes" or "4".
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

import msgspec
from msgspec import Meta

from .niches import (
    Above,
    Auto,
    Book,
    Child,
    Cosmetic,
    Fashion,
    Fmcg,
    Jewelry,
    Niche,
    Pets,
    Pharmacy,
    Realty,
    Said,
    Some,
    Truth,
)

LONGEST_PICTURE = 500
DATE = r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
FALSE = {"", "0", "false", "no", "off", "null", "undefined"}

Text = Annotated[str, Meta(min_length=1)]
Id = Annotated[str, Meta(min_length=1, max_length=255)] | int
Short = Annotated[str, Meta(max_length=255)] | int
Address = Annotated[str, Meta(min_length=1, max_length=2000)]
Count = Annotated[int, Meta(ge=0, le=2_147_483_647)]
Percent = Annotated[float, Meta(ge=0, le=100)]
Month = Annotated[int, Meta(ge=1, le=12)]
Rating = Annotated[float, Meta(ge=0, le=5)]
Picture = Annotated[str, Meta(min_length=1, max_length=LONGEST_PICTURE)]
Date = Annotated[str, Meta(pattern=DATE)]


class Param(Niche):
    """A property of the product: its name, its values, their unit. One without a name is passed over."""

    several: ClassVar[tuple[str, ...]] = ("value",)

    name: str = ""
    value: Some | None = None
    unit: Said | None = None
    priority: int | None = None  # the higher, the earlier among the filters
    searchable: Truth | None = None  # false: not among the filters of a search


class Place(Niche):
    """Price and stock in one location; what is left out is as in the product itself."""

    several: ClassVar[tuple[str, ...]] = ("merchant", "sizes")

    location: Id
    price: Above | None = None
    oldprice: Above | None = None
    discount_percent: Percent | None = None
    merchant: Some | None = None
    stock_quantity: Count | None = None
    sizes: Some | None = None
    weight: Count | None = None  # grams
    delivery_types: dict[str, int] | None = None  # pieces by a type of the shop's own, such as store, warehouse


class Item(Niche, kw_only=True):
    """A product. Those without a default are mandatory: without one of them the item is left out.

    Prices are in `currency`, or in the shop's. `discount_percent` is worked out from oldprice and price where it is
    missing: whole, rounded down. With `locations` the product is in stock there and nowhere else.
    """

    several: ClassVar[tuple[str, ...]] = ("merchant", "tags", "accessories", "customer_recommendations")

    id: Id
    name: Text | int
    price: Above
    url: Address
    picture: Picture
    categories: Annotated[list[Id], Meta(min_length=1)]  # those it lies in, not the way there
    available: Truth | None = None  # in stock unless it says otherwise
    ignored: Truth | None = None  # never shown
    oldprice: Annotated[float, Meta(ge=0, le=1e12)] | None = None
    currency: Annotated[str, Meta(max_length=16)] | None = None
    discount_percent: Percent | None = None
    brand: Short | None = None
    barcode: Short | None = None
    group_id: Short | None = None  # what variants of one product share
    locations: list[Place] | None = None
    params: list[Param] | None = None
    description: Said | None = None
    type_prefix: Said | None = None
    brand_picture: str | None = None
    vendor_code: Said | None = None
    model: Said | None = None
    merchant: Some | None = None
    tags: Some | None = None
    stock_quantity: Count | None = None
    gift: Truth | None = None  # a gift's name, or whether there is one
    installment: Count | None = None  # months
    promocode: Said | None = None
    price_with_promocode: Annotated[float, Meta(ge=0, le=1e12)] | None = None
    price_margin: Percent | None = None
    deeplink_android: str | None = None
    deeplink_ios: str | None = None
    bonuses_accrual_allowed: Truth | None = None
    bonuses_spending_allowed: Truth | None = None
    discounts_allowed: Truth | None = None
    accessories: Some | None = None
    customer_recommendations: Some | None = None
    seasonality: list[Month] | None = None
    rating: Rating | None = None
    leftovers: Said | None = None  # one, few or lot
    is_new: Truth | None = None
    is_child: Truth | None = None
    is_fashion: Truth | None = None
    date: Date | None = None
    creation_date: Date | None = None
    fashion: Fashion | None = None
    child: Child | None = None
    jewelry: Jewelry | None = None
    cosmetic: Cosmetic | None = None
    pharmacy: Pharmacy | None = None
    book: Book | None = None
    realty: Realty | None = None
    auto: Auto | None = None
    fmcg: Fmcg | None = None
    pets: Pets | None = None

    def discount(self, price: float | None = None, oldprice: float | None = None) -> int | None:
        """Work out the discount of a price, or of the item's own where that is missing."""
        now, before = price or self.price, oldprice or self.oldprice
        return int((before - now) * 100 // before) if before and before > now else None


ITEM = msgspec.json.Decoder(Item, strict=False)
NICHES = ("fashion", "child", "jewelry", "cosmetic", "pharmacy", "book", "realty", "auto", "fmcg", "pets")
MANDATORY = ("id", "name", "price", "url", "picture", "categories")


def is_true(value: Any) -> bool:
    """Read a truth however it is written."""
    return value.strip().lower() not in FALSE if isinstance(value, str) else bool(value)
