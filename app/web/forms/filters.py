"""What narrows a list: a form whose values stand in the query of the URL."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, Form, SelectField
from wtforms.validators import Optional

from app.web.context import settings
from app.web.forms.select import QuickMeta
from app.web.moments import clock, day, day_in_words, short_day
from app.web.paging_args import url_with

if TYPE_CHECKING:
    from wtforms import Field


@dataclass(frozen=True)
class Applied:
    """A filter that is in use, in words, and the list without it."""

    words: str
    url: str


class Filters(Form):
    """The filters of a list; no personal data, for they stand in the URL.

    A choice that the query leaves out, or leaves empty, narrows nothing, whether the list offers an empty choice or
    not. Nonsense is an error of its field in `errors`, and only where a page asks for `validate()`.
    """

    Meta = QuickMeta

    def __init__(self, said: Any = None, **more: Any) -> None:
        super().__init__(request.args if said is None else said, **more)
        for select in self._selects():
            if not self._is_chosen(select):
                select.data = select.coerce("" if select.default is None else select.default)

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields; where nothing is chosen, nothing can be wrong."""
        for select in self._selects():
            select.validate_choice = select.validate_choice and bool(select.data)
        return bool(super().validate(extra_validators))

    def applied(self) -> list[Applied]:
        """The filters in use, each with the way to the same list without it."""
        return [
            Applied(_("%(name)s: %(value)s", name=field.label.text, value=words), url_with(**{field.name: None}))
            for field in self
            if field.name not in self._own_words() and request.args.get(field.name) and (words := _in_words(field))
        ]

    def _own_words(self) -> set[str]:
        """Fields that are not told one by one."""
        return set()

    def _selects(self) -> list[Any]:
        return [field for field in self if isinstance(field, SelectField)]

    @staticmethod
    def _is_chosen(select: Any) -> bool:
        return any(select.raw_data or [])


def _in_words(field: Field) -> str:
    """What a filter is set to, as people read it; nothing where it filters nothing."""
    if not field.data or field.errors:
        return ""
    if isinstance(field, SelectField):
        return next((str(label) for value, label, *_more in field.iter_choices() if value == field.data), "")
    return day(field.data) if isinstance(field, DateField) else str(field.data)


@dataclass(frozen=True)
class Range:
    """Days to choose with one click."""

    words: str
    url: str
    is_chosen: bool


class DatedFilters(Filters):
    """The filters of a list of what happened: from a day on, up to and with a day."""

    since = DateField(_l("From"), validators=[Optional()])
    until = DateField(_l("Until"), validators=[Optional()])

    def days(self) -> tuple[date | None, date | None]:
        """The days as they were chosen; what is no day narrows nothing."""
        first, last = (field.data if field.validate(self) else None for field in (self.since, self.until))
        for field in (self.since, self.until):
            field.errors = []
        return first, last

    def between(self) -> tuple[datetime | None, datetime | None]:
        """Where the days begin and end in UTC; a day that is none narrows nothing."""
        first, last = self.days()
        zone = ZoneInfo(settings().time_zone)
        begin = datetime.combine(first, time(), zone) if first else None
        end = datetime.combine(last, time(), zone) + timedelta(days=1) if last and last.year < MOST_YEAR else None
        return _utc(begin), _utc(end)

    def applied(self) -> list[Applied]:
        """As of all filters; both days are one of them."""
        self.days()  # what is no day is not in use
        if not self._has_days():
            return super().applied()
        return [*super().applied(), Applied(self.range_words, url_with(**self._days_set()))]

    def _has_days(self) -> bool:
        return bool(self.since.data or self.until.data)

    def _own_words(self) -> set[str]:
        return set(self._days_set())

    def _days_set(self, first: date | None = None, last: date | None = None) -> dict[str, date | None]:
        """Both days as the address has them."""
        return {str(self.since.name): first, str(self.until.name): last}

    @property
    def range_words(self) -> str:
        """The days that are chosen: `29 Oct – 27 Nov`."""
        first, last = self.since.data, self.until.data
        if first and last:
            return day_in_words(first) if first == last else f"{short_day(first)} – {short_day(last)}"
        if first:
            return _("since %(day)s", day=short_day(first))
        return _("until %(day)s", day=short_day(last)) if last else _("Any day")

    def ranges(self) -> list[Range]:
        """Days that people often want, up to today."""
        today = clock().here.date()
        offered = [
            (_("Any day"), None, None),
            (_("Today"), today, today),
            (_("Yesterday"), today - timedelta(days=1), today - timedelta(days=1)),
            (_("Last 7 days"), today - timedelta(days=6), today),
            (_("Last 30 days"), today - timedelta(days=29), today),
        ]
        chosen = (self.since.data, self.until.data)
        return [
            Range(words, url_with(**self._days_set(first, last)), chosen == (first, last))
            for words, first, last in offered
        ]


MOST_YEAR = 9999  # there is no day after the last one that a computer knows


def _utc(value: datetime | None) -> datetime | None:
    return value.astimezone(UTC).replace(tzinfo=None) if value and value.year > 1 else None
