"""Search over the catalogue: as a person types, on a page of results, and what was looked for in vain."""

from __future__ import annotations

import json
import re
from typing import Annotated, Any, Literal
from urllib.parse import unquote

from pydantic import AliasChoices, BeforeValidator, Field

from .identity import Identity
from .operation import Http, Operation, Shape
from .search_results import Found, filters_by_name
from .values import CsvList, Flag, Identifier, JsonText, lower

LONGEST_QUERY = 255  # characters; what is longer is cut
DEEPEST_OFFSET = 100_000
ABSENT: tuple[Any, ...] = (None, "", [])
ENCODED = re.compile(r"%[0-9A-Fa-f]{2}")


def _query(value: Any) -> Any:
    """Undo the double encoding of one SDK (rees46.md#parameters), and cut."""
    if not isinstance(value, str):
        return value
    return (unquote(value) if ENCODED.search(value) else value).strip()[:LONGEST_QUERY]


def _opened(value: Any) -> Any:
    """Undo the double encoding of one SDK, which leaves `{"Color"%3A["red"]}` where JSON is due."""
    if not isinstance(value, str) or not ENCODED.search(value):
        return value
    try:
        json.loads(value)
    except (ValueError, RecursionError):
        return unquote(value)
    return value


def _lists(value: Any) -> Any:
    """Take one value of a filter for a list of one; a filter without values, as when all are unticked, for none."""
    if not isinstance(value, dict):
        return value
    return {
        name: chosen if isinstance(chosen, list) else [chosen] for name, chosen in value.items() if chosen not in ABSENT
    }


Query = Annotated[str, Field(min_length=1), BeforeValidator(_query)]
Ids = Annotated[list[Identifier], CsvList]
Filters = Annotated[dict[str, list[str]], BeforeValidator(_lists), JsonText, BeforeValidator(_opened)]
Price = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class Search(Identity, Operation[Found]):
    """Search the products that are in stock, as a person types (`instant_search`) or for a page (`full_search`).

    All words of the query must be in a product or in the names of its categories and those above, in any form of
    theirs; the last one of an instant search may be the beginning of a word. Where that finds nothing, typing mistakes
    are forgiven, unless `no_clarification`. Parameters narrow the results together; of several values of one parameter
    any will do. A category includes those below it.
    Source: reference 000, "Search" (rees46.md#search).
    """

    http = Http("GET", "/search", also=("POST /search",), child="search")

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

    @classmethod
    def announce(cls, content: Any) -> Any:
        """Give the filters under their names."""
        return {**content, "filters": filters_by_name(content["filters"])}

    def size(self) -> int:
        """Say how many products make a page."""
        return self.limit if self.limit is not None else 10 if self.type == "instant_search" else 20

    def first(self) -> int:
        """Say how many products come before the page."""
        return self.offset if self.offset is not None else (self.page - 1) * self.size() if self.page else 0

    def narrows(self) -> bool:
        """Tell whether more than the query decides what is found."""
        return bool(
            self.categories
            or self.brands
            or self.locations
            or self.colors
            or self.filters
            or self.exclude
            or self.price_min is not None
            or self.price_max is not None
        )


class NoResult(Shape):
    """A query that found nothing, and how often it was asked."""

    query: str
    quantity: int | None = None


class NoResultQueries(Operation[list[NoResult]]):
    """List queries of full searches that found nothing during the last two weeks, the most frequent first.

    Source: reference 000, "Search queries with zero results" (rees46.md#no-results). At most 1,000.
    """

    http = Http("GET", "/search/no_result_queries", secret="parameter", child="no_result_queries")


MOST_QUERIES = 1000
