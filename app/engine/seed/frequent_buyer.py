"""A customer with hundreds of orders, whom only the large demo shop has."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from app.engine.seed.person import ANCHOR, EMAIL, SMS, Person, Purchase

if TYPE_CHECKING:
    from datetime import datetime

GOODS = (("1042", 2490), ("3323", 160), ("1094", 2990), ("1075", 6430), ("1088", 480))


def frequent_buyer(orders: int) -> Person:
    """Make somebody who orders every other day: a page about them is long."""
    return Person(
        keys=[("email", "olaf.orders@example.com"), ("phone", "447700900107"), ("external_id", "10003")],
        about={"first_name": "Olaf", "last_name": "Orders", "gender": "m", "bought_something": True},
        on=EMAIL + SMS,
        created=ANCHOR - timedelta(days=2 * orders + 10),
        purchases=[
            _purchase(number, ANCHOR - timedelta(days=2 * (orders - number))) for number in range(1, orders + 1)
        ],
    )


def _purchase(number: int, at: datetime) -> Purchase:
    goods = [GOODS[(number + place) % len(GOODS)] for place in range(1 + number % 3)]
    return Purchase(f"OLAF-{number:04}", at, "delivered", [(product, price, 1) for product, price in goods])
