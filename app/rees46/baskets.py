"""Baskets: what a customer has put into the cart."""

from __future__ import annotations

from app.rees46.identity import AnyIdentity
from app.rees46.operation import Http, Operation
from app.rees46.orders import Product


class Cart(AnyIdentity, Operation[list[Product]]):
    """List what is in a customer's cart, in the order in which it was put there; prices are the catalogue's.

    A device is enough to ask for its own; by any other key it takes the secret. The reference does not print it: its
    shape is that of `orders.LastForUser` (CONTRACT §7).
    """

    http = Http("GET", "/products/cart", secret="parameter", device_will_do=True)
