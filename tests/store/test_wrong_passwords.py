"""Wrong passwords are counted in the database, on SQLite and on PostgreSQL, by all who count at the same time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import time_machine

from app.secret_key import SecretKey
from app.store import wrong_passwords
from app.store.base import now
from app.store.wrong_passwords import WrongPassword, of_account, of_address

LIMITS = [of_account("anna@x.example"), of_address("198.51.100.7")]
KEY = SecretKey.of("a key for tests")


def begin(database, limits=LIMITS):
    with database.writing() as db:
        return wrong_passwords.begin(db, limits, KEY)


def count(database):
    with database.reading() as db:
        return db.query(WrongPassword).count()


def test_five_tries_are_free_and_the_sixth_waits(database):
    assert [begin(database) for _ in range(5)] == [timedelta()] * 5
    assert timedelta() < begin(database) <= timedelta(seconds=15)
    assert count(database) == 10


def test_of_tries_at_the_same_moment_only_the_free_ones_are_let_through(database):
    with ThreadPoolExecutor(8) as threads:
        waits = list(threads.map(lambda _: begin(database), range(24)))
    assert waits.count(timedelta()) == 5
    assert count(database) == 10


def test_limits_that_share_an_address_never_wait_for_each_other_in_a_circle(database):
    many = [[of_address("198.51.100.7"), of_account(f"{number}@x.example")] for number in range(12)]
    with ThreadPoolExecutor(6) as threads:
        assert list(threads.map(lambda limits: begin(database, limits), many)) == [timedelta()] * 12


def test_a_right_password_clears_the_account_and_takes_one_back_from_the_address(database):
    for _ in range(3):
        begin(database)
    with database.writing() as db:
        wrong_passwords.right(db, LIMITS, KEY)
    assert count(database) == 2


def test_a_try_that_nobody_looked_at_does_not_count(database):
    begin(database)
    begin(database)
    with database.writing() as db:
        wrong_passwords.take_back(db, LIMITS, KEY)
    assert count(database) == 2


def test_what_is_older_than_a_day_goes_whoever_it_was(database):
    for number in range(3):
        begin(database, [of_account(f"{number}@x.example")])
    with time_machine.travel(now() + timedelta(days=1, seconds=1)):
        begin(database)
        with database.writing() as db:
            assert not wrong_passwords.forget_old(db, now() - timedelta(days=1))
    assert count(database) == 2
