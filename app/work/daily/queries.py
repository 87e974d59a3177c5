"""Keeping which queries found nothing: REES46 tells the last two weeks in one, day by day shows which ones rise."""

from __future__ import annotations

from collections import Counter

from app.rees46.search import NoResultQueries
from app.store import daily
from app.web.context import desk
from app.web.shops import shop
from app.work.daily.shops import ask_quietly, today


def read_queries() -> None:
    figures: Counter[str] = Counter()
    for row in ask_quietly(NoResultQueries()):
        figures[row.query] += row.quantity or 0
    with desk().writing() as db:
        daily.keep(db, shop().id, daily.ZERO_RESULTS, daily.Reading(today(), figures, len(figures)))
