"""The score over the days, from what the desk counted day by day; which days are whole is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from app.pages.nps.scores import Score
from app.store import daily
from app.web.context import desk
from app.web.shops import shop
from app.work.daily.shops import today

DAYS = 28
WINDOW = 7  # days that a point of the line looks back over


@dataclass(frozen=True)
class Day:
    """A day: its answers (None: it was not read), whether it was over when it was read, the score of its week."""

    day: date
    score: Score | None
    is_whole: bool
    week: int | None


def days() -> list[Day]:
    """Give the last four weeks, the oldest day first."""
    first = today() - timedelta(days=DAYS + WINDOW - 2)
    with desk().reading() as db:
        readings = daily.readings(db, shop().id, daily.REVIEWS, first)
        figures = daily.figures(db, shop().id, daily.REVIEWS, first)
    scores = {day: _score(figures.get(day, {})) for day in readings}
    dates = [today() - timedelta(days=ago) for ago in range(DAYS - 1, -1, -1)]
    return [Day(day, scores.get(day), day in readings and readings[day].is_whole, _week(day, scores)) for day in dates]


def _score(figures: dict[str, int]) -> Score:
    counted = (figures.get(name, 0) for name in ("promoter", "passive", "detractor", "unrated"))
    return Score(*counted)


def _week(last: date, scores: dict[date, Score]) -> int | None:
    """Sum up a week that ends on a day; None where a day of it was not read, or too few answered."""
    week = [scores.get(last - timedelta(days=ago)) for ago in range(WINDOW)]
    if any(score is None for score in week):
        return None
    known = [score for score in week if score]
    sums = Score(*(sum(getattr(score, name) for score in known) for name in ("promoters", "passives", "detractors")))
    return sums.value
