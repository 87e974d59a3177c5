"""What days were like, and who waits: kept the same on SQLite and PostgreSQL."""

from datetime import date

from app.secret_key import SecretKey
from app.store import daily, waiters
from app.store.daily import Reading
from app.store.waiters import Waits

DAY = date(2026, 11, 21)
KEY = SecretKey.of("a key for tests")


def keep(database, figures, rows, **more):
    with database.writing() as db:
        return daily.keep(db, 1, daily.CHANGES, Reading(more.pop("day", DAY), figures, rows, **more))


def kept(database, day=DAY):
    with database.reading() as db:
        row = daily.readings(db, 1, daily.CHANGES, day).get(day)
        return row and (row.rows, row.is_whole), daily.figures(db, 1, daily.CHANGES, day).get(day, {})


def test_a_day_is_read_on_and_then_once_more_whole(database):
    assert keep(database, {"subscribe:api": 2}, 2)
    assert keep(database, {"subscribe:api": 1, "unsubscribe:": 4}, 7, after=2)
    assert kept(database) == ((7, False), {"subscribe:api": 3, "unsubscribe:": 4})
    assert keep(database, {"subscribe:api": 9}, 9, is_whole=True)
    assert kept(database) == ((9, True), {"subscribe:api": 9})


def test_of_two_who_read_on_from_the_same_place_one_counts(database):
    keep(database, {"subscribe:api": 2}, 2)
    assert keep(database, {"subscribe:api": 1}, 3, after=2)
    assert not keep(database, {"subscribe:api": 1}, 3, after=2)
    assert kept(database) == ((3, False), {"subscribe:api": 3})


def test_an_empty_day_is_known_to_be_empty_and_an_unread_one_is_not(database):
    keep(database, {}, 0)
    assert kept(database) == ((0, False), {})
    assert kept(database, date(2026, 11, 20)) == (None, {})


def test_long_names_are_cut_and_counted_together(database):
    keep(database, {"x" * 300 + "1": 1, "x" * 300 + "2": 2, "a\0b": 3}, 3)
    assert kept(database)[1] == {"x" * 255: 3, "ab": 3}


def test_who_waits_is_known_by_a_contact_and_stands_nowhere_in_the_open(database):
    for items in (["1", "2"], ["2", "3"]):
        with database.writing() as db:
            some = [Waits("anna@example.com", item, DAY) for item in items] + [Waits("+79990000002", "9", None)]
            waiters.replace(db, 1, daily.WAITING_FOR_STOCK, some, KEY)
    with database.reading() as db:
        rows = waiters.of_contacts(db, 1, ["anna@example.com"], KEY)
        assert sorted(row.item for row in rows) == ["2", "3"]
        assert "anna" not in rows[0].contact
        assert waiters.of_contacts(db, 2, ["anna@example.com"], KEY) == []
