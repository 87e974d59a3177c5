"""How price and stock of a product went, as far as the desk saw: at the moments when it was read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from app.web.filters import money

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from app.store.products_seen import ProductSighting


@dataclass(frozen=True)
class Step:
    """A change that was seen."""

    at: datetime
    price: float | None
    is_available: bool | None
    words: str


@dataclass(frozen=True)
class Course:
    """The changes, the newest first."""

    steps: list[Step]

    @classmethod
    def of(cls, sightings: Sequence[ProductSighting]) -> Course:
        """Put sightings, the newest first, into words."""
        before = [*sightings[1:], None][: len(sightings)]
        steps = [
            Step(sighting.at, sighting.price, sighting.is_available, _words(sighting, earlier))
            for sighting, earlier in zip(sightings, before, strict=True)
        ]
        return cls(steps)


def _words(sighting: ProductSighting, earlier: ProductSighting | None) -> str:
    if earlier is None:
        return _("First seen here: %(price)s, %(stock)s", price=money(sighting.price), stock=_stock(sighting))
    parts = []
    if sighting.price != earlier.price:
        parts.append(_("Price %(before)s became %(after)s", before=money(earlier.price), after=money(sighting.price)))
    if sighting.is_available != earlier.is_available:
        parts.append(_stock(sighting))
    if sighting.oldprice != earlier.oldprice:
        parts.append(
            _("Old price %(before)s became %(after)s", before=money(earlier.oldprice), after=money(sighting.oldprice))
        )
    return ", ".join(parts)


def _stock(sighting: ProductSighting) -> str:
    if sighting.is_available is None:
        return _("stock not told")
    return _("in stock") if sighting.is_available else _("not in stock")
