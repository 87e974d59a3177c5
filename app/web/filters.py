"""Filters: numbers and phones reach a template only through these; for dates see moments.py."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

import phonenumbers
from babel.numbers import format_decimal

from app.web.context import settings
from app.web.language import language_shown

if TYPE_CHECKING:
    from flask import Flask

KB = 1024
WEB_ADDRESS = re.compile(r"https?://[^\s/]+", re.IGNORECASE)


def init_app(app: Flask) -> None:
    for filter_ in (number, money, phone, size, words, web_address):
        app.add_template_filter(filter_)


def number(value: float | None, digits: int | None = None) -> str:
    """`1 234,5`: grouped as the language does."""
    if value is None:
        return "–"
    shape = None if digits is None else ("#,##0." + "0" * digits if digits else "#,##0")
    return _grouped(value, shape, language_shown() or None)


@lru_cache(maxsize=1000)  # lists show the same small numbers over and over
def _grouped(value: float, shape: str | None, language: str | None) -> str:
    return format_decimal(value, shape, locale=language)


def money(value: float | None, currency: str = "") -> str:
    """An amount with two digits when it has a fraction."""
    if value is None:
        return "–"
    amount = number(value, 0 if float(value).is_integer() else 2)
    return f"{amount} {currency}".strip()


def phone(value: str | None) -> str:
    """A phone number with the gaps people read it by; what is no number stays as it is."""
    if not value:
        return "–"
    try:
        read = phonenumbers.parse(value if value.startswith("+") else f"+{value}", settings().phone_region)
    except phonenumbers.NumberParseException:
        return value
    if not phonenumbers.is_possible_number(read):
        return value
    return phonenumbers.format_number(read, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def size(value: int) -> str:
    """`12 KB`."""
    return f"{number(value / KB, 0)} KB" if value >= KB else f"{number(value)} B"


def words(errors: Iterable[object]) -> list[str]:
    """The errors of a field as text; those of a field's parts stand at the parts."""
    return [str(error) for error in errors if not isinstance(error, dict | list | tuple)]


def web_address(text: str | None) -> str:
    """An address of the web that a link may lead to; what a browser would run or open otherwise is none."""
    return text if text and WEB_ADDRESS.match(text) else ""
