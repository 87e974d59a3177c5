"""What newer installations tell of a product wherever they give one: in searches, blocks, listings and orders."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AliasChoices, BeforeValidator, Field, JsonValue

from .shape import Shape, newer


def _listed(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


class InCategory(Shape):
    """A category that a product lies in; IDs are the shop's."""

    id: str
    name: str | None = None
    parent: str | None = None
    parent_id: str | None = newer()
    name_with_parent: str | None = newer()
    level: str | None = newer()
    branch: str | None = newer()
    url: str | None = None
    alias: str | None = None
    url_handle: str | None = newer()


class Param(Shape):
    """A property of a product."""

    key: str = Field(validation_alias=AliasChoices("key", "name"))
    values: Annotated[list[str], BeforeValidator(_listed)] = Field(validation_alias=AliasChoices("values", "value"))
    unit: str | None = newer()


class ProductAttributes(Shape):
    """Attributes that are there or not; none of them decides anything.

    Source: newer documentation, "search/full" and "catalog/product".
    """

    internal_id: str | None = newer(alias="_id")
    group_id: str | None = newer()
    description: str | None = newer()
    model: str | None = newer()
    vendor_code: str | None = newer()
    url_handle: str | None = newer()
    deeplink_ios: str | None = newer()
    deeplink_android: str | None = newer()
    price_full: float | None = newer()
    price_full_formatted: str | None = newer()
    oldprice_full: float | None = newer()
    oldprice_formatted: str | None = newer()
    oldprice_full_formatted: str | None = newer()
    discount: JsonValue = newer()  # per cent, or in products/get whether there is one
    discount_formatted: str | None = newer()
    image_url_handle: str | None = newer()
    sales_rate: float | None = newer()
    relative_sales_rate: float | None = newer()
    stock_quantity: float | None = newer()
    leftovers: str | None = newer()  # one, few or lots
    rating: float | None = newer()
    fashion_sizes: list[JsonValue] | None = newer()
    fashion_original_sizes: list[JsonValue] | None = newer()
    fashion_colors: list[JsonValue] | None = newer()
    widgetable: bool | None = newer()
    ignored: bool | None = newer()
    location_ids: list[str] | None = newer()
    locations: JsonValue = newer()
    fashion: JsonValue = newer()  # and the following: as the shop imported them
    child: JsonValue = newer()
    jewelry: JsonValue = newer()
    cosmetic: JsonValue = newer()
    pharmacy: JsonValue = newer()
    book: JsonValue = newer()
    realty: JsonValue = newer()
    auto: JsonValue = newer()
    fmcg: JsonValue = newer()
    pets: JsonValue = newer()
