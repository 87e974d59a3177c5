"""How identifiers and days of a profile are written for people."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import to_user_timezone

from app.pages.customers import page
from app.web.moments import day

if TYPE_CHECKING:
    from pydantic import JsonValue

NAMES = {
    "email": _l("e-mail address"),
    "phone": _l("phone number"),
    "loyalty_id": _l("loyalty ID"),
    "external_id": _l("own ID"),
    "telegram_id": _l("Telegram ID"),
    "did": _l("device"),
}


@page.app_template_filter()
def birthday(value: str) -> str:
    """A day that REES46 gives as text; what is no day stays as it is."""
    read = read_day(value)
    return day(read) if read else value


@page.app_template_filter()
def years(born: str | None) -> str | None:
    """How old somebody is who was born on that day; nothing when the day is not known."""
    first, today = read_day(born), to_user_timezone(datetime.now(UTC)).date()
    if first is None or first > today:
        return None
    whole = today.year - first.year - ((today.month, today.day) < (first.month, first.day))
    return _("%(whole)s, by the birthday", whole=whole)


@page.app_template_filter()
def written(value: JsonValue) -> str:
    """The value of a custom property: text as it is, anything else as JSON writes it."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


@page.app_template_filter()
def pair(tag: str) -> tuple[str, None]:
    """A tag that leads nowhere."""
    return tag, None


def read_day(value: str | None) -> date | None:
    """Read YYYY-MM-DD; anything else is no day."""
    try:
        return date.fromisoformat((value or "")[:10])
    except ValueError:
        return None
