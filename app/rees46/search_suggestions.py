"""The search before the first letter: what to offer to who has only clicked into the field."""

from __future__ import annotations

from pydantic import AliasChoices, Field

from .operation import Http, Operation, Shape
from .products import Product
from .values import Identifier


class Suggestion(Shape):
    """A query to offer. Where its results are shown only the shop knows, so `url` is empty."""

    name: str
    url: str = ""


class Offered(Shape):
    """What the visitor looked for last, what others look for, and products.

    With `last_products` they are those that the visitor viewed last, without it those that sell most.
    """

    last_queries: list[Suggestion] = []
    suggests: list[Suggestion] = []
    last_products: bool = False
    products: list[Product] = []


class Search(Operation[Offered]):
    """Offer something before anything is typed: the visitor's last queries, frequent ones, and products in stock.

    Source: newer apps' own requests (rees46.md#newer-documents).
    """

    http = Http("GET", "/search/blank", also=("POST /search/blank",), reads=True)

    did: Identifier | None = Field(None, description="Device ID of the visitor")
    seance: Identifier | None = Field(
        None, validation_alias=AliasChoices("seance", "sid"), description="ID of the visit"
    )
