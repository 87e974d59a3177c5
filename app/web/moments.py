"""One style for all dates: near ones in words, far ones as `12 Nov`, and the whole of it on hover.

What is needed for all dates of a page is looked up once for a request: language, time zone, the present moment, and
the words, which stand beside each other many times in a list.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cached_property
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_name
from flask import g
from flask_babel import format_date, get_locale, ngettext
from flask_babel import gettext as _
from markupsafe import Markup, escape

from app.web.context import settings

if TYPE_CHECKING:
    from flask import Flask

HOURS = 3600
NEAR = 7  # days that are told in words


@dataclass
class Clock:
    """The present moment of a request, and what was put into words for it: moments, days, near days, zones."""

    now: datetime
    zone: tzinfo
    words: dict[datetime, Markup] = field(default_factory=dict)
    days: dict[date, str] = field(default_factory=dict)
    near: dict[date, str] = field(default_factory=dict)
    zones: dict[timedelta | None, str] = field(default_factory=dict)
    soon: dict[tuple[int, bool], str] = field(default_factory=dict)
    escaped: dict[str, Markup] = field(default_factory=dict)

    @cached_property
    def here(self) -> datetime:
        """The present moment in the zone of the installation."""
        return self.now.astimezone(self.zone)

    def when(self, value: datetime | None) -> Markup:
        """Give a time element: near moments in words, the whole moment with its zone on hover."""
        if value is None:
            return Markup('<span class="nothing">{}</span>').format(_("never"))
        known = self.words.get(value)
        if known is None:
            known = self.words[value] = self.element(value, relative=True)
        return known

    def element(self, value: datetime, *, relative: bool) -> Markup:
        exact = _utc(value)
        here = exact.astimezone(self.zone)
        whole = self.moment(here)
        title = escape(f"{whole} {self.zone_name(here)}")
        shown = self.safe(self.ago(here) if relative else whole)
        return Markup(  # noqa: S704  # it is escaped above, but for figures
            f'<time datetime="{exact.isoformat(timespec="seconds")}" title="{title}">{shown}</time>'
        )

    def safe(self, words: str) -> Markup:
        """Escape words, once for all moments that are told by them."""
        known = self.escaped.get(words)
        if known is None:
            known = self.escaped[words] = escape(words)
        return known

    def moment(self, here: datetime) -> str:
        day = here.date()
        known = self.days.get(day)
        if known is None:
            known = self.days[day] = format_date(day, "d MMM y")
        return f"{known}, {here.hour:02}:{here.minute:02}"

    def ago(self, here: datetime) -> str:
        seconds, day = (here - self.here).total_seconds(), here.date()
        away, ahead = abs(seconds), seconds > 0
        if away < HOURS or (away < 24 * HOURS and day == self.here.date()):
            return self.minutes_in_words(round(away) // 60, ahead=ahead)
        return self.day_in_words(day)

    def minutes_in_words(self, minutes: int, *, ahead: bool) -> str:
        known = self.soon.get((minutes, ahead))
        if known is None:
            known = self.soon[minutes, ahead] = _near(minutes, ahead=ahead)
        return known

    def day_in_words(self, value: date) -> str:
        known = self.near.get(value)
        if known is None:
            known = self.near[value] = _day_in_words(value, self.here.date())
        return known

    def zone_name(self, here: datetime) -> str:
        offset = here.utcoffset()
        known = self.zones.get(offset)
        if known is None:
            name = get_timezone_name(here, width="short", locale=get_locale()) or self.zone
            known = self.zones[offset] = str(name)
        return known


def init_app(app: Flask) -> None:
    for filter_ in (ago, moment, day, iso, zone, told, time_of_day):
        app.add_template_filter(filter_)
    app.jinja_env.globals["time_element"] = when


def clock() -> Clock:
    """The clock of this request."""
    found: Clock | None = g.get("clock")
    if found is None:
        found = g.clock = Clock(datetime.now(UTC), ZoneInfo(settings().time_zone))  # pytz takes ten times as long
    return found


def when(value: datetime | None, *, relative: bool = True) -> Markup:
    """Give a time element: near moments in words, the whole moment with its zone on hover. `value` is UTC."""
    return clock().when(value) if relative or value is None else clock().element(value, relative=False)


def time_of_day(value: datetime | None) -> str:
    """`11:40`, under the heading of a day."""
    return f"{_here(value):%H:%M}" if value else "–"


def ago(value: datetime | None) -> str:
    """`just now`, `12 min ago`, `yesterday`, `3 days ago`, `12 Nov`; ahead `in 3 h`, `tomorrow`, `in 2 days`."""
    return "–" if value is None else clock().ago(_here(value))


def _near(minutes: int, *, ahead: bool) -> str:
    hours = minutes // 60
    if not minutes:
        return _("in a moment") if ahead else _("just now")
    if not hours:
        return _("in %(num)s min", num=minutes) if ahead else _("%(num)s min ago", num=minutes)
    return _("in %(num)s h", num=hours) if ahead else _("%(num)s h ago", num=hours)


def day_in_words(value: date) -> str:
    """`today`, `yesterday`, `3 days ago`, `in 2 days`; from a week on `12 Nov`, with the year when it is another."""
    return clock().day_in_words(value)


def _day_in_words(value: date, today: date) -> str:
    days = (value - today).days
    if abs(days) <= 1:
        return {0: _("today"), -1: _("yesterday"), 1: _("tomorrow")}[days]
    if -NEAR <= days < 0:
        return ngettext("%(num)s day ago", "%(num)s days ago", -days)
    if 0 < days <= NEAR:
        return ngettext("in %(num)s day", "in %(num)s days", days)
    return short_day(value)


def short_day(value: date) -> str:
    """`12 Nov`, with the year when it is another than now."""
    return format_date(value, "d MMM" if value.year == clock().here.year else "d MMM y")


def day(value: date | datetime | None) -> str:
    """`12 Nov 2026`, in the person's language and the installation's time zone."""
    return format_date(value, "d MMM y") if value else "–"


def moment(value: datetime | None) -> str:
    """`27 Nov 2026, 14:36`; `value` is UTC."""
    return clock().moment(_here(value)) if value else "–"


def for_file(value: datetime | None) -> str:
    """`2026-11-27 14:36`, which spreadsheets sort; `value` is UTC, and shown in the zone of the installation."""
    return f"{_here(value):%Y-%m-%d %H:%M}" if value else ""


def told(value: str | None) -> str | Markup:
    """A day or moment as REES46 writes it, which states no zone; what is none stays as it is."""
    try:
        read = datetime.fromisoformat((value or "")[:19])
    except ValueError:
        return value or "–"
    whole = format_date(read.date(), "d MMM y") + (f", {read:%H:%M}" if len(value or "") > len("2026-11-01") else "")
    return Markup('<time datetime="{}" title="{}">{}</time>').format(value, whole, day_in_words(read.date()))


def iso(value: datetime | None) -> str:
    """For machines: the datetime attribute of a time element."""
    return _utc(value).isoformat(timespec="seconds") if value else ""


def zone(value: datetime) -> str:
    """The name of the time zone at that moment."""
    return clock().zone_name(_here(value))


def _here(value: datetime) -> datetime:
    return _utc(value).astimezone(clock().zone)


def _utc(value: datetime) -> datetime:
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value
