"""A moment with its place on the clock; any year, which Python's own datetime does not have."""

from __future__ import annotations

import time
from dataclasses import dataclass
from fractions import Fraction

DAY = 86_400
DAYS_BEFORE_1970 = 719_468  # from 0000-03-01, where this calendar's years begin
ERA = 146_097  # days of 400 years


@dataclass(frozen=True)
class Moment:
    """Seconds since 1970, and how far the clock that shows it is ahead of UTC."""

    seconds: int
    offset: int = 0
    zone: str = ""
    fraction: Fraction = Fraction(0)  # of a second

    @property
    def days(self) -> int:
        return (self.seconds + self.offset) // DAY

    @property
    def date(self) -> tuple[int, int, int]:
        return _civil(self.days)

    @property
    def year(self) -> int:
        return self.date[0]

    @property
    def month(self) -> int:
        return self.date[1]

    @property
    def day(self) -> int:
        return self.date[2]

    @property
    def hour(self) -> int:
        return (self.seconds + self.offset) % DAY // 3600

    @property
    def minute(self) -> int:
        return (self.seconds + self.offset) % 3600 // 60

    @property
    def second(self) -> int:
        return (self.seconds + self.offset) % 60

    @property
    def weekday(self) -> int:
        """Count from Sunday, 0."""
        return (self.days + 4) % 7

    @property
    def day_of_year(self) -> int:
        return self.days - days_of(self.year, 1, 1) + 1


def days_of(year: int, month: int, day: int) -> int:
    """Count the days from 1970-01-01."""
    year -= month <= 2
    in_year = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
    in_era = year % 400 * 365 + year % 400 // 4 - year % 400 // 100 + in_year
    return year // 400 * ERA + in_era - DAYS_BEFORE_1970


def _civil(days: int) -> tuple[int, int, int]:
    days += DAYS_BEFORE_1970
    in_era = days % ERA
    year_of_era = (in_era - in_era // 1460 + in_era // 36_524 - in_era // 146_096) // 365
    in_year = in_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    month = (5 * in_year + 2) // 153
    day = in_year - (153 * month + 2) // 5 + 1
    month = month + 3 if month < 10 else month - 9
    return days // ERA * 400 + year_of_era + (month <= 2), month, day


def at(seconds: int, fraction: Fraction = Fraction(0)) -> Moment:
    """Give a moment by the clock of this machine."""
    try:
        there = time.localtime(seconds)
    except (OverflowError, ValueError, OSError):  # hundreds of millions of years from now
        there = time.localtime(0)
    return Moment(seconds, there.tm_gmtoff, there.tm_zone, fraction)


def local(days: int, second_of_day: int, fraction: Fraction) -> Moment:
    """Give the moment that the clock of this machine shows so; of two, the earlier one."""
    shown = days * DAY + second_of_day
    guesses = [at(shown - at(shown + shift).offset, fraction) for shift in (-DAY, DAY)]
    fitting = [guess for guess in guesses if guess.seconds + guess.offset == shown]
    return min(fitting, key=lambda guess: guess.seconds) if fitting else guesses[0]


def now() -> Moment:
    seconds, nanoseconds = divmod(time.time_ns(), 10**9)
    return at(seconds, Fraction(nanoseconds, 10**9))
