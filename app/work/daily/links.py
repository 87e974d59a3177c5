"""Noting how many short links ended on a day and how many are about to: the desk's own ledger tells it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.store import daily, short_links
from app.store.base import now
from app.store.short_links import SOON
from app.web.context import desk, settings
from app.web.shops import shop
from app.work.daily.shops import today

DAYS = 28


def read_links() -> None:
    """Count what ended on each day that was not over when it was counted last."""
    where, last = shop().id, today()
    with desk().reading() as db:
        known = daily.readings(db, where, daily.ENDING_LINKS, last - timedelta(days=DAYS - 1))
        kept = daily.figures(db, where, daily.ENDING_LINKS, last - timedelta(days=DAYS - 1))
    for number in range(DAYS):
        day = last - timedelta(days=number)
        if day in known and known[day].is_whole:
            continue
        begins = _midnight(day)
        ends = _midnight(day + timedelta(days=1))
        with desk().writing() as db:
            figures = kept.get(day, {}) | {"ended": short_links.ending_between(db, where, begins, min(ends, now()))}
            if day == last:
                figures["ends within a week"] = short_links.ending_between(db, where, now(), now() + SOON)
            reading = daily.Reading(day, figures, 1, is_whole=day < last)
            daily.keep(db, where, daily.ENDING_LINKS, reading)


def _midnight(day: date) -> datetime:
    zone = ZoneInfo(settings().time_zone)
    return datetime.combine(day, time(), zone).astimezone(UTC).replace(tzinfo=None)
