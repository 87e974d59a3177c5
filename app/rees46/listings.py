"""Listings: products without a query, as a page of the catalogue or of a category shows them."""

from __future__ import annotations

from pydantic import AliasChoices, Field

from .operation import Http, Operation, Shape
from .search import Brand, Category, ExtendedProduct, Filter, Filters, Ids, PriceRange
from .values import Identifier

MOST = 1000  # products on a page


class Product(ExtendedProduct):
    """A product of a listing; `image_url` is the picture under the name of newer clients."""

    image_url: str


class Values(Shape):
    """How many products have a property, and how many of them each of its values."""

    count: int
    values: dict[str, int]


class Page(Shape):
    """One page of products; `products_total`, brands and prices are those of all pages."""

    brands: list[Brand] = []
    price_range: PriceRange = PriceRange()
    products: list[Product] = []
    products_total: int = 0


class Listed(Page):
    """A page of the catalogue; the filters stand under their names."""

    filters: dict[str, Values] = {}


class Shelf(Page):
    """A page of a category; `categories` are the category itself and then those in which its products lie."""

    categories: list[Category]
    filters: list[Filter] = []


class Narrowed(Shape):
    """What narrows a listing; several values of one parameter widen it."""

    brands: Ids = Field([], description="Only products of these brands (names)")
    locations: Ids = Field([], description="Only products in stock in these locations (IDs)")
    filters: Filters = Field({}, description='Only products with these properties: {"bluetooth": ["yes"]}')
    limit: int = Field(20, ge=1, le=MOST, description="Products on a page")
    page: int = Field(1, ge=1, le=MOST, description="Number of the page, from 1")


class Products(Narrowed, Operation[Listed]):
    """List the products of the catalogue that are in stock, those that sell most first.

    Source: newer apps' own requests (CONTRACT §7). A category includes those below it.
    """

    http = Http("GET", "/products")

    categories: Ids = Field([], description="Only products in these categories (IDs)")


class OfCategory(Narrowed, Operation[Shelf]):
    """List the products of a category and of those below it, in stock, those that sell most first.

    404 when there is no such category. Source: newer documentation, "Dynamic filter guide for category" (CONTRACT §7).
    """

    http = Http("GET", "/category/{category}")

    category: Identifier = Field(description="ID of the category, or its alias")
    did: Identifier | None = Field(None, description="Device ID of the visitor")
    seance: Identifier | None = Field(
        None, validation_alias=AliasChoices("seance", "sid"), description="ID of the visit"
    )
