"""What REES46 lists of two weeks, put beside what the desk noted day by day and what people decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.rees46.search import NoResultQueries
from app.store import daily, followups
from app.vault import digests
from app.web.context import desk, settings
from app.web.panels.offered import ask_if_offered
from app.web.shops import shop
from app.work.daily.shops import today

if TYPE_CHECKING:
    from app.store.followups import FollowUp

WEEK = timedelta(days=7)
RISES = 1.25  # so many times as often as a week ago, and
AT_LEAST = 3  # so many times more
NEW, RISING, GONE, STEADY = "new", "rising", "gone", "steady"
TRENDS = {NEW: _l("New"), RISING: _l("Rising"), GONE: _l("Gone"), STEADY: _l("As before")}
STATES = {
    "open": _l("Unresolved"),
    "synonym": _l("Synonym asked for"),
    "redirected": _l("Redirected"),
    "not_sold": _l("Not sold here"),
}


@dataclass(frozen=True)
class Query:
    """Words that were looked for in vain."""

    words: str
    number: int
    before: int | None  # a week ago, for the two weeks then; None: the desk noted nothing then
    decided: FollowUp | None

    @property
    def trend(self) -> str:
        """How it moves; empty where nothing was noted to compare with."""
        if self.before is None:
            return ""
        if not self.before or not self.number:
            return NEW if self.number else GONE
        is_rising = self.number >= self.before * RISES and self.number - self.before >= AT_LEAST
        return RISING if is_rising else STEADY

    @property
    def state(self) -> str:
        return self.decided.state if self.decided else "open"

    @property
    def word(self) -> str:
        """The name of the query in addresses: what somebody typed may be anything."""
        return self.names()[0]

    def names(self) -> list[str]:
        """Give its present name, and those that a link may have that was made under an older secret key."""
        return [name[:16] for name in digests(self.words, settings().key, "query")]


def read() -> tuple[list[Query], date | None]:
    """Give the queries, those asked most first, with the day that they are compared with."""
    numbers: dict[str, int] = {}
    for row in ask_if_offered(NoResultQueries()):
        words = row.query.replace("\0", "")[:255]
        numbers[words] = numbers.get(words, 0) + (row.quantity or 0)
    return _compared(numbers)


def _compared(numbers: dict[str, int]) -> tuple[list[Query], date | None]:
    first = today() - WEEK
    with desk().reading() as db:
        day = min(
            (day for day in daily.readings(db, shop().id, daily.ZERO_RESULTS, first) if day < today()), default=None
        )
        before = daily.figures(db, shop().id, daily.ZERO_RESULTS, first).get(day, {}) if day else {}
        decided = followups.of(db, shop().id, followups.QUERY, numbers.keys() | before.keys())
    everything = dict.fromkeys(before, 0) | numbers
    queries = [
        Query(words, number, before.get(words, 0) if day else None, decided.get(words))
        for words, number in everything.items()
    ]
    return sorted(queries, key=lambda query: (-query.number, query.words)), day
