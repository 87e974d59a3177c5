"""Workers wake when there is something to do, on SQLite and PostgreSQL, and do nearly nothing when there is not."""

import threading
import time
from datetime import timedelta

import pytest
from sqlalchemy import event

from app.store import works
from app.store.base import now
from app.store.works import Work
from app.work import waking
from app.work.waking import Waker

PATIENCE = 12


@pytest.fixture
def waker(database, monkeypatch):
    """One that waits for very long when nobody wakes it."""
    monkeypatch.setattr(waking, "LONGEST", PATIENCE)
    waker = Waker(database)
    yield waker
    waker.close()


def queued(database, **more):
    with database.writing() as db:
        return works.add(db, Work(shop_id=1, person_id=1, person="Ann", kind="test", subject="x", **more))


def waits(waker, told_to_stop=None):
    """Let it wait, in a thread of its own."""
    is_back = threading.Event()

    def wait():
        waker.wait(told_to_stop or threading.Event())
        is_back.set()

    threading.Thread(target=wait, daemon=True).start()
    return is_back


def is_waiting(waker):
    """Whether it came so far that it hears of what happens from now on."""
    return waker.connection is not None or waker.version is not None


def settle(waker):
    until = time.monotonic() + PATIENCE
    while not is_waiting(waker) and time.monotonic() < until:
        threading.Event().wait(0.01)


def test_new_work_wakes_whoever_waits(database, waker):
    is_back = waits(waker)
    settle(waker)
    queued(database)
    assert is_back.wait(PATIENCE - 5)


def test_work_that_goes_on_wakes_whoever_waits(database, waker):
    work = queued(database)
    with database.writing() as db:
        works.wish(db, work.id, "pause")
    is_back = waits(waker)
    settle(waker)
    with database.writing() as db:
        works.resume(db, work.id, 1, "Ann")
    assert is_back.wait(PATIENCE - 5)


def test_what_is_due_soon_is_not_slept_through(database, waker):
    queued(database, due=now() + timedelta(seconds=0.3))
    assert waits(waker).wait(PATIENCE - 5)


def test_without_a_connection_that_tells_it_looks_by_itself(database, waker, monkeypatch):
    if database.is_sqlite:
        pytest.skip("there is none on SQLite")
    monkeypatch.setattr(works, "CHANNEL", "no; such channel")
    assert waits(waker).wait(PATIENCE - 5)
    assert waker.connection is None


def test_a_connection_that_breaks_is_replaced_by_looking(database, waker):
    if database.is_sqlite:
        pytest.skip("there is none on SQLite")
    is_back = waits(waker)
    settle(waker)
    with database.engine.connect() as other:
        ask = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE starts_with(query, 'LISTEN')"
        other.exec_driver_sql(ask)
    assert is_back.wait(PATIENCE - 5)
    waker.wait(threading.Event())


def test_an_idle_sqlite_is_asked_nothing_but_whether_anybody_wrote(database, waker, monkeypatch):
    if not database.is_sqlite:
        pytest.skip("PostgreSQL tells")
    monkeypatch.setattr(waking, "LONGEST", 0.2)
    monkeypatch.setattr(waking, "LOOK_SECONDS", 0.001)
    statements = []
    event.listen(database.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    waker.wait(threading.Event())
    assert [statement for statement in statements if not statement.startswith("BEGIN")][1:] == []


def test_who_is_told_asks_the_database_nothing_meanwhile_and_stops_at_once(database, waker, monkeypatch):
    if database.is_sqlite:
        pytest.skip("nobody tells on SQLite")
    monkeypatch.setattr(waking, "STOP_SECONDS", 0.001)
    told_to_stop, statements = threading.Event(), []
    is_back = waits(waker, told_to_stop)
    settle(waker)
    event.listen(database.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    assert not is_back.wait(0.2)
    told_to_stop.set()
    assert is_back.wait(PATIENCE - 5)
    assert statements[1:] == []  # the first may ask what is due
