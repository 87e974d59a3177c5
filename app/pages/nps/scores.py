"""Scores: how many are promoters, passives and detractors, and what that comes to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.rees46.nps import Review

PROMOTER, PASSIVE = 9, 7  # the lowest rates of each; below are detractors
FEWEST = 10  # answers without which a score says nothing


@dataclass
class Score:
    """The buckets of some answers. Those without a rate are counted apart."""

    promoters: int = 0
    passives: int = 0
    detractors: int = 0
    unrated: int = 0

    @property
    def number(self) -> int:
        return self.promoters + self.passives + self.detractors

    @property
    def value(self) -> int | None:
        """The share of promoters less that of detractors, in per cent; None where too few answered."""
        return self.exact if self.number >= FEWEST else None

    @property
    def exact(self) -> int | None:
        return round(100 * (self.promoters - self.detractors) / self.number) if self.number else None

    def share(self, part: int) -> int:
        return round(100 * part / self.number) if self.number else 0

    def count(self, rate: int | None) -> None:
        if rate is None:
            self.unrated += 1
        elif rate >= PROMOTER:
            self.promoters += 1
        elif rate >= PASSIVE:
            self.passives += 1
        else:
            self.detractors += 1


@dataclass
class Pivot:
    """Scores by channel (down) and category (across), with the sums."""

    channels: list[str] = field(default_factory=list)
    categories: list[str] = field(default_factory=list)
    cells: dict[tuple[str, str], Score] = field(default_factory=dict)
    by_channel: dict[str, Score] = field(default_factory=dict)
    by_category: dict[str, Score] = field(default_factory=dict)


def score_of(reviews: Iterable[Review]) -> Score:
    score = Score()
    for review in reviews:
        score.count(review.rate)
    return score


def pivot_of(reviews: Sequence[Review]) -> Pivot:
    """Sort answers by where they came from and what they are about."""
    pivot = Pivot()
    for review in reviews:
        channel, category = review.channel or "–", review.category or "–"
        pivot.cells.setdefault((channel, category), Score()).count(review.rate)
        pivot.by_channel.setdefault(channel, Score()).count(review.rate)
        pivot.by_category.setdefault(category, Score()).count(review.rate)
    pivot.channels = sorted(pivot.by_channel, key=lambda name: (-pivot.by_channel[name].number, name))
    pivot.categories = sorted(pivot.by_category, key=lambda name: (-pivot.by_category[name].number, name))
    return pivot
