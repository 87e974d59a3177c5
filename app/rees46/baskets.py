"""Baskets: what a customer has put into the cart."""

from __future__ import annotations

from .identity import AnyIdentity
from .operation import DATA, Http, Operation, Shape
from .replies import Done


class Piece(Shape):
    """How many pieces of a product, which is named by the shop's ID, are in the cart."""

    uniqid: str
    quantity: int | None = None


class Cart(AnyIdentity, Operation[list[Piece]]):
    """List what is in a customer's cart, in the order in which it was put there.

    A device is enough to ask for its own; by any other key it takes the secret. Source: newer documentation,
    "products/cart" (rees46.md#newer-documents).
    """

    http = Http(
        "GET",
        "/products/cart",
        secret="parameter",
        device_will_do=True,
        envelope=DATA,
        child="items",
        announced_child="cart_items",
        child_synonyms=("cart_items",),
    )


class Clear(AnyIdentity, Operation[Done]):
    """Empty a customer's cart; no event comes of it. Without the secret a device empties its own.

    Source: newer documentation, "cart/clear" (rees46.md#newer-documents).
    """

    http = Http(
        "DELETE",
        "/products/cart/clear",
        secret="parameter",
        device_will_do=True,
        repeatable=True,
        also=("GET /products/cart/clear",),
    )
