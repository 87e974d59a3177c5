"""What is left in the promo lists, whether that is little, and for how long it will do."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Literal

from flask import current_app
from flask_babel import to_user_timezone

from app.rees46 import promo_codes
from app.store import promo_stock
from app.store.base import now
from app.web.context import desk, if_there_is_room
from app.web.rees46 import ask
from app.web.shops import shop

DAYS = 28  # that are looked back on
SHORTEST = 3  # days of history before anything is foretold
SOON = 7  # days
FRESH = timedelta(minutes=5)  # that home shows what was read before


@dataclass(frozen=True)
class Supply:
    """A promo list as people need to see it."""

    id: str
    name: str
    available: int | None  # None: REES46 did not say
    warn_below: int = promo_stock.WARN_BELOW
    history: dict[date, int] = field(default_factory=dict)

    @property
    def state(self) -> Literal["empty", "low", "fine", "untold"]:
        if self.available is None:
            return "untold"
        if not self.available:
            return "empty"
        ends_soon = self.days_left is not None and self.days_left <= SOON
        return "low" if self.available < self.warn_below or ends_soon else "fine"

    @property
    def pace(self) -> float | None:
        """Codes that go in a day, by the days that were looked at; uploads in between are left out."""
        days = sorted(self.history)
        if len(days) < SHORTEST or (days[-1] - days[0]).days < SHORTEST:
            return None
        left = [self.history[day] for day in days]
        gone = sum(max(0, before - after) for before, after in pairwise(left))
        return gone / (days[-1] - days[0]).days

    @property
    def days_left(self) -> int | None:
        """Full days until the list is empty at this pace."""
        return math.floor(self.available / self.pace) if self.pace and self.available is not None else None

    @property
    def trend(self) -> list[tuple[date, int | None]]:
        """Each day from the first one that is known, with gaps where nobody looked."""
        if len(self.history) <= 1:
            return []
        first, last = min(self.history), max(self.history)
        days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
        return [(day, self.history.get(day)) for day in days]


def read() -> list[Supply]:
    """Ask REES46 what is left, and note it for the forecast."""
    lists = ask(promo_codes.Lists())
    _answers()[shop().id] = now(), lists
    return _supplies(lists)


def lately() -> tuple[list[Supply], datetime]:
    """Give what is left as REES46 said a moment ago, and when; it is asked where that is longer ago."""
    asked, lists = _answers().get(shop().id) or (datetime.min, [])  # noqa: DTZ901  # all moments of the desk are UTC
    return (_supplies(lists), asked) if asked > now() - FRESH else (read(), now())


def _answers() -> dict[int, tuple[datetime, list[promo_codes.List]]]:
    """What REES46 said last of the lists of each shop, in this process."""
    found: dict[int, tuple[datetime, list[promo_codes.List]]] = current_app.extensions.setdefault("promo_lists", {})
    return found


def _supplies(lists: list[promo_codes.List]) -> list[Supply]:
    """Put lists beside what was left before, and note what is new."""
    today, where = to_user_timezone(now()).date(), shop().id
    with desk().reading() as db:
        history = promo_stock.since(db, where, today - timedelta(days=DAYS))
        levels = promo_stock.levels(db, where)
    left = {one.id: one.available for one in lists if one.available is not None}
    supplies = [
        Supply(
            one.id,
            (one.name or one.id)[:255].replace("\0", ""),
            one.available,
            levels.get(one.id, promo_stock.WARN_BELOW),
            history.get(one.id, {}) | _today(today, left.get(one.id)),
        )
        for one in lists
    ]
    if any(history.get(list_id, {}).get(today) != available for list_id, available in left.items()):
        with if_there_is_room(), desk().writing() as db:
            promo_stock.keep(db, where, today, left)
            promo_stock.foretell(db, where, today, {supply.id: supply.days_left for supply in supplies})
    return supplies


def _today(day: date, available: int | None) -> dict[date, int]:
    return {} if available is None else {day: available}
