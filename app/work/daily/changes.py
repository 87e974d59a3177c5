"""Counting subscription changes by day. REES46 lists them newest first and can only skip some (`offset`).

A day that goes on is read on: what is new are so many rows at its head as there are more than were counted. A day that
is over is read once more to its end, since what arrives between two answers shifts rows from one to the next.
"""

from __future__ import annotations

import time
from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING

from app.rees46.subscriptions import Changes
from app.store import daily
from app.store.base import now
from app.web.context import desk, if_there_is_room
from app.web.shops import shop
from app.work.daily.shops import ask_quietly, is_over, today

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from app.rees46.subscriptions import Change
    from app.store.daily import DailyReading, Reading

DAYS = 28  # that are read, where nothing is known yet
AT_ONCE = 5_000  # rows of one answer; REES46 gives 20,000 at most, which is much to hold
ON_A_PAGE = 1_000  # rows that are read while somebody waits
FRESH = timedelta(minutes=1)
BEHIND = timedelta(minutes=15)  # the worker counts every 10 minutes; when this is over it is not coming
LONGEST = 240.0  # seconds that a run reads for, of one shop; the next run goes on
JOINS, BY_IMPORT = "subscribe", "import"


def read_days() -> None:
    """Read what is not whole yet, the newest day first."""
    known = _known(DAYS)
    until = time.monotonic() + LONGEST
    for number in range(DAYS):
        day = today() - timedelta(days=number)
        reading = known.get(day)
        if reading and reading.is_whole:
            continue
        _keep(_whole(day) if is_over(day) or reading is None else _more(day, reading.rows))
        if time.monotonic() > until:
            return


def read_a_little(days: int, fresh: timedelta = FRESH) -> None:
    """Read on what little there is, for somebody who looks: today, or all of these days where that is not much."""
    known, last = _known(days), today()
    missing = [day for number in range(1, days) if (day := last - timedelta(days=number)) not in known]
    newest = known.get(last)
    if missing or newest is None:
        if not _is_left_to_worker(last):
            _read_at_once([*missing, last])
    elif newest.read < now() - fresh:
        _read_on(last, newest)


def _is_left_to_worker(last: date) -> bool:
    """Whether somebody found a while ago that there is much to count: it need not be asked again."""
    with desk().reading() as db:
        found = daily.readings(db, shop().id, daily.MANY_CHANGES, last).get(last)
    return found is not None and found.read > now() - BEHIND


def _read_at_once(days: list[date]) -> None:
    """Read days in one call, if they have few rows; else, which one row tells, the worker reads them."""
    asked = {"from_": min(days), "to": max(days)}
    if ask_quietly(Changes(**asked, limit=1, offset=ON_A_PAGE)):
        _keep(daily.Reading(max(days), {}, 0), daily.MANY_CHANGES)
        return
    rows = ask_quietly(Changes(**asked, limit=ON_A_PAGE))
    by_day: dict[str, list[Change]] = {day.isoformat(): [] for day in days}
    for row in rows:
        by_day.get(row.datetime[:10], []).append(row)
    for day in days:
        mine = by_day[day.isoformat()]
        _keep(daily.Reading(day, _counted(mine), len(mine), is_whole=is_over(day)))


def _read_on(day: date, known: DailyReading) -> None:
    more = ask_quietly(Changes(from_=day, to=day, limit=ON_A_PAGE, offset=known.rows))
    if len(more) < ON_A_PAGE:
        _keep(_newest(day, len(more), known.rows))


def _more(day: date, known: int) -> Reading:
    return _newest(day, sum(len(rows) for rows in _pages(day, known)), known)


def _newest(day: date, count: int, known: int) -> Reading:
    """Read the newest rows of a day, so many as there are more than were known."""
    figures: Counter[str] = Counter()
    for rows in _pages(day, 0, most=count):
        figures += _counted(rows)
    return daily.Reading(day, figures, known + figures.total(), after=known)


def _whole(day: date) -> Reading:
    """Read a day to its end."""
    figures: Counter[str] = Counter()
    for rows in _pages(day, 0):
        figures += _counted(rows)
    return daily.Reading(day, figures, figures.total(), is_whole=is_over(day))


def _pages(day: date, skip: int, *, most: int | None = None) -> Iterator[list[Change]]:
    """Give the rows of a day, an answer at a time."""
    while most is None or most > 0:
        limit = AT_ONCE if most is None else min(most, AT_ONCE)
        rows = ask_quietly(Changes(from_=day, to=day, limit=limit, offset=skip))
        yield rows
        if len(rows) < limit:
            return
        skip += len(rows)
        most = None if most is None else most - len(rows)


def _counted(rows: list[Change]) -> Counter[str]:
    return Counter(f"{row.event}:{row.channel or ''}" for row in rows)


def _known(days: int) -> Mapping[date, DailyReading]:
    with desk().reading() as db:
        return daily.readings(db, shop().id, daily.CHANGES, today() - timedelta(days=days - 1))


def _keep(reading: Reading, kind: str = daily.CHANGES) -> None:
    with if_there_is_room(), desk().writing() as db:
        daily.keep(db, shop().id, kind, reading)
