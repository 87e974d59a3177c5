"""A moment read from what a template is given: a text, seconds since 1970, or `now`."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from app.liquid.dates.elements import Elements, elements_of
from app.liquid.dates.moment import DAY, Moment, at, days_of, local, now

HOURS = {
    "UTC": 0,
    "Z": 0,
    "UT": 0,
    "GMT": 0,
    "EST": -5,
    "EDT": -4,
    "CST": -6,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
    **{letter: hours for hours, letter in enumerate("ABCDEFGHIKLM", 1)},
    **{letter: -hours for hours, letter in enumerate("NOPQRSTUVWXY", 1)},
}
OFFSET = re.compile(r"([+-])(\d\d)(:?)(\d\d)(?:\3(\d\d))?")
SHORT_OFFSET = re.compile(r"[+-]\d\d")
UTC = {"-00:00", "-0000", "-00", "UTC", "Z", "UT"}
SECONDS = re.compile(r"[0-9]+")
ORDER = ("year", "month", "day", "hour", "minute", "second", "fraction")
LEAST = {"month": 1, "day": 1}


def read_moment(value: Any) -> Moment | None:
    """Read a moment; None for what is none."""
    if isinstance(value, int) and not isinstance(value, bool):
        return at(value)
    if not isinstance(value, str) or not value:
        return None
    text = str(value).lower()
    if text in {"now", "today"}:
        return now()
    return at(int(text)) if SECONDS.fullmatch(text) else _moment(elements_of(text))


def _moment(found: Elements) -> Moment | None:
    """Complete what was found: from now before it, from the beginning of the year, month or day behind it."""
    if not found.keys() & {*ORDER, "day_of_year"}:
        return None
    zone = found.get("zone", "")
    present = now()
    offset = _offset(zone, found.get("year", present.year))
    if offset is not None:
        present = Moment(present.seconds, offset)
    if "day_of_year" in found:
        found = {"year": present.year} | found | {"month": 1, "day": 1}
        if not 1 <= found["day_of_year"] <= days_of(found["year"] + 1, 1, 1) - days_of(found["year"], 1, 1):
            return None
    whole = _completed(found, present)
    is_possible = 1 <= whole["month"] <= 12 and 1 <= whole["day"] <= 31 and _is_time(whole)
    if not is_possible or abs(offset or 0) >= DAY:
        return None
    days = days_of(whole["year"], whole["month"], whole["day"]) + found.get("day_of_year", 1) - 1
    second = whole["hour"] * 3600 + whole["minute"] * 60 + whole["second"]
    if offset is None:
        return local(days, second, whole["fraction"])
    return _there(days * DAY + second - offset, offset, zone, whole["fraction"])


def _completed(found: Elements, present: Moment) -> Elements:
    names = [name for name in ORDER if name in found]
    first = ORDER.index(names[0])
    before = {name: getattr(present, name) for name in ORDER[:first]}
    behind = {name: LEAST.get(name, 0) for name in ORDER[first:]}
    return {"fraction": Fraction(0)} | before | behind | {name: found[name] for name in names}


def _is_time(whole: Elements) -> bool:
    if whole["hour"] == 24:
        return bool(whole["minute"] == whole["second"] == 0)
    return bool(whole["hour"] < 24 and whole["minute"] < 60 and whole["second"] <= 60)


def _offset(zone: str, year: int) -> int | None:
    """Tell how far the clocks of a zone are ahead; None for one that is not known, whose clocks are like ours."""
    name = zone.upper()
    if match := OFFSET.fullmatch(name):
        sign, hours, _colon, minutes, seconds = match.groups()
        ahead = (int(hours) * 60 + int(minutes)) * 60 + int(seconds or 0)
        return -ahead if sign == "-" else ahead
    if SHORT_OFFSET.fullmatch(name):
        return int(name) * 3600
    if name in HOURS:
        return HOURS[name] * 3600
    for month in (1, 7):
        here = local(days_of(year, month, 1), 0, Fraction(0))
        if name and here.zone.upper() == name:
            return here.offset
    return None


def _there(seconds: int, offset: int, zone: str, fraction: Fraction) -> Moment:
    """Show a moment by the clock of its own zone, which has a name only if it is UTC or goes like ours."""
    if zone.upper() in UTC:
        return Moment(seconds, 0, "UTC", fraction)
    here = at(seconds, fraction)
    return here if here.offset == offset else Moment(seconds, offset, "", fraction)
