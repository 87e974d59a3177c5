"""Filters: numbers, dates and phones reach a template only through these."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import phonenumbers
from babel.dates import format_timedelta, get_timezone_name
from flask_babel import format_date, format_datetime, format_decimal, get_locale, get_timezone, to_user_timezone

from app.web.context import settings

if TYPE_CHECKING:
    from flask import Flask

KB = 1024
WEB_ADDRESS = re.compile(r"https?://[^\s/]+", re.IGNORECASE)


def init_app(app: Flask) -> None:
    for filter_ in (number, money, day, moment, ago, iso, zone, phone, size, words, web_address):
        app.add_template_filter(filter_)


def number(value: float | None, digits: int | None = None) -> str:
    """`1 234,5`: grouped as the language does."""
    if value is None:
        return "–"
    shape = None if digits is None else ("#,##0." + "0" * digits if digits else "#,##0")
    return format_decimal(value, shape)


def money(value: float | None, currency: str = "") -> str:
    """An amount with two digits when it has a fraction."""
    if value is None:
        return "–"
    amount = number(value, 0 if float(value).is_integer() else 2)
    return f"{amount} {currency}".strip()


def day(value: date | datetime | None) -> str:
    """A day in the person's language and the installation's time zone."""
    return format_date(value, "medium") if value else "–"


def moment(value: datetime | None) -> str:
    """Day and time; `value` is UTC."""
    return format_datetime(_utc(value), "d MMM y, HH:mm") if value else "–"


def ago(value: datetime | None) -> str:
    """`5 minutes ago`."""
    if value is None:
        return "–"
    return format_timedelta(_utc(value) - datetime.now(UTC), add_direction=True, locale=get_locale())


def iso(value: datetime | None) -> str:
    """For machines: the datetime attribute of a time element."""
    return _utc(value).isoformat(timespec="seconds") if value else ""


def zone(value: datetime) -> str:
    """The name of the time zone at that moment."""
    return str(get_timezone_name(to_user_timezone(_utc(value)), width="short", locale=get_locale()) or get_timezone())


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


def _utc(value: datetime) -> datetime:
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value
