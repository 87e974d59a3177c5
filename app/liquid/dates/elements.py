"""The parts of a day and time in a text, found as Ruby finds them: any usual form, in English, and some odd ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

LONGEST = 128
Elements = dict[str, Any]
Reader = Callable[[re.Match[str], Elements], None]

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = f"({'|'.join(MONTHS)})"
OTHER = re.compile(r"[^-+',./:@a-z0-9\[\]\u0080-\U0010ffff]+")
ERA = r"(c(?:e|\.e\.)|b(?:ce|\.c\.e\.)|a(?:d|\.d\.)|b(?:c|\.c\.))"
WEEKDAY = re.compile(r"\b(?:sun|mon|tue|wed|thu|fri|sat)[^-/\d\s]*")
TIME = re.compile(
    r"""(
      \d+\s*
      (?: (?: :\s*\d+ (?:\s*:\s*\d+(?:[,.]\d*)?)? | h(?:\s*\d+m?(?:\s*\d+s?)?)? ) (?: \s*[ap](?:m\b|\.m\.) )?
        | [ap](?:m\b|\.m\.) )
    )
    (?: \s* (
      (?:gmt|utc?)?[-+]\d+(?:[,.:]\d+(?::\d+)?)?
      | [^\W\d_.]?[a-z.\s]*(?:standard|daylight)\stime\b
      | [^\W\d_]+(?:\sdst)?\b
    ) )?""",
    re.VERBOSE,
)
CLOCK = re.compile(r"(\d+)h?(?:\s*:?\s*(\d+)m?(?:\s*:?\s*(\d+)(?:[,.](\d+))?s?)?)?(?:\s*([ap])(?:m\b|\.m\.))?")
DIGITS = re.compile(r"([-+]?)(\d{2,14})(?:\s*t?\s*(\d{2,6})?(?:[,.](\d*))?)?(z\b|[-+]\d{1,4}\b|\[[-+]?\d[^\]]*\])?")
BEFORE_CHRIST = re.compile(r"\b(?:bc\b|bce\b|b\.c\.|b\.c\.e\.)")
YEAR_PARTS = re.compile(r"[^-+\d]*([-+]?\d+)(.*)", re.DOTALL)
NUMBER = re.compile(r"\d+")
JAPANESE = {"m": 1867, "t": 1911, "s": 1925, "h": 1988, "r": 2018}


def elements_of(text: str) -> Elements:
    """Find the parts; none in a text that has none. It is expected in small letters."""
    if len(text) > LONGEST:
        return {}
    found: Elements = {}
    text = OTHER.sub(" ", text)
    text = WEEKDAY.sub(" ", text, count=1)
    text = _without(text, [(TIME.pattern, _time)], found, re.VERBOSE)
    text = _without(text, READERS, found)
    if "year" in found and BEFORE_CHRIST.search(text):
        found["year"] = 1 - found["year"]
    _rest(text, found)
    if found.pop("completes", True) and 0 <= found.get("year", -1) <= 99:
        found["year"] += 1900 if found["year"] >= 69 else 2000
    return found


def _without(text: str, readers: Sequence[tuple[str, Reader]], found: Elements, flags: re.RegexFlag = re.NOFLAG) -> str:
    """Read by the first pattern that fits, and leave out what it read."""
    for pattern, reader in readers:
        if match := re.search(pattern, text, flags):
            reader(match, found)
            return f"{text[: match.start()]} {text[match.end() :]}"
    return text


def _time(match: re.Match[str], found: Elements) -> None:
    if match[2]:
        found["zone"] = match[2]
    if clock := CLOCK.match(match[1]):
        hour, minute, second, fraction, half = clock.groups()
        found["hour"] = int(hour) if half is None else int(hour) % 12 + (12 if half == "p" else 0)
        if minute is not None:
            found["minute"] = int(minute)
        if second is not None:
            found["second"] = int(second)
        if fraction is not None:
            found["fraction"] = Fraction(int(fraction), 10 ** len(fraction))


def _european(match: re.Match[str], found: Elements) -> None:
    _day_of(found, match[4], _month(match[2]), match[1], is_before_christ=_is_before(match[3]))


def _american(match: re.Match[str], found: Elements) -> None:
    _day_of(found, match[4], _month(match[1]), match[2], is_before_christ=_is_before(match[3]))


def _is_before(era: str | None) -> bool:
    return bool(era) and str(era).startswith("b")


def _month(name: str) -> str:
    return str(MONTHS.index(name) + 1)


def _in_order(match: re.Match[str], found: Elements) -> None:
    _day_of(found, match[1], match[2], match[3])


def _vms(match: re.Match[str], found: Elements) -> None:
    _day_of(found, match[3], _month(match[2]), match[1])


def _vms_month_first(match: re.Match[str], found: Elements) -> None:
    _day_of(found, match[3], _month(match[1]), match[2])


def _japanese(match: re.Match[str], found: Elements) -> None:
    era, year, month, day = match.groups()
    found |= {"year": int(year) + JAPANESE[era], "month": int(month), "day": int(day)}


def _nothing(match: re.Match[str], found: Elements) -> None:
    """A week is no day to Ruby's clock."""


def _month_and_day(match: re.Match[str], found: Elements) -> None:
    if match[1]:
        found["month"] = int(match[1])
    if match[2]:
        found["day"] = int(match[2])


def _year(match: re.Match[str], found: Elements) -> None:
    found["year"] = int(match[1])


def _month_alone(match: re.Match[str], found: Elements) -> None:
    found["month"] = MONTHS.index(match[1]) + 1


def _year_and_day(match: re.Match[str], found: Elements) -> None:
    found |= {"year": int(match[1]), "day_of_year": int(match[2])}


def _day_alone(match: re.Match[str], found: Elements) -> None:
    found["day"] = int(match[1])


def _day_of(
    found: Elements, year: str | None, month: str | None, day: str | None, *, is_before_christ: bool = False
) -> None:
    """Tell year, month and day apart, which may stand in any order: what is long or has an apostrophe is the year."""
    if year and month and not day:
        year, month, day = day, year, month
    if not year and day and (len(day) > 2 or day.startswith("'")):
        year, day = day, None
    if year and (parts := YEAR_PARTS.match(year)) and parts[2]:
        year, day = day, parts[1]
    if month and (month.startswith("'") or len(month) > 2):
        year, month, day = month, day, year
    if day and (day.startswith("'") or len(day) > 2):
        year, day = day, year
    if year and (parts := YEAR_PARTS.match(year)):
        if parts[1][0] in "+-" or len(parts[1]) > 2:
            found["completes"] = False
        found["year"] = 1 - int(parts[1]) if is_before_christ else int(parts[1])
    for name, text in (("month", month), ("day", day)):
        if text and (number := NUMBER.search(text)):
            found[name] = int(number[0])


def _digits(match: re.Match[str], found: Elements) -> None:
    """Read digits without anything between them: 20160314T101530."""
    sign, digits, clock, fraction, zone = match.groups()
    if clock is None and fraction is not None:
        _take_back(found, digits, ("second", "minute", "hour", "day", "month", "year"))
    elif len(digits) in {3, 5, 7}:
        found["day_of_year"] = int(digits[-3:])
        if len(digits) > 3:
            found["year"] = int(f"{sign}{digits[:-3]}")
    elif len(digits) <= 4:
        names = ("day",) if len(digits) == 2 else ("month", "day")
        _take(found, digits, names)
    else:
        century = 2 if len(digits) == 6 else 4
        found["year"] = int(f"{sign}{digits[:century]}")
        _take(found, digits[century:], ("month", "day", "hour", "minute", "second"))
        if century == 4:
            found["completes"] = False
    if clock is not None and fraction is not None:
        _take_back(found, clock, ("second", "minute", "hour"))
    elif clock is not None:
        _take(found, clock, ("hour", "minute", "second"))
    if fraction:
        found["fraction"] = Fraction(int(fraction), 10 ** len(fraction))
    if zone:
        found["zone"] = zone


def _take(found: Elements, digits: str, names: tuple[str, ...]) -> None:
    for place, name in enumerate(names):
        if pair := digits[place * 2 : place * 2 + 2]:
            found[name] = int(pair)


def _take_back(found: Elements, digits: str, names: tuple[str, ...]) -> None:
    """Take pairs of digits from the end."""
    for name in names:
        if not digits:
            break
        size = len(digits) if name == "year" else 2
        found[name] = int(digits[-size:])
        digits = digits[:-size]


def _rest(text: str, found: Elements) -> None:
    """Take one lonely number for the day of a time, or for the hour of a day."""
    match = re.fullmatch(r"\s*(\d{1,2})\s*", text)
    if match is None:
        return
    number = int(match[1])
    if "hour" in found and "day" not in found and 1 <= number <= 31:
        found["day"] = number
    if "day" in found and "hour" not in found and 0 <= number <= 24:
        found["hour"] = number


READERS: tuple[tuple[str, Reader], ...] = (
    (rf"('?\d+)[^-\d\s]*\s*{MONTH}[^-\d\s']*(?:\s*{ERA}?\s*('?-?\d+(?:(?:st|nd|rd|th)\b)?))?", _european),
    (rf"\b{MONTH}[^-\d\s']*\s*('?\d+)[^-\d\s']*(?:\s*,?\s*{ERA}?\s*('?-?\d+))?", _american),
    (r"('?[-+]?\d+)-(\d+)-('?-?\d+)", _in_order),
    (r"\b(\d{2}|\d{4})?-?w(\d{2})(?:-?(\d))?\b", _nothing),
    (r"-w-(\d)\b", _nothing),
    (r"--(\d{2})?-(\d{2})\b", _month_and_day),
    (r"--(\d{2})(\d{2})?\b", _month_and_day),
    (r"(?<![,.\d])(\d{4})-(\d{3})\b", _year_and_day),
    (r"\b([mtshr])(\d+)\.(\d+)\.(\d+)", _japanese),
    (rf"('?-?\d+)-{MONTH}[^-/.]*-('?-?\d+)", _vms),
    (rf"\b{MONTH}[^-/.]*-('?-?\d+)(?:-('?-?\d+))?", _vms_month_first),
    (r"('?-?\d+)/\s*('?\d+)(?:\D\s*('?-?\d+))?", _in_order),
    (r"('?-?\d+)\.\s*('?\d+)\.\s*('?-?\d+)", _in_order),
    (r"'(\d+)\b", _year),
    (rf"\b{MONTH}\S*", _month_alone),
    (r"(\d+)(?:st|nd|rd|th)\b", _day_alone),
    (DIGITS.pattern, _digits),
)
