"""Collections: products that a shop put together for a page."""

from __future__ import annotations

from pydantic import Field

from .operation import Http, Operation, Shape, newer
from .products import Product
from .values import Email, Identifier, Phone


class Collection(Shape):
    """The products of a collection, in its order."""

    products: list[Product]
    id: str | None = newer()
    name: str | None = newer()
    html: str | None = newer()


class Read(Operation[Collection]):
    """Read the products of a collection that are in stock. 404 when there is no such collection.

    A location leaves those that are in stock there, at its prices. Who asks changes nothing; the identifiers are taken
    since clients send them. Source: newer documentation, "collection" (rees46.md#newer-documents).
    """

    http = Http("GET", "/collection/{collection}", child="product_collection")

    collection: Identifier = Field(description="ID of the collection")
    location: Identifier | None = Field(None, description="ID of the location that the visitor chose")
    did: Identifier | None = Field(None, description="Device ID of the visitor")
    email: Email | None = Field(None, description="E-mail address of the visitor")
    phone: Phone | None = Field(None, description="Phone number of the visitor")
