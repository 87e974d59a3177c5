"""Dates of birth: the day is read in the ways people write it, and never lies in the future."""

from __future__ import annotations

import re
from datetime import date

from app.web.cells.tidying import Unfit, plain_digits, trimmed

EARLIEST = 1900
TIME = r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:Z| ?UTC|[+-]\d{2}:?\d{2})?)?"
YEAR_FIRST = re.compile(r"(?P<year>\d{4})(?P<sign>[-./])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})" + TIME)
DAY_FIRST = re.compile(
    r"(?P<day>\d{1,2})(?P<sign>[-./])(?P<month>\d{1,2})(?P=sign)(?P<year>\d{4}|\d{2})(?: ?г\.?)?" + TIME
)


def read_birthday(text: str, today: date | None = None) -> date:
    """Give the day, or raise Unfit: `day` when it is none, `future` when it is yet to come."""
    written = plain_digits(trimmed(text))
    match = YEAR_FIRST.fullmatch(written) or DAY_FIRST.fullmatch(written)
    if match is None:
        raise Unfit("day")
    latest = today or date.today()  # noqa: DTZ011  # a birthday has no zone
    try:
        day = date(_year(match, latest), int(match["month"]), int(match["day"]))
    except ValueError:
        raise Unfit("day") from None
    if day.year < EARLIEST:
        raise Unfit("day")
    if day > latest:
        raise Unfit("future")
    return day


def _year(match: re.Match[str], latest: date) -> int:
    """Read a year of two digits as the last one that is not in the future on that day."""
    year = int(match["year"])
    if len(match["year"]) == 4:  # digits of a whole year
        return year
    this_century = latest.year // 100 * 100 + year
    is_ahead = (this_century, int(match["month"]), int(match["day"])) > (latest.year, latest.month, latest.day)
    return this_century - 100 if is_ahead else this_century
