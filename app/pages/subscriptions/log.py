"""Reading the log of changes in pages that cost the same however long the log is.

REES46 can only skip rows (`offset`), which costs more the further one goes. So a place in the list is a day and the
rows of that day that were seen: the range of days is cut there, and no more than a day's rows are ever skipped.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from flask import url_for

from app.rees46.errors import Rees46Error
from app.rees46.subscriptions import Change, Changes
from app.store.base import now
from app.web.paging_args import whole_number
from app.web.rees46 import ask

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from app.pages.subscriptions.forms import FeedFilters

SHOWN = 50
AT_ONCE = 20_000  # the most that REES46 gives in one answer
FOR_A_FILE = 5_000
USUAL_DAYS = 30
MOST_DAYS = 120  # points of a chart
BAD = {"hard_bounced", "complained", "blacklisted"}


class Broken(Exception):
    """REES46 stopped answering in the middle."""


@dataclass(frozen=True)
class Wanted:
    """Which changes: a range of days, an event, a source."""

    first: date
    last: date
    event: str | None = None
    channel: str | None = None

    @classmethod
    def of(cls, form: FeedFilters) -> Wanted | None:
        """Read the filters; the last 30 days when no days are given; None when they make no sense."""
        if not form.validate():
            return None
        last = form.until.data or max(now().date(), form.since.data or date.min)
        first = form.since.data or last - timedelta(days=USUAL_DAYS - 1)
        return cls(first, last, form.event.data or None, form.channel.data or None)

    @property
    def filters(self) -> dict[str, str]:
        """The filters as they stand in an address."""
        days = {"from": self.first.isoformat(), "to": self.last.isoformat()}
        return days | {name: value for name, value in (("event", self.event), ("channel", self.channel)) if value}

    def url(self, **more: Any) -> str:
        values: dict[str, Any] = {**self.filters, **more}
        return str(url_for(".changes", **values))


@dataclass(frozen=True)
class Place:
    """A place in the list: up to this day, without so many of its rows."""

    day: date
    skip: int = 0

    def after(self, rows: list[Change]) -> Place:
        """The place behind these rows."""
        day = _day(rows[-1]) or self.day
        seen = sum(1 for row in rows if (_day(row) or self.day) == day)
        return Place(day, seen + (self.skip if day == self.day else 0))


@dataclass(frozen=True)
class Line:
    """What happened to one contact at one moment; several kinds of message at once make one line."""

    change: Change
    kinds: list[str]


@dataclass(frozen=True)
class Found:
    lines: list[Line]
    older_url: str | None
    newest_url: str | None


def slice_of(wanted: Wanted, args: Mapping[str, str]) -> Found:
    """Read 50 rows from the place that the address names."""
    place = _place(wanted, args)
    rows = read(wanted, place, SHOWN + 1)
    shown = rows[:SHOWN]
    older = place.after(shown) if len(rows) > SHOWN else None
    begun = Place(wanted.last)
    return Found(
        lines_of(shown),
        wanted.url(at=older.day.isoformat(), skip=older.skip) if older else None,
        wanted.url() if place != begun else None,
    )


def lines_of(rows: list[Change]) -> list[Line]:
    """Put together what happened to a contact at one moment."""
    found: list[Line] = []
    for row in rows:
        if found and found[-1].change.model_copy(update={"campaign_type": row.campaign_type}) == row:
            found[-1].kinds.append(row.campaign_type)
        else:
            found.append(Line(row, [row.campaign_type]))
    return found


def every(wanted: Wanted) -> Iterator[list[Change]]:
    """Read all rows, page by page. The first failure is REES46's own, a later one is Broken."""
    place, is_first = Place(wanted.last), True
    while True:
        try:
            rows = read(wanted, place, FOR_A_FILE)
        except Rees46Error:
            if is_first:
                raise
            raise Broken from None
        yield rows
        if len(rows) < FOR_A_FILE:
            return
        place, is_first = place.after(rows), False


def read(wanted: Wanted, place: Place, limit: int) -> list[Change]:
    """Read rows from a place on, newest first: some installations give the oldest first, and then the wrong end."""
    rows = _asked(wanted, wanted.first, place.day, limit, place.skip)
    sample = rows
    if place.skip or (len(rows) >= limit and not _goes(rows)):  # too little to tell by
        sample = rows if _goes(rows) else _asked(wanted, wanted.first, place.day, AT_ONCE)
    if _goes(sample) == "up":
        rows = _newest(wanted, wanted.first, place.day, place.skip + limit)[place.skip : place.skip + limit]
    return rows


def _newest(wanted: Wanted, first: date, last: date, limit: int) -> list[Change]:
    """Read the last rows of a log that begins with its oldest: where it breaks off, by halves of its days."""
    rows = _asked(wanted, first, last, AT_ONCE)
    if len(rows) < AT_ONCE or first >= last:
        return rows[::-1]
    middle = first + (last - first) // 2
    late = _newest(wanted, middle + timedelta(days=1), last, limit)
    return late if len(late) >= limit else late + _newest(wanted, first, middle, limit - len(late))


def _goes(rows: list[Change]) -> str:
    """Tell whether the times of a log go up or down; empty where they do neither."""
    if not rows or rows[0].datetime == rows[-1].datetime:
        return ""
    return "up" if rows[0].datetime < rows[-1].datetime else "down"


def _asked(wanted: Wanted, first: date, last: date, limit: int, skip: int = 0) -> list[Change]:
    params: dict[str, Any] = {"event": wanted.event, "channel": wanted.channel, "offset": skip or None}
    given = {name: value for name, value in params.items() if value is not None}
    return ask(Changes(from_=first, to=last, limit=limit, **given))


@dataclass(frozen=True)
class Days:
    """Changes counted by day. `is_cut`: REES46 gave no more, so the days before the first one are missing."""

    labels: list[date]
    joined: list[int]
    left: list[int]
    lost: list[int]  # bounced, complained, blacklisted
    is_cut: bool
    total: int


def days_of(wanted: Wanted) -> Days:
    """Count the changes of each day; when REES46 gives no more, the day at which it breaks off is left out."""
    rows = read(wanted, Place(wanted.last), AT_ONCE)
    is_cut = len(rows) >= AT_ONCE
    first = max(wanted.first, wanted.last - timedelta(days=MOST_DAYS - 1))
    if is_cut and (day := _day(rows[-1])):
        first = max(first, day + timedelta(days=1))
    counted = Counter((_day(row), _side(row)) for row in rows)
    labels = [first + timedelta(days=n) for n in range(max(0, (wanted.last - first).days) + 1)]
    sides = {side: [counted[day, side] for day in labels] for side in ("joined", "left", "lost")}
    return Days(labels, sides["joined"], sides["left"], sides["lost"], is_cut, sum(map(sum, sides.values())))


def _side(row: Change) -> str:
    if row.event == "subscribe":
        return "joined"
    return "lost" if row.event in BAD else "left"


def _place(wanted: Wanted, args: Mapping[str, str]) -> Place:
    try:
        day = date.fromisoformat(args.get("at", ""))
    except ValueError:
        return Place(wanted.last)
    return Place(min(max(day, wanted.first), wanted.last), whole_number(args.get("skip")) or 0)


def _day(row: Change) -> date | None:
    try:
        return date.fromisoformat(row.datetime[:10])
    except ValueError:
        return None
