"""Baskets: what a customer has put into the cart."""

from __future__ import annotations

from typing import Literal

from .identity import AnyIdentity
from .operation import Http, Operation, Shape


class Piece(Shape):
    """How many pieces of a product, which is named by the shop's ID, are in the cart."""

    uniqid: str
    quantity: int


class Contents(Shape):
    """What is in the cart, in the order in which it was put there."""

    class Data(Shape):
        """What the answer carries."""

        items: list[Piece]

    status: Literal["success"] = "success"
    data: Data


class Cart(AnyIdentity, Operation[Contents]):
    """List what is in a customer's cart.

    A device is enough to ask for its own; by any other key it takes the secret. Source: newer documentation,
    "products/cart" (CONTRACT §7).
    """

    http = Http("GET", "/products/cart", secret="parameter", device_will_do=True)
