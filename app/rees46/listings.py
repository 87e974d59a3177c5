"""Listings: products without a query, as a page of the catalogue or of a category shows them."""

from __future__ import annotations

from typing import Annotated

from pydantic import AliasChoices, BeforeValidator, Field, JsonValue

from .narrowing import Ids, Narrowing
from .operation import Http, Operation, Shape, newer
from .search_results import (
    Brand,
    Category,
    ExtendedProduct,
    Filter,
    Location,
    PartOfPrices,
    PriceRange,
    Range,
    as_list,
    filters_by_name,
)
from .values import Identifier

MOST = 1000  # products on a page


class Product(ExtendedProduct):
    """A product of a listing; `image_url` is the picture under the name of newer clients."""

    image_url: str | None = None


class Values(Shape):
    """How many products have a property, and how many of them each of its values."""

    count: int | None = None
    values: dict[str, int] = {}
    priority: int | None = newer()
    ranges: Range | None = newer()


class Page(Shape):
    """One page of products; `products_total`, brands and prices are those of all pages."""

    brands: list[Brand] = []
    price_range: PriceRange = PriceRange()
    products: list[Product | str] = []
    products_total: int = 0
    html: str | None = newer()
    requests_count: int | None = newer()
    clarification: bool | None = newer()
    locations: Annotated[list[Location] | None, BeforeValidator(as_list)] = newer()
    price_ranges: list[PartOfPrices] | None = newer()
    price_median: float | None = newer()
    industrial_filters: dict[str, list[JsonValue]] | None = newer()
    collections: list[JsonValue] | None = newer()


class Listed(Page):
    """A page of the catalogue; the filters stand under their names."""

    filters: Annotated[dict[str, Values], BeforeValidator(filters_by_name)] = {}
    categories: list[Category] | None = newer()


class CategoryPage(Page):
    """A page of a category; `categories` are the category itself and then those in which its products lie."""

    categories: list[Category] = []
    filters: dict[str, Values] | list[Filter] = {}  # by name, as apps need it; one document prints a list


class Narrowed(Narrowing):
    """What narrows a listing, and which page of it is given."""

    limit: int = Field(20, ge=1, le=MOST, description="Products on a page")
    page: int = Field(1, ge=1, le=MOST, description="Number of the page, from 1")


class Products(Narrowed, Operation[Listed]):
    """List the products of the catalogue that are in stock, those that sell most first.

    Source: newer apps' own requests (rees46.md#newer-documents). A category includes those below it.
    """

    http = Http("GET", "/products", child="listing")

    categories: Ids = Field([], description="Only products in these categories (IDs)")


class OfCategory(Narrowed, Operation[CategoryPage]):
    """List the products of a category and of those below it, in stock, those that sell most first.

    404 when there is no such category. Source: newer documentation, "Dynamic filter guide for category"
    (rees46.md#newer-documents).
    """

    http = Http("GET", "/category/{category}")

    category: Identifier = Field(description="ID of the category, or its alias")
    did: Identifier | None = Field(None, description="Device ID of the visitor")
    seance: Identifier | None = Field(
        None, validation_alias=AliasChoices("seance", "sid"), description="ID of the visit"
    )
