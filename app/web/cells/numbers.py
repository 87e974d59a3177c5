"""Decimal numbers as people and spreadsheets write them; what could be two numbers is refused."""

from __future__ import annotations

import re
from decimal import Decimal

from app.web.cells.tidying import Unfit, plain_digits, trimmed

LONGEST = 40  # characters
PLAIN = re.compile(r"[+-]?\d+([.,]\d+)?")
GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(?P<group>[ '.,])\d{3}((?P=group)\d{3})*((?!(?P=group))[.,]\d+)?")
EITHER = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")  # 1,240: with a fraction, or a thousand and more?


def read_decimal(text: str) -> Decimal:
    """Give a number, or raise Unfit: `number` when it is none, `either` when it could be two."""
    written = plain_digits(trimmed(text)).replace("’", "'")
    if len(written) > LONGEST:
        raise Unfit("number")
    if EITHER.fullmatch(written):
        raise Unfit("either")
    if grouped := GROUPED.fullmatch(written):
        written = written.replace(grouped.group("group"), "")
    if not PLAIN.fullmatch(written):
        raise Unfit("number")
    return Decimal(written.replace(",", "."))


def read_number(text: str) -> int | float:
    """Give a number: a whole one also where a spreadsheet wrote it with a fraction of nothing."""
    number = read_decimal(text)
    return int(number) if number == number.to_integral_value() else float(number)
