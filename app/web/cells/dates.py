"""Dates of birth: the day is read in the ways people write it, and never lies in the future."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Literal

from app.web.cells.tidying import Unfit, plain_digits, trimmed

Order = Literal["day", "month"]
EARLIEST, MONTHS = 1900, 12
ZONE = r"(?P<zone>Z| ?UTC| ?GMT|[+-]\d{2}:?\d{2})"
TIME = r"(?:[T ](?P<time>(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:[.,]\d+)?)?)(?: ?(?P<half>[AP])M)?" + ZONE + "?)?"
YEAR_FIRST = re.compile(r"(?P<year>\d{4})(?P<sign>[-./])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})" + TIME)
YEAR_LAST = r"(?P<year>\d{4}|\d{2})(?: ?(?:г\.?|года?))?" + TIME
DAY_FIRST = re.compile(r"(?P<day>\d{1,2})(?P<sign>[-./])(?P<month>\d{1,2})(?P=sign)" + YEAR_LAST)
WORD = r"(?P<word>[^\W\d_]{3,9})"
DAY_AND_WORD = re.compile(r"(?P<day>\d{1,2})(?P<sign>[-. ])" + WORD + r"(?:(?P=sign)|\.? )" + YEAR_LAST)
WORD_AND_DAY = re.compile(WORD + r"\.? (?P<day>\d{1,2}),? " + YEAR_LAST)
WORDS = (
    ("january", "январь", "января"),
    ("february", "февраль", "февраля"),
    ("march", "март", "марта"),
    ("april", "апрель", "апреля"),
    ("may", "май", "мая"),
    ("june", "июнь", "июня"),
    ("july", "июль", "июля"),
    ("august", "август", "августа"),
    ("september", "сентябрь", "сентября"),
    ("october", "октябрь", "октября"),
    ("november", "ноябрь", "ноября"),
    ("december", "декабрь", "декабря"),
)
SHORT = {"sept": 9, "сент": 9, "нояб": 11, "февр": 2}
MONTH_OF = SHORT | {
    word[:length]: number for number, words in enumerate(WORDS, 1) for word in words for length in (3, len(word))
}
MIDNIGHT = re.compile(r"0?0:00(:00([.,]0+)?)?")


def read_birthday(text: str, today: date | None = None, order: Order | None = None) -> date:
    """Give the day, or raise Unfit: `day` when it is none, `order` when it could be two, `future` when it is to come.

    `moment` is a time with its zone: midnight of one day here is in an evening of the day before elsewhere.

    `order` says what stands first in 05/06/1990; with dots it is always the day.
    """
    written = plain_digits(trimmed(text))
    ways = (YEAR_FIRST, DAY_FIRST, DAY_AND_WORD, WORD_AND_DAY)
    match = next((match for way in ways if (match := way.fullmatch(written))), None)
    if match is None:
        raise Unfit("day")
    if match["zone"] and not _is_midnight(match):
        raise Unfit("moment")
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


def _is_midnight(match: re.Match[str]) -> bool:
    time = re.sub(r"\A12:", "0:", match["time"]) if match["half"] == "A" else match["time"]
    return match["half"] != "P" and MIDNIGHT.fullmatch(time) is not None


def _month_and_day(match: re.Match[str], order: Order | None) -> tuple[int, int]:
    if match.re in (DAY_AND_WORD, WORD_AND_DAY):
        return MONTH_OF.get(match["word"].casefold(), 0), int(match["day"])
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
