"""A moment written by a format: `%d.%m.%Y %H:%M`, with Ruby's flags and widths."""

from __future__ import annotations

import re
from collections.abc import Callable

from app.liquid.dates.moment import Moment, days_of
from app.liquid.errors import LiquidError

DIRECTIVE = re.compile(r"%([-0^#_:]*)([0-9]{0,6})([EO]?)([a-zA-Z]|(?<![EO])%)|%[-0^#_]*[0-9]*\Z")
DAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WIDEST = 1024
VARIANTS = {"": None, "E": set("cCxXyY"), "O": set("deHkIlmMSuUVwWy")}  # of the locale; there is but one

NUMBERS: dict[str, tuple[int, str, Callable[[Moment], int]]] = {  # the width, what fills it up, the number
    "C": (2, "0", lambda moment: moment.year // 100),
    "y": (2, "0", lambda moment: moment.year % 100),
    "m": (2, "0", lambda moment: moment.month),
    "d": (2, "0", lambda moment: moment.day),
    "e": (2, " ", lambda moment: moment.day),
    "j": (3, "0", lambda moment: moment.day_of_year),
    "H": (2, "0", lambda moment: moment.hour),
    "k": (2, " ", lambda moment: moment.hour),
    "I": (2, "0", lambda moment: (moment.hour - 1) % 12 + 1),
    "l": (2, " ", lambda moment: (moment.hour - 1) % 12 + 1),
    "M": (2, "0", lambda moment: moment.minute),
    "S": (2, "0", lambda moment: moment.second),
    "u": (1, "0", lambda moment: moment.weekday or 7),
    "w": (1, "0", lambda moment: moment.weekday),
    "U": (2, "0", lambda moment: (moment.day_of_year + 6 - moment.weekday) // 7),
    "W": (2, "0", lambda moment: (moment.day_of_year + 6 - (moment.weekday - 1) % 7) // 7),
    "G": (4, "0", lambda moment: _iso_week(moment)[0]),
    "g": (2, "0", lambda moment: _iso_week(moment)[0] % 100),
    "V": (2, "0", lambda moment: _iso_week(moment)[1]),
    "s": (1, "0", lambda moment: moment.seconds),
    "Y": (4, "0", lambda moment: moment.year),
}
WORDS: dict[str, Callable[[Moment], str]] = {
    "A": lambda moment: DAYS[moment.weekday],
    "a": lambda moment: DAYS[moment.weekday][:3],
    "B": lambda moment: MONTHS[moment.month - 1],
    "b": lambda moment: MONTHS[moment.month - 1][:3],
    "h": lambda moment: MONTHS[moment.month - 1][:3],
    "p": lambda moment: "AM" if moment.hour < 12 else "PM",
    "P": lambda moment: "am" if moment.hour < 12 else "pm",
    "Z": lambda moment: moment.zone,
    "%": lambda _moment: "%",
    "n": lambda _moment: "\n",
    "t": lambda _moment: "\t",
}
FORMATS = {
    "c": "%a %b %e %H:%M:%S %Y",
    "D": "%m/%d/%y",
    "x": "%m/%d/%y",
    "F": "%Y-%m-%d",
    "T": "%H:%M:%S",
    "X": "%H:%M:%S",
    "R": "%H:%M",
    "r": "%I:%M:%S %p",
    "v": "%e-%^b-%4Y",
}

KNOWN = {*NUMBERS, *WORDS, *FORMATS, "z", "L", "N"}


def strftime(moment: Moment, form: str) -> str:
    """Write a moment; a format that ends within a directive is none."""
    return DIRECTIVE.sub(lambda directive: _written(moment, directive), form)


def _written(moment: Moment, directive: re.Match[str]) -> str:
    """Write a directive; one that does not exist stays as it is."""
    flags, wide, variant, letter = directive.groups()
    if letter is None:
        raise LiquidError(f"invalid format: {directive.string}")
    width = int(wide) if wide else None
    allowed = VARIANTS[variant]
    is_known = letter in KNOWN and (not allowed or letter in allowed) and (":" not in flags or letter == "z")
    if not is_known or (width or 0) > WIDEST:
        return directive[0]
    return _kind_of(letter)(moment, letter, flags, width)


def _kind_of(letter: str) -> Callable[[Moment, str, str, int | None], str]:
    if letter in NUMBERS:
        return _number
    if letter in FORMATS:
        return _format
    return {"z": _offset, "L": _fraction, "N": _fraction}.get(letter, _word)


def _number(moment: Moment, letter: str, flags: str, width: int | None) -> str:
    usual, filler, number_of = NUMBERS[letter]
    number = number_of(moment)
    if "-" in flags:
        return str(number)
    if "_" in flags:
        filler = " "
    elif "0" in flags:
        filler = "0"
    least = width if width is not None else usual + (letter == "Y" and number < 0)
    return str(number).zfill(least) if filler == "0" else str(number).rjust(least)


def _fraction(moment: Moment, letter: str, flags: str, width: int | None) -> str:  # noqa: ARG001  # none changes it
    digits = width or (3 if letter == "L" else 9)
    return str(int(moment.fraction * 10**digits)).zfill(digits)


def _format(moment: Moment, letter: str, flags: str, width: int | None) -> str:
    whole = strftime(moment, FORMATS[letter])
    return _padded(whole.upper() if "^" in flags else whole, flags, width)


def _word(moment: Moment, letter: str, flags: str, width: int | None) -> str:
    return _padded(_cased(WORDS[letter](moment), letter, flags), flags, width)


def _cased(text: str, letter: str, flags: str) -> str:
    if "#" in flags:
        return text.lower() if letter in {"p", "Z"} else text.upper()
    return text.upper() if "^" in flags else text


def _padded(text: str, flags: str, width: int | None) -> str:
    if width is None or "-" in flags or not text:
        return text
    return text.rjust(width, "0" if "0" in flags else " ")


def _offset(moment: Moment, letter: str, flags: str, width: int | None) -> str:  # noqa: ARG001  # there is one letter
    """Write how far the clock is ahead: +0300, with colons +03:00 or +03:00:00."""
    sign, ahead = ("-" if moment.offset < 0 else "+"), abs(moment.offset)
    hours, minutes, rest = ahead // 3600, ahead // 60 % 60, ahead % 60
    tails = (f"{minutes:02}", f":{minutes:02}", f":{minutes:02}:{rest:02}")
    shortest = tails[2] if rest else tails[1] if minutes else ""
    tail = (*tails, shortest)[min(flags.count(":"), 3)]
    least = max(0, (width or 0) - len(tail) - 1)
    if "_" in flags:
        return f"{sign}{hours}".rjust(max(least + 1, 3)) + tail
    return f"{sign}{str(hours).zfill(max(least, 2))}{tail}"


def _iso_week(moment: Moment) -> tuple[int, int]:
    """Give the year and number of the week, whose Thursday decides."""
    thursday = moment.days - (moment.weekday - 1) % 7 + 3
    year = Moment(thursday * 86_400).year
    return year, (thursday - days_of(year, 1, 1)) // 7 + 1
