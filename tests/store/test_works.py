"""Long work: who may do it, for how long, and what people wish, on SQLite and PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.database import Database
from app.store import workers, works
from app.store.base import now
from app.store.schema import desk as schema
from app.store.works import Work
from tests.patience import wait_until


def queued(desk, **more):
    with desk.writing() as db:
        return works.add(db, Work(shop_id=1, person_id=1, person="Ann", kind="test", subject="x", **more))


def claimed(desk, name="a"):
    with desk.writing() as db:
        return works.claim(db, name)


def present(desk, work):
    with desk.reading() as db:
        return db.get_one(Work, work.id)


def its_worker_dies(desk, work):
    with desk.writing() as db:
        db.get_one(Work, work.id).until = now() - timedelta(seconds=1)


def test_what_has_waited_longest_is_taken_first_and_by_one_worker(database):
    first, second = queued(database), queued(database)
    assert claimed(database).id == first.id
    assert claimed(database, "b").id == second.id
    assert claimed(database, "c") is None


def test_of_many_workers_at_once_each_takes_other_work(database):
    ids = {queued(database).id for _ in range(8)}
    with ThreadPoolExecutor(12) as threads:
        taken = [work.id for work in threads.map(lambda number: claimed(database, f"w{number}"), range(12)) if work]
    assert sorted(taken) == sorted(ids)


def test_what_is_not_due_waits(database):
    queued(database, due=now() + timedelta(minutes=1))
    with database.reading() as db:
        assert not works.is_any_free(db)
    assert claimed(database) is None


def test_the_work_of_a_dead_worker_is_taken_over_and_the_dead_one_may_write_nothing_any_more(database):
    queued(database)
    old = claimed(database)
    its_worker_dies(database, old)
    new = claimed(database, "b")
    assert (new.id, new.fence) == (old.id, old.fence + 1)
    with database.writing() as db:
        assert works.is_mine(db, old) is None
        assert not works.renew(db, old)
        assert not works.note(db, old, done=9, total=9, left_out=0)
        assert not works.let_go(db, old, "done")
        assert works.note(db, new, done=3, total=9, left_out=1)
    assert (present(database, new).done, present(database, new).state) == (3, "running")


def test_a_lease_is_kept_for_as_long_as_it_is_renewed(database):
    queued(database)
    mine = claimed(database)
    with database.writing() as db:
        db.get_one(Work, mine.id).until = now() + timedelta(seconds=1)
    with database.writing() as db:
        assert works.renew(db, mine)
    assert present(database, mine).until > now() + timedelta(seconds=10)


def test_a_pause_is_at_once_where_nobody_is_at_it_and_else_after_the_part(database):
    waiting, running = queued(database, due=now() + timedelta(minutes=1)), queued(database)
    mine = claimed(database)
    assert mine.id == running.id
    for work in (waiting, running):
        with database.writing() as db:
            assert works.wish(db, work.id, "pause")
    assert present(database, waiting).state == "paused"
    assert (present(database, running).state, present(database, running).wish) == ("running", "pause")
    with database.reading() as db:
        assert works.is_mine(db, mine) == "pause"


def test_what_rests_goes_on_in_the_name_of_whoever_says_so(database):
    work = queued(database)
    with database.writing() as db:
        works.wish(db, work.id, "cancel")
    with database.writing() as db:
        assert works.resume(db, work.id, 2, "Bob")
    again = claimed(database)
    assert (again.person_id, again.person, again.state) == (2, "Bob", "running")
    with database.writing() as db:
        assert works.let_go(db, again, "done")
    with database.writing() as db:
        assert not works.resume(db, work.id, 1, "Ann")
        assert not works.wish(db, work.id, "cancel")


def test_a_worker_is_alive_for_as_long_as_it_says_so(database):
    with database.reading() as db:
        assert not workers.is_any_alive(db)
    with database.writing() as db:
        workers.beat(db, "a")
    with database.reading() as db:
        assert workers.is_any_alive(db)
    with database.writing() as db:
        db.get_one(workers.Heartbeat, "a").seen = now() - timedelta(minutes=1)
    with database.reading() as db:
        assert not workers.is_any_alive(db)


def test_work_that_a_stopped_process_holds_in_a_transaction_is_taken_over(postgres):
    """On SQLite a stopped writer stops all, until it is killed or goes on."""
    url = postgres.fresh("desk", schema.upgrade_to_head)
    stopped, other = Database(url, Session), Database(url, Session)
    stopped.give_up_sleepers(seconds=1)
    with other.writing() as db:
        works.add(db, Work(shop_id=1, person_id=1, person="Ann", kind="test", subject="x"))

    def holds_on():
        with stopped.writing() as db:
            assert works.claim(db, "stopped")
            assert claimed(other, "other") is None
            wait_until(lambda: claimed(other, "other"), seconds=30)

    with pytest.raises(DBAPIError):
        holds_on()
    for database in (stopped, other):
        database.engine.dispose()
