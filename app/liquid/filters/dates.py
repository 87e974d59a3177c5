"""The filter `date`."""

from __future__ import annotations

from typing import Any

from app.liquid.dates.reading import read_moment
from app.liquid.dates.strftime import strftime
from app.liquid.filters.registry import a_filter
from app.liquid.values.text import to_text


@a_filter
def date(value: Any, form: Any) -> Any:
    """Write a day or time by a format; what is none stays as it is."""
    text = to_text(form)
    moment = read_moment(value) if text else None
    return value if moment is None else strftime(moment, text)
