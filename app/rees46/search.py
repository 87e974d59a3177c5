"""Search over the catalogue: as a person types, on a page of results, and what was looked for in vain."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal
from urllib.parse import unquote

from pydantic import AliasChoices, BeforeValidator, Field

from .identity import Identity
from .operation import Http, Operation, Shape
from .values import CsvList, Flag, Identifier, JsonText, lower

LONGEST_QUERY = 255  # characters; what is longer is cut
DEEPEST_OFFSET = 100_000
ABSENT: tuple[Any, ...] = (None, "", [])
ENCODED = re.compile(r"%[0-9A-Fa-f]{2}")


def _query(value: Any) -> Any:
    """Undo the double encoding of one SDK (CONTRACT §1.1), and cut."""
    if not isinstance(value, str):
        return value
    return (unquote(value) if ENCODED.search(value) else value).strip()[:LONGEST_QUERY]


def _lists(value: Any) -> Any:
    """Take one value of a filter for a list of one; a filter without values, as when all are unticked, for none."""
    if not isinstance(value, dict):
        return value
    return {
        name: chosen if isinstance(chosen, list) else [chosen] for name, chosen in value.items() if chosen not in ABSENT
    }


Query = Annotated[str, Field(min_length=1), BeforeValidator(_query)]
Ids = Annotated[list[Identifier], CsvList]
Filters = Annotated[dict[str, list[str]], BeforeValidator(_lists), JsonText]
Price = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class Brand(Shape):
    """A brand among the results."""

    name: str
    picture: str | None = None


class Category(Shape):
    """A category among the results; IDs are the shop's. Without a url the standard template does not show it."""

    id: str
    name: str
    parent: str | None = None
    url: str | None = None
    alias: str | None = None


class FilterValue(Shape):
    """A value and how many of the products found have it."""

    value: str
    count: int


class FilterValues(Shape):
    """A property of products: how many of those found have it, and its values, the most frequent first."""

    name: str | None = None
    count: int
    values: list[FilterValue]


class Filter(Shape):
    """What the results may be narrowed by."""

    filter: FilterValues


class PriceRange(Shape):
    """The lowest and the highest price among all products found, 0 if there are none."""

    min: float = 0
    max: float = 0


class Product(Shape):
    """A product found; money is in `currency`. `old_price` is text, "0" if there is none."""

    id: str
    name: str
    brand: str | None = None
    currency: str
    is_new: bool | None = None
    old_price: str = "0"
    oldprice: float | None = None
    picture: str
    price: float
    price_formatted: str
    url: str


class OfCategory(Shape):
    """A category that a product lies in."""

    id: str
    name: str
    parent: str | None = None


class Param(Shape):
    """A property of a product."""

    key: str
    values: list[str]


class ExtendedProduct(Product):
    """A product found, when `extended` is asked for."""

    barcode: str | None
    categories: list[OfCategory]
    params: list[Param]


class Found(Shape):
    """What a search found; nothing found gives the same keys. Source: reference 000, "Search" (CONTRACT §3.6).

    `products_total` counts all products found, `products` is one page of them. Brands, categories, filters and prices
    are those of all products found; in an instant search those of its page, without filters.
    """

    search_query: str
    products: list[ExtendedProduct | Product] = []
    products_total: int = 0
    brands: list[Brand] = []
    categories: list[Category] = []
    filters: list[Filter] = []
    price_range: PriceRange = PriceRange()
    html: str = ""
    book_authors: list[str] = []
    collections: list[str] = []
    keywords: list[str] = []
    queries: list[str] = []
    virtual_categories: list[str] = []


class Search(Identity, Operation[Found]):
    """Search the products that are in stock, as a person types (`instant_search`) or for a page (`full_search`).

    All words of the query must be in a product or in the names of its categories and those above, in any form of
    theirs; the last one of an instant search may be the beginning of a word. Where that finds nothing, typing mistakes
    are forgiven, unless `no_clarification`. Parameters narrow the results together; of several values of one parameter
    any will do. A category includes those below it.
    Source: reference 000, "Search" (CONTRACT rows 14 and 15, §6.26).
    """

    http = Http("GET", "/search", also=("POST /search",))

    type: Annotated[Literal["instant_search", "full_search"], BeforeValidator(lower)] = Field(
        description="instant_search or full_search"
    )
    search_query: Query = Field(description="What is looked for")
    seance: Identifier | None = Field(
        None, validation_alias=AliasChoices("seance", "sid"), description="ID of the visit"
    )
    limit: int | None = Field(None, ge=0, le=1000, description="Products on a page; 10 if instant, else 20")
    offset: int | None = Field(None, ge=0, description="Products to skip")
    page: int | None = Field(None, ge=1, description="Number of the page, from 1, in place of offset")
    category_limit: int | None = Field(None, ge=0, le=1000, description="Most categories to give; 10 if not said")
    categories: Ids = Field([], description="Only products in these categories (IDs)")
    brands: Ids = Field([], description="Only products of these brands (names)")
    locations: Ids = Field([], description="Only products in stock in these locations (IDs)")
    colors: Ids = Field([], description="Only products in these colours")
    filters: Filters = Field({}, description='Only products with these properties: {"bluetooth": ["yes"]}')
    price_min: Price | None = Field(None, description="Lowest price")
    price_max: Price | None = Field(None, description="Highest price")
    exclude: Ids = Field([], description="IDs of products to leave out")
    sort_by: Annotated[Literal["popular", "price", "discount"], BeforeValidator(lower)] | None = Field(
        None, description="popular, price or discount; the best match first if not said"
    )
    sort_dir: Annotated[Literal["asc", "desc"], BeforeValidator(lower)] = Field(
        "desc", validation_alias=AliasChoices("sort_dir", "order"), description="asc or desc"
    )
    extended: Flag = Field(False, description="Give barcode, categories and params of the products too")
    no_clarification: Flag = Field(False, description="Take the query literally, with its typing mistakes")

    def size(self) -> int:
        """Say how many products make a page."""
        return self.limit if self.limit is not None else 10 if self.type == "instant_search" else 20

    def first(self) -> int:
        """Say how many products come before the page."""
        return self.offset if self.offset is not None else (self.page - 1) * self.size() if self.page else 0

    def narrows(self) -> bool:
        """Tell whether more than the query decides what is found."""
        return bool(
            self.categories or self.brands or self.locations or self.colors or self.filters or self.exclude
            or self.price_min is not None or self.price_max is not None
        )  # fmt: skip


class NoResult(Shape):
    """A query that found nothing, and how often it was asked."""

    query: str
    quantity: int


class NoResultQueries(Operation[list[NoResult]]):
    """List queries of full searches that found nothing during the last two weeks, the most frequent first.

    Source: reference 000, "Search queries with zero results" (CONTRACT row 16). At most 1,000.
    """

    http = Http("GET", "/search/no_result_queries", secret="parameter")


MOST_QUERIES = 1000
