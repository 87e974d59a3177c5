"""Dates of birth: the day is read in the ways people write it, and never lies in the future."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Literal

from app.web.cells.tidying import Unfit, plain_digits, trimmed

Order = Literal["day", "month"]
EARLIEST, MONTHS = 1900, 12
TIME = r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:Z| ?UTC|[+-]\d{2}:?\d{2})?)?"
YEAR_FIRST = re.compile(r"(?P<year>\d{4})(?P<sign>[-./])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})" + TIME)
DAY_FIRST = re.compile(
    r"(?P<day>\d{1,2})(?P<sign>[-./])(?P<month>\d{1,2})(?P=sign)(?P<year>\d{4}|\d{2})(?: ?г\.?)?" + TIME
)


def read_birthday(text: str, today: date | None = None, order: Order | None = None) -> date:
    """Give the day, or raise Unfit: `day` when it is none, `order` when it could be two, `future` when it is to come.

    `order` says what stands first in 05/06/1990; with dots it is always the day.
    """
    written = plain_digits(trimmed(text))
    match = YEAR_FIRST.fullmatch(written) or DAY_FIRST.fullmatch(written)
    if match is None:
        raise Unfit("day")
    month, number = _month_and_day(match, order)
    latest = today or date.today()  # noqa: DTZ011  # a birthday has no zone
    try:
        day = date(_year(match, latest, month, number), month, number)
    except ValueError:
        raise Unfit("day") from None
    if day.year < EARLIEST:
        raise Unfit("day")
    if day > latest:
        raise Unfit("future")
    return day


def order_of(cells: Iterable[str]) -> Order | None:
    """Tell by days above 12 what stands first in a column; None when nothing tells, or both."""
    found = (DAY_FIRST.fullmatch(plain_digits(trimmed(cell))) for cell in cells)
    slashed = [match for match in found if match and match["sign"] != "."]
    is_day_first = any(int(match["day"]) > MONTHS for match in slashed)
    is_month_first = any(int(match["month"]) > MONTHS for match in slashed)
    return None if is_day_first == is_month_first else "day" if is_day_first else "month"


def _month_and_day(match: re.Match[str], order: Order | None) -> tuple[int, int]:
    month, day = int(match["month"]), int(match["day"])
    if match.re is YEAR_FIRST or match["sign"] == ".":
        return month, day
    if order is None and month != day and max(month, day) <= MONTHS:
        raise Unfit("order")
    return (day, month) if order == "month" else (month, day)


def _year(match: re.Match[str], latest: date, month: int, day: int) -> int:
    """Read a year of two digits as the last one that is not in the future on that day."""
    year = int(match["year"])
    if len(match["year"]) == 4:  # digits of a whole year
        return year
    this_century = latest.year // 100 * 100 + year
    is_ahead = (this_century, month, day) > (latest.year, latest.month, latest.day)
    return this_century - 100 if is_ahead else this_century
