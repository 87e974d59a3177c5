"""What days were like: the worker reads each to its end, and home shows what it counted without reading it again."""

import json
from collections import Counter
from datetime import UTC, datetime, time, timedelta
from itertools import islice
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from flask import g

from app.pages.home import schedules as planned
from app.rees46.errors import NotPublic
from app.store import daily, shops
from app.store.base import now
from app.store.short_links import ShortLink
from app.work.daily import changes, reviews
from app.work.daily.changes import read_days
from tests.adapters import Answering, Silent, over, trouble


def day(ago=0):
    return datetime.now(UTC).date() - timedelta(days=ago)


class Log(Answering):
    """A REES46 with so many changes on each day, newest first; notes which rows were asked for."""

    def __init__(self, **a_day):
        super().__init__()
        self.a_day, self.asked = {day(int(ago[1:])): count for ago, count in a_day.items()}, []

    def answer(self):
        asked = {name: values[0] for name, values in parse_qs(urlsplit(self.calls[-1].url).query).items()}
        skip, limit = int(asked.get("offset", 0)), int(asked["limit"])
        days = [one for one in sorted(self.a_day, reverse=True) if asked["from"] <= one.isoformat() <= asked["to"]]
        rows = (self.row(one, number) for one in days for number in reversed(range(self.a_day[one])))
        found = list(islice(rows, skip, skip + limit))
        self.asked.append((asked["from"], len(found)))
        self.body = json.dumps(found).encode()
        return super().answer()

    @staticmethod
    def row(of_day, number):
        more = {"contact_type": "email", "contact": "a@example.com", "campaign_type": "bulk", "ip": ""}
        event, channel = ("subscribe", "unsubscribe")[number % 5 == 0], ("import", "api")[number % 2]
        return {"event": event, "channel": channel, "datetime": f"{of_day} 00:00:00", **more}


@pytest.fixture(autouse=True)
def today(app, cookies, monkeypatch):
    """A moment that stands still, in the afternoon as far as days that are over go."""
    for module in (changes, reviews):
        monkeypatch.setattr(module, "is_over", lambda of_day: of_day < day())
    start = max(datetime.now(UTC), datetime.combine(day(), time(2), UTC))
    with time_machine.travel(start, tick=False) as traveller:
        yield traveller


@pytest.fixture
def worker(app):
    """What the worker does of its own for the demo shop."""

    def worker(read):
        with app.app_context():
            with app.extensions["desk"].reading() as db:
                g.shop = shops.in_use(db)[0]
            read()

    return worker


def changes_of(desk, ago=0):
    with desk.reading() as db:
        row = daily.readings(db, 1, daily.CHANGES, day(ago)).get(day(ago))
        return row and (row.rows, row.is_whole), daily.figures(db, 1, daily.CHANGES, day(ago)).get(day(ago), {})


def counted(numbers):
    return Counter(f"{row['event']}:{row['channel']}" for row in (Log.row(day(), number) for number in numbers))


def figures_of(page):
    return [[int(cell.replace(",", "")) for cell in row[1:]] for row in page.rows()]


def test_a_day_of_50_000_changes_is_counted_to_its_end(app, desk, worker, marketer):
    log = trouble(app, Log(d0=7, d1=50_000), only="/subscriptions/changes")
    worker(read_days)
    assert changes_of(desk, 1) == ((50_000, True), counted(range(50_000)))
    assert changes_of(desk) == ((7, False), counted(range(7)))
    assert changes_of(desk, 9) == ((0, True), {})
    log.asked.clear()
    page = marketer.get("/").panel("home-changes")
    assert figures_of(page)[-2:] == [[40_000, 10_000], [5, 2]]
    assert figures_of(marketer.get("/changes?imports=no"))[-2:] == [[20_000, 5_000], [2, 1]]
    assert log.asked == [], "what the worker counted is not read again"


def test_a_day_that_goes_on_is_read_on_and_one_that_is_over_once_more(app, desk, worker, today):
    log = trouble(app, Log(d0=40), only="/subscriptions/changes")
    worker(read_days)
    log.a_day[day()] = 65
    log.asked.clear()
    worker(read_days)
    assert changes_of(desk) == ((65, False), counted(range(65)))
    assert log.asked == [(day().isoformat(), 25)] * 2
    today.shift(timedelta(days=1))
    log.a_day[day(1)] = 70
    worker(read_days)
    assert changes_of(desk, 1) == ((70, True), counted(range(70)))
    log.asked.clear()
    worker(read_days)
    assert [asked for asked in log.asked if asked[1]] == []


def test_rows_that_span_several_answers_are_counted_once_each(app, desk, worker, monkeypatch):
    monkeypatch.setattr(changes, "AT_ONCE", 7)
    log = trouble(app, Log(d0=20, d1=21), only="/subscriptions/changes")
    worker(read_days)
    assert [changes_of(desk, ago) for ago in (0, 1)] == [
        ((20, False), counted(range(20))),
        ((21, True), counted(range(21))),
    ]
    log.a_day[day()] = 41
    worker(read_days)
    assert changes_of(desk) == ((41, False), counted(range(41)))


def test_home_reads_on_what_is_new_today_and_says_until_when(app, worker, agent, today):
    log = trouble(app, Log(d0=10), only="/subscriptions/changes")
    worker(read_days)
    log.a_day[day()] = 15
    today.shift(timedelta(minutes=2))
    log.asked.clear()
    page = agent.get("/changes")
    assert figures_of(page)[-1] == [12, 3]
    assert "Counted: just now" in page.text
    assert sum(rows for _from, rows in log.asked) == 10
    agent.get("/changes")
    assert len(log.asked) == 2, "within a minute nothing is asked"


def test_where_little_happened_home_needs_no_worker_and_where_much_did_it_asks_for_one_row(app, agent):
    log = trouble(app, Log(d0=3, d4=6), only="/subscriptions/changes")
    assert figures_of(agent.get("/changes"))[-5:] == [[4, 2], [0, 0], [0, 0], [0, 0], [2, 1]]
    over(app, log)


def test_many_changes_that_nobody_counted_yet_are_said_to_be_uncounted(app, agent, worker):
    log = trouble(app, Log(d0=3, d1=1500), only="/subscriptions/changes")
    page = agent.get("/changes")
    assert "Not counted yet" in page.text
    assert log.asked == [(day(13).isoformat(), 1)]
    worker(read_days)
    assert figures_of(agent.get("/changes"))[-2:] == [[1200, 300], [2, 1]]


def test_uncounted_days_are_left_to_the_worker_and_not_asked_for_at_each_opening(app, agent, today):
    log = trouble(app, Log(d0=3, d1=1500), only="/subscriptions/changes")
    for _opening in range(3):
        assert "Not counted yet" in agent.get("/changes").text
    assert len(log.asked) == 1
    today.shift(changes.BEHIND + timedelta(minutes=1))
    log.a_day[day(1)] = 5
    assert figures_of(agent.get("/changes"))[-2:] == [[4, 1], [2, 1]], "without a worker it is looked at again"


def test_home_shows_what_was_counted_and_asks_only_where_the_worker_is_behind(app, worker, marketer, today):
    log = trouble(app, Log(d0=10), only="/subscriptions/changes")
    worker(read_days)
    log.a_day[day()] = 15
    log.asked.clear()
    today.shift(timedelta(minutes=12))
    page = marketer.get("/").panel("home-changes")
    assert figures_of(page)[-1] == [8, 2]
    assert "Counted: 12 min ago" in page.text
    assert log.asked == []
    today.shift(changes.BEHIND)
    assert figures_of(marketer.get("/").panel("home-changes"))[-1] == [12, 3]


def test_without_an_answer_home_shows_what_was_counted(app, agent, worker, today):
    log = trouble(app, Log(d0=10), only="/subscriptions/changes")
    worker(read_days)
    over(app, log)
    trouble(app, Silent())
    today.shift(timedelta(minutes=9))
    assert figures_of(agent.get("/changes"))[-1] == [8, 2]


def test_a_shop_that_does_not_answer_keeps_the_others_from_nothing(app, desk):
    with desk.writing() as db:
        shops.in_use(db)[0].api_url = "http://127.0.0.1:9"
    with app.app_context(), pytest.raises(NotPublic):
        planned.count_changes()
    with desk.reading() as db:
        assert [len(daily.readings(db, shop, daily.CHANGES, day())) for shop in (1, 2)] == [0, 1]


def test_queries_waiters_reviews_and_links_are_kept_by_day(app, desk):
    with desk.writing() as db:
        for hours in (-25, -1, 5, 100, 900):
            at = now() + timedelta(hours=hours)
            db.add(ShortLink(shop_id=1, batch_id=1, person="Ann", source="x", digest="x", lifetime=1, expires=at))
    with app.app_context():
        for task in (planned.count_links, planned.note_queries, planned.note_waiting, planned.count_reviews):
            task()
    with desk.reading() as db:
        assert daily.figures(db, 1, daily.ENDING_LINKS, day())[day()] == {"ended": 1, "ends within a week": 2}
        for kind in (daily.ZERO_RESULTS, daily.WAITING_FOR_STOCK, daily.WAITING_FOR_PRICE, daily.REVIEWS):
            assert daily.latest(db, 1, kind), kind
        assert sum(sum(each.values()) for each in daily.figures(db, 1, daily.REVIEWS, day(27)).values())
