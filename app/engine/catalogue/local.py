"""What a product costs somewhere: locations may have prices of their own (rees46.md#availability)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Entry = Mapping[str, Any]  # of a product's `locations`, as imports keep it


@dataclass(frozen=True)
class Offer:
    """A price, the one before, and what of it is saved."""

    price: float
    oldprice: float | None
    discount_percent: int | None

    @property
    def is_reduced(self) -> bool:
        return bool(self.oldprice and self.oldprice > self.price)

    def at(self, entries: Sequence[Entry] | None, places: Sequence[str]) -> Offer:
        """Give the offer of the first of these places in which the product is; what it does not say is as elsewhere."""
        entry = entry_of(entries, places)
        if entry is None:
            return self
        percent = entry.get("discount_percent")
        if not has_prices(entry) and percent is None:
            return self
        price, oldprice = entry.get("price") or self.price, entry.get("oldprice") or self.oldprice
        if percent is None and oldprice and oldprice > price:
            percent = (oldprice - price) * 100 // oldprice
        return Offer(price, oldprice, None if percent is None else int(percent))


def entry_of(entries: Sequence[Entry] | None, places: Sequence[str]) -> Entry | None:
    """Find what a product says of the first of these places."""
    by_place = {str(entry.get("location")): entry for entry in reversed(entries or [])}
    return next((by_place[place] for place in places if place in by_place), None)


def has_prices(entry: Entry) -> bool:
    """Tell whether a location has a price, or a former one, of its own."""
    return bool(entry.get("price") or entry.get("oldprice"))


def is_at(entries: Sequence[Entry] | None, places: Sequence[str]) -> bool:
    """Tell whether a product is at one of these places; without locations of its own it is the same everywhere."""
    return not places or entries is None or entry_of(entries, places) is not None
