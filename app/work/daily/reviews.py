"""Counting NPS reviews by day. REES46 gives 1,000 at most in one answer, so a fuller day is asked for in parts."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import product
from typing import TYPE_CHECKING

from app.rees46.nps import MOST, Categories, Channels, Reviews
from app.store import daily
from app.web.context import desk
from app.web.shops import shop
from app.work.daily.shops import ask_quietly, is_over, today

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.rees46.nps import Review

DAYS = 28
PROMOTER, PASSIVE = 9, 7  # the lowest rates of each


def read_reviews() -> None:
    """Read the days that were not over when they were read last. Reviews are changed on their own day only."""
    with desk().reading() as db:
        known = daily.readings(db, shop().id, daily.REVIEWS, today() - timedelta(days=DAYS - 1))
    for number in range(DAYS):
        day = today() - timedelta(days=number)
        if day in known and known[day].is_whole:
            continue
        figures = Counter(_group(review) for review in _reviews(day))
        with desk().writing() as db:
            reading = daily.Reading(day, figures, figures.total(), is_whole=is_over(day))
            daily.keep(db, shop().id, daily.REVIEWS, reading)


def _reviews(day: date) -> Iterator[Review]:
    reviews = ask_quietly(Reviews(date_from=day, date_to=day))
    if len(reviews) < MOST:
        yield from reviews
        return
    channels, categories = ask_quietly(Channels()), ask_quietly(Categories())
    for channel, category in product(channels, categories):
        yield from ask_quietly(Reviews(date_from=day, date_to=day, channel=channel.code, category=category.code))


def _group(review: Review) -> str:
    if review.rate is None:
        return "unrated"
    return "promoter" if review.rate >= PROMOTER else "passive" if review.rate >= PASSIVE else "detractor"
