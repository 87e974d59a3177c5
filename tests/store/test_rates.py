"""The rate meter, on SQLite and PostgreSQL: however many take turns, no minute has more calls than it may have."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from app.store import rates

START = datetime(2026, 11, 28)  # noqa: DTZ001  # as the database keeps moments
MINUTE = timedelta(minutes=1)


class Clock:
    """A time that goes on when somebody looks, and jumps when somebody waits."""

    def __init__(self):
        self.moment, self.lock = START, threading.Lock()

    def look(self, ahead=timedelta(milliseconds=1)):
        with self.lock:
            self.moment += ahead
            return self.moment


def most_in_a_minute(moments):
    """The fullest minute, both of its ends included."""
    return max(sum(1 for other in moments if moment <= other <= moment + MINUTE) for moment in moments)


@pytest.mark.parametrize("a_minute", [1, 7, 40])
def test_however_many_want_to_go_no_minute_has_more_than_it_may(database, a_minute):
    clock, gone, lock = Clock(), [], threading.Lock()
    wanted = a_minute * 2 + 5

    def hurry():
        while len(gone) < wanted:
            with database.writing() as db:
                moment = clock.look()
                wait = rates.take(db, 1, "catalogue", a_minute, moment)
            if not wait:
                with lock:
                    gone.append(moment)
            else:
                clock.look(wait / 3)

    with ThreadPoolExecutor(4) as threads:
        for future in [threads.submit(hurry) for _ in range(4)]:
            future.result()
    assert most_in_a_minute(sorted(gone)) <= a_minute
    assert len(gone) >= wanted


def test_it_is_as_quick_as_it_may_be(database):
    moment = START
    for _ in range(41):
        with database.writing() as db:
            moment += rates.take(db, 1, "catalogue", 40, moment)
        with database.writing() as db:
            assert not rates.take(db, 1, "catalogue", 40, moment) or moment == START
    assert moment - START <= timedelta(seconds=65)


def test_shops_and_meters_do_not_wait_for_each_other(database):
    with database.writing() as db:
        taken = [rates.take(db, shop, name, 1, START) for shop in (1, 2) for name in ("a", "b")]
        assert taken == [timedelta()] * 4
        assert rates.take(db, 1, "a", 1, START) == timedelta(seconds=61)


def test_whoever_is_asked_to_wait_waits_and_a_shorter_wait_changes_nothing(database):
    with database.writing() as db:
        rates.hold(db, 1, "links.Create", timedelta(seconds=30))
        rates.hold(db, 1, "links.Create", timedelta(seconds=3))
    with database.reading() as db:
        assert timedelta(seconds=20) < rates.wait(db, 1, "links.Create") <= timedelta(seconds=30)
        assert rates.wait(db, 2, "links.Create") == timedelta()
    with database.writing() as db:
        rates.hold(db, 1, "x", timedelta(days=9))
        assert rates.wait(db, 1, "x") <= rates.LONGEST
