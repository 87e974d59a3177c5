"""Subscription changes counted by day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Self
from zoneinfo import ZoneInfo

from flask_babel import format_date

from app.web.context import settings

if TYPE_CHECKING:
    from app.rees46.subscriptions import Change

SHOWN = 14
JOINS = {"subscribe"}


@dataclass
class Days:
    """How many joined and how many left on each of the last days."""

    first: date
    last: date
    joined: list[int] = field(default_factory=lambda: [0] * SHOWN)
    left: list[int] = field(default_factory=lambda: [0] * SHOWN)

    @classmethod
    def lately(cls) -> Self:
        today = datetime.now(ZoneInfo(settings().time_zone)).date()
        return cls(today - timedelta(days=SHOWN - 1), today)

    def count(self, changes: list[Change]) -> None:
        """Put each change on its day; the API states no zone, so the day is the one it names."""
        places = {day.isoformat(): place for place, day in enumerate(self.days)}
        for change in changes:
            place = places.get(change.datetime[:10])
            if place is not None:
                (self.joined if change.event in JOINS else self.left)[place] += 1

    @property
    def days(self) -> list[date]:
        return [self.first + timedelta(days=number) for number in range(SHOWN)]

    @property
    def labels(self) -> list[str]:
        return [format_date(day, "d MMM") for day in self.days]

    @property
    def any(self) -> bool:
        return bool(sum(self.joined) + sum(self.left))
