"""The last of a budget goes to one of those who take it at the same moment, on SQLite and PostgreSQL."""

from threading import Barrier, Thread

from sqlalchemy.orm import Session

from app.database import Database
from app.store import budgets
from app.store.budgets import BudgetUse, Kind

MOST, PROCESSES, TRIES = 10, 4, 5


class Over(Exception):
    """As in app/web/safeguards/budgets.py: it undoes the transaction."""


def take_one(db):
    used, most = budgets.count(db, 1, "support", Kind.MESSAGES, 1)
    if used > most:
        raise Over
    return used


def take(url, begin, taken):
    """What a process does that has connections of its own."""
    database = Database(url, Session)
    begin.wait()
    for _try in range(TRIES):
        try:
            with database.writing() as db:
                taken.append(take_one(db))
        except Over:
            pass
    database.engine.dispose()


def test_of_many_who_race_for_the_last_ones_no_more_are_let_through_than_there_are(database):
    with database.writing() as db:
        budgets.set_limits(db, {("support", Kind.MESSAGES): MOST})
    begin, taken = Barrier(PROCESSES), []
    url = database.engine.url.render_as_string(hide_password=False)
    racing = [Thread(target=take, args=(url, begin, taken)) for _process in range(PROCESSES)]
    for thread in racing:
        thread.start()
    for thread in racing:
        thread.join()
    assert sorted(taken) == list(range(1, MOST + 1))
    with database.reading() as db:
        assert [row.number for row in db.query(BudgetUse)] == [MOST]
