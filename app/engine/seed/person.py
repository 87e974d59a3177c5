"""A customer as the seed thinks of one, before it becomes rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

ANCHOR = datetime(2026, 11, 1, 12)  # noqa: DTZ001  # UTC without a zone, as the box keeps it
EMAIL = ("email_bulk", "email_chain", "email_transactional")
SMS = ("sms_bulk", "sms_chain", "sms_transactional")


@dataclass
class Purchase:
    """An order. Items are (product, price, quantity)."""

    number: str
    at: datetime
    status: str
    items: list[tuple[str, float, int]]
    delivery: float = 0
    discount: float = 0
    bonuses: float = 0
    promocode: str | None = None
    more: dict[str, Any] = field(default_factory=dict)  # other columns of the order
    lines: dict[str, dict[str, Any]] = field(default_factory=dict)  # details of the lines, by product

    @property
    def total(self) -> float:
        goods = sum(price * quantity for _product, price, quantity in self.items)
        return round(goods + self.delivery - self.discount, 2)


@dataclass
class Person:
    """Keys by kind (the first of a kind is the main one), attributes by the names of their columns, and the rest."""

    keys: list[tuple[str, str]] = field(default_factory=list)
    about: dict[str, Any] = field(default_factory=dict)
    on: tuple[str, ...] = ()  # consents given: email_bulk, …
    off: tuple[str, ...] = ()  # consents withdrawn
    created: datetime = ANCHOR
    dids: list[str] = field(default_factory=list)
    push: list[tuple[str, str, str]] = field(default_factory=list)  # (web or mobile, platform, token), first device
    segments: list[int] = field(default_factory=list)
    purchases: list[Purchase] = field(default_factory=list)
    calls: list[dict[str, Any]] = field(default_factory=list)  # columns of communications
    unusable: list[tuple[str, str]] = field(default_factory=list)  # (address, reason) that stay on the do-not-use list

    def key(self, kind: str) -> str | None:
        """Give the main key of a kind."""
        return next((value for known, value in self.keys if known == kind), None)
