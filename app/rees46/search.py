"""Search over the catalogue: as a person types, on a page of results, and what was looked for in vain."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from urllib.parse import unquote

from pydantic import AliasChoices, BeforeValidator, Field

from .identity import Identity
from .narrowing import ENCODED, Ids, Narrowing
from .operation import Http, Operation, Shape
from .search_results import Found, filters_by_name
from .values import CsvList, Flag, Identifier, lower

LONGEST_QUERY = 255  # characters; what is longer is cut
DEEPEST_OFFSET = 100_000


def _query(value: Any) -> Any:
    """Undo the double encoding of one SDK (rees46.md#parameters), and cut."""
    if not isinstance(value, str):
        return value
    return (unquote(value) if ENCODED.search(value) else value).strip()[:LONGEST_QUERY]


Query = Annotated[str, Field(min_length=1), BeforeValidator(_query)]
Scope = Annotated[
    Literal[
        "name",
        "brand",
        "model",
        "type",
        "categories",
        "params",
        "author",
        "publisher",
        "illustrator",
        "editor",
        "series",
    ],
    BeforeValidator(lower),
]
Scopes = Annotated[list[Scope], CsvList]


class Search(Identity, Narrowing, Operation[Found]):
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
    search_scope: Scopes = Field(
        [], description="Only these parts of a product are searched: name, brand, model, type, categories, params, …"
    )
    debug: Flag = Field(False, description="Taken, and of no effect in the box")
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
        return bool(self.categories or self.search_scope) or self.is_narrowed()


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
