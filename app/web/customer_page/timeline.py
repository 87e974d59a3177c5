"""The one timeline of a customer: everything of all sources, newest first, by day; narrowed by kind and by words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from flask_babel import format_date, to_user_timezone
from flask_babel import gettext as _

from app.web.customer_page.contributions import KINDS
from app.web.paging_args import whole_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.web.customer_page.contributions import Event

SHOWN, MORE, MOST = 20, 50, 1000


@dataclass(frozen=True)
class Narrowed:
    """What somebody wants to see of a timeline."""

    kind: str = ""
    words: str = ""
    shown: int = SHOWN

    @classmethod
    def by(cls, said: Mapping[str, str]) -> Narrowed:
        """Read the form of the timeline; nonsense narrows nothing."""
        kind = said.get("kind", "")
        shown = min(whole_number(said.get("shown")) or SHOWN, MOST)
        return cls(kind if kind in KINDS else "", " ".join(said.get("words", "").split())[:100], shown)


@dataclass(frozen=True)
class Day:
    title: str
    events: list[Event]


@dataclass(frozen=True)
class Timeline:
    """The part that is shown, and how much there is."""

    days: list[Day]
    counts: Counter[str]
    wanted: Narrowed
    found: int

    @property
    def shown(self) -> int:
        return sum(len(day.events) for day in self.days)

    @property
    def following(self) -> int:
        """How many are shown after the next step; 0 when all are."""
        return self.wanted.shown + MORE if self.found > self.shown else 0


def timeline_of(events: list[Event], wanted: Narrowed) -> Timeline:
    """Sort and narrow down; what has no time comes last."""
    listed = sorted(events, key=lambda event: event.at.isoformat() if event.at else "", reverse=True)
    found = [event for event in listed if (not wanted.kind or event.kind == wanted.kind) and _holds(event, wanted)]
    days: dict[date | None, list[Event]] = {}
    for event in found[: wanted.shown]:
        days.setdefault(_day(event), []).append(event)
    shown = [Day(_title(day), listed) for day, listed in days.items()]
    return Timeline(shown, Counter(event.kind for event in events), wanted, len(found))


def _holds(event: Event, wanted: Narrowed) -> bool:
    if not wanted.words:
        return True
    changed = [part for change in event.changes for part in change]
    badges = [words for words, _tone in event.badges]
    text = " ".join(map(str, (event.title, event.about, event.text, event.source, *event.notes, *changed, *badges)))
    return all(word in text.casefold() for word in wanted.words.casefold().split())


def _day(event: Event) -> date | None:
    return to_user_timezone(event.at.replace(tzinfo=UTC)).date() if event.at else None


def _title(day: date | None) -> str:
    """Today, yesterday, Tuesday 24 November; the year when it is another one."""
    if day is None:
        return _("Time not told")
    today = to_user_timezone(datetime.now(UTC)).date()
    if today - day in (timedelta(0), timedelta(1)):
        return _("Today") if day == today else _("Yesterday")
    text = format_date(day, "EEEE, d MMMM" if day.year == today.year else "d MMMM y")
    return text[:1].upper() + text[1:]
