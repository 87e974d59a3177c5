"""Prices as people read them."""

from __future__ import annotations


def price_formatted(price: float, currency: str) -> str:
    """Write `13 000 RUB` or `12.50 EUR`."""
    return f"{price:,.2f} {currency}".replace(",", " ").replace(".00 ", " ")


def plain(price: float) -> str:
    """Write `13000` or `12.5`: a number as text."""
    return str(int(price)) if price == int(price) else str(price)
