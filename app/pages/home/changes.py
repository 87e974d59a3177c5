"""Subscription changes by day, as the worker counted them; nothing is read here but what is new since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Self

from flask_babel import format_date

from app.rees46.errors import Rees46Error
from app.store import daily
from app.web.context import desk
from app.web.shops import shop
from app.work.daily.changes import BY_IMPORT, FRESH, JOINS, read_a_little
from app.work.daily.shops import today

if TYPE_CHECKING:
    from datetime import date, datetime

SHOWN = 14


@dataclass(frozen=True)
class Days:
    """How many joined and how many left on each of the last days; None where a day was not counted yet."""

    days: list[date]
    joined: list[int | None]
    left: list[int | None]
    until: datetime | None  # when today was read
    with_imports: bool
    imported: int  # changes that imports made in these days

    @classmethod
    def lately(cls, *, with_imports: bool, fresh: timedelta = FRESH) -> Self:
        """Give what is kept, with today read on where that is older; without an answer what is kept has to do."""
        try:
            read_a_little(SHOWN, fresh)
        except Rees46Error:
            found = cls._kept(with_imports=with_imports)
            if not found.is_anything_counted:
                raise
            return found
        return cls._kept(with_imports=with_imports)

    @classmethod
    def _kept(cls, *, with_imports: bool) -> Self:
        last = today()
        days = [last - timedelta(days=number) for number in reversed(range(SHOWN))]
        with desk().reading() as db:
            figures = daily.figures(db, shop().id, daily.CHANGES, days[0])
            readings = daily.readings(db, shop().id, daily.CHANGES, days[0])
        joined: list[int | None] = []
        left: list[int | None] = []
        for day in days:
            of_day = figures.get(day, {})
            wanted = {name: number for name, number in of_day.items() if with_imports or not _is_import(name)}
            joins = sum(number for name, number in wanted.items() if name.partition(":")[0] == JOINS)
            joined.append(joins if day in readings else None)
            left.append(sum(wanted.values()) - joins if day in readings else None)
        imported = sum(number for of_day in figures.values() for name, number in of_day.items() if _is_import(name))
        until = readings[last].read if last in readings else None
        return cls(days, joined, left, until, with_imports, imported)

    @property
    def labels(self) -> list[str]:
        return [format_date(day, "d MMM") for day in self.days]

    @property
    def is_anything_counted(self) -> bool:
        return any(number is not None for number in self.joined)

    @property
    def missing(self) -> int:
        """Days that were not counted yet."""
        return self.joined.count(None)

    @property
    def joined_in_all(self) -> int:
        return sum(number or 0 for number in self.joined)

    @property
    def left_in_all(self) -> int:
        return sum(number or 0 for number in self.left)

    @property
    def any(self) -> bool:
        return bool(self.joined_in_all + self.left_in_all)


def _is_import(name: str) -> bool:
    return name.partition(":")[2] == BY_IMPORT
