"""What is read by itself, day by day, for the charts and blocks that people see first."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.store import daily
from app.work.daily.changes import read_days
from app.work.daily.links import read_links
from app.work.daily.queries import read_queries
from app.work.daily.reviews import read_reviews
from app.work.daily.shops import for_each_shop
from app.work.daily.waiting import read_waiting
from app.work.schedules import schedule, sweeper

sweeper("daily.forget", "40 3 * * *", label=_l("Let go of what was counted by day"), days=400)(daily.forget_old)


@schedule("daily.changes", "*/10 * * * *", label=_l("Count subscription changes by day"), at_start=True)
def count_changes() -> None:
    for_each_shop(read_days)


@schedule("daily.links", "5 * * * *", label=_l("Count short links that end"), at_start=True)
def count_links() -> None:
    for_each_shop(read_links)


@schedule("daily.queries", "10 5 * * *", label=_l("Note searches that found nothing"), at_start=True)
def note_queries() -> None:
    for_each_shop(read_queries, is_optional=True)


@schedule("daily.waiting", "20 5 * * *", label=_l("Note who waits for which product"), at_start=True)
def note_waiting() -> None:
    for_each_shop(read_waiting, is_optional=True)


@schedule("daily.reviews", "30 */4 * * *", label=_l("Count NPS reviews by day"), at_start=True)
def count_reviews() -> None:
    for_each_shop(read_reviews, is_optional=True)
