"""What searches and listings give: products, and what these may be narrowed by, in the shapes of old and new."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, JsonValue

from .product_attributes import InCategory, Param, ProductAttributes
from .shape import Shape, newer


def filter_list(value: Any) -> Any:
    """Read filters by name, `{"Color": {"values": {"red": 12}}}`, as the list of them that older installations give."""
    if not isinstance(value, dict):
        return value
    return [
        {"filter": {"name": name, **facts, "values": _counted(facts.get("values"))}} for name, facts in value.items()
    ]


def _counted(values: Any) -> Any:
    if not isinstance(values, dict):
        return values or []
    return [{"value": name, "count": count} for name, count in values.items()]


def filters_by_name(value: Any) -> Any:
    """Read a list of filters, as older installations give it, under the names of the properties."""
    if not isinstance(value, list):
        return value
    facts = [entry.get("filter", entry) for entry in value if isinstance(entry, dict)]
    return {entry["name"]: entry | {"values": _counts(entry.get("values"))} for entry in facts if entry.get("name")}


def _counts(values: Any) -> Any:
    if not isinstance(values, list):
        return values or {}
    return {entry["value"]: entry.get("count") for entry in values if isinstance(entry, dict) and "value" in entry}


def as_list(value: Any) -> Any:
    """Read a list that is written as an object, under numbers or IDs."""
    if not isinstance(value, dict):
        return value
    return [
        {"id": key, **entry} if isinstance(entry, dict) and "name" in entry and not key.isdecimal() else entry
        for key, entry in value.items()
    ]


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, dict) else value


class Brand(Shape):
    """A brand among the results."""

    name: str
    picture: str | None = None
    count: int | None = newer()


class Category(Shape):
    """A category among the results; IDs are the shop's. Without a url the standard template does not show it."""

    id: str
    name: str
    parent: str | None = None
    url: str | None = None
    alias: str | None = None
    url_handle: str | None = newer()
    count: int | None = newer()


class FilterValue(Shape):
    """A value and how many of the products found have it."""

    value: str
    count: int


class Range(Shape):
    """The ends of a property that is a number."""

    min: float | None = None
    max: float | None = None


class FilterValues(Shape):
    """A property of products: how many of those found have it, and its values, the most frequent first."""

    name: str | None = None
    count: int | None = None
    values: list[FilterValue] = []
    priority: int | None = newer()
    ranges: Range | None = newer()


class Filter(Shape):
    """What the results may be narrowed by."""

    filter: FilterValues


class PriceRange(Shape):
    """The lowest and the highest price among all products found, 0 if there are none."""

    min: float = 0
    max: float = 0


class PartOfPrices(Shape):
    """How many products cost so much; an end that is not there is open."""

    from_: float | None = Field(None, alias="from")
    to: float | None = None
    count: int | None = None


class Product(ProductAttributes):
    """A product found; money is in `currency`. `old_price` is text, "0" if there is none."""

    id: str
    name: str | None = None
    brand: str | None = None
    currency: str | None = None
    is_new: bool | None = None
    old_price: str | None = "0"
    oldprice: float | None = None
    picture: str | None = None
    price: float | None = None
    price_formatted: str | None = None
    url: str | None = None
    image_url: str | None = newer()
    image_url_resized: dict[str, str] | None = newer()
    discount_percent: int | None = newer()
    category_ids: list[str] | None = newer()


class ExtendedProduct(Product):
    """A product found, when `extended` is asked for."""

    barcode: str | None = None
    categories: list[InCategory]
    params: list[Param] = []


class OftenAsked(Shape):
    """A query that others make, for who types the beginning of it."""

    name: str
    url: str | None = None
    url_handle: str | None = None
    score: float | None = None


class Location(Shape):
    """A location below one that was asked for, where products are in stock."""

    id: str
    name: str | None = None
    type: str | None = None


class Redirect(Shape):
    """Where a shop leads who makes this query, in place of what it finds."""

    query: str | None = None
    redirect_link: str | None = None
    deep_link: str | None = None
    deeplink_ios: str | None = None


class Found(Shape):
    """What a search found; nothing found gives the same keys. Source: reference 000, "Search" (rees46.md#search).

    `products_total` counts all products found, `products` is one page of them. Brands, categories, filters and prices
    are those of all products found; in an instant search those of its page, without filters.
    """

    search_query: str | None = None
    products: list[ExtendedProduct | Product | str] = []
    products_total: int = 0
    brands: list[Brand] = []
    categories: list[Category] = []
    filters: Annotated[list[Filter], BeforeValidator(filter_list)] = []
    price_range: PriceRange = PriceRange()
    html: str = ""
    book_authors: list[str] = []
    collections: list[JsonValue] = []
    keywords: list[str] = []
    queries: Annotated[list[str | OftenAsked], BeforeValidator(as_list)] = []
    virtual_categories: list[str] = []
    title: str | None = newer()
    search_query_original: str | None = newer()
    clarification: bool | None = newer()
    requests_count: int | None = newer()
    locations: Annotated[list[Location] | None, BeforeValidator(as_list)] = newer()
    price_ranges: list[PartOfPrices] | None = newer()
    price_median: float | None = newer()
    industrial_filters: dict[str, list[JsonValue]] | None = newer()
    search_query_redirects: Annotated[list[Redirect] | None, BeforeValidator(_listed)] = newer()
    book_author: list[str] | None = newer()
