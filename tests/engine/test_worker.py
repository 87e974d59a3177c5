"""The worker as a process of its own: killed at any moment, it loses nothing and does nothing twice."""

import os
import signal
import subprocess
import sys
import threading

import pytest
from sqlalchemy import text

from app.engine.handlers.imports import PEOPLE_AT_ONCE
from app.engine.store.customers import Customer
from app.engine.store.jobs import Job, JobPart
from app.engine.store.subscription_log import SubscriptionChange
from app.engine.worker import main as worker_main
from app.engine.worker.main import Worker, work_until_idle
from app.rees46 import imports, profile
from tests.engine.asking import ON_SQLITE
from tests.forks import FORKS
from tests.patience import wait_until

PEOPLE = 600
PATIENCE = 60


@pytest.fixture
def start(settings):
    """Start workers; whatever is left of them is killed."""
    started = []

    def start():
        started.append(FORKS.Process(target=work, args=[settings]))
        started[-1].start()
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.join()


def work(settings):
    Worker(settings).run(threading.Event())


def progress(database):
    with database.reading() as db:
        job = db.query(Job).one()
        return job.done, job.state, db.query(JobPart).count(), db.query(Customer).count()


def test_a_worker_that_is_killed_in_the_middle_ends_the_import_exactly_once(shop, start, database):
    people = [{"email": f"c{number}@example.com", "email_bulk": True} for number in range(PEOPLE)]
    shop.send(imports.Audience(audience=people))
    for least in (60, 260):
        worker = start()
        wait_until(lambda least=least: progress(database)[0] >= least, PATIENCE)
        worker.kill()
        worker.join()
        done, _state, parts, customers = progress(database)
        assert (done, parts * PEOPLE_AT_ONCE) == (customers, PEOPLE - done)
    start()
    wait_until(lambda: progress(database)[1] == "done", PATIENCE)
    assert progress(database) == (PEOPLE, "done", 0, PEOPLE)
    with database.reading() as db:
        assert db.query(SubscriptionChange).count() == PEOPLE


def test_several_workers_share_the_work(shop, other_shop, start, database):
    for client in (shop, other_shop):
        client.send(imports.Audience(audience=[{"email": f"c{number}@example.com"} for number in range(200)]))
    for _ in range(2):
        start()

    def all_done():
        with database.reading() as db:
            return {job.state for job in db.query(Job)} == {"done"}

    wait_until(all_done, PATIENCE)
    with database.reading() as db:
        assert db.query(Customer).count() == 400
        assert [job.done for job in db.query(Job)] == [200, 200]


def test_a_worker_stops_when_it_is_told_to(shop, settings, database):
    shop.send(imports.Audience(audience=[{"email": "anna@example.com"}]))
    url = {"DESK46_BOX_DATABASE_URL": settings.box_database_url, "DESK46_VAR": str(settings.var)}
    with subprocess.Popen([sys.executable, "-m", "app.engine.worker.main"], env=os.environ | url) as worker:
        try:
            wait_until(lambda: progress(database)[1] == "done", PATIENCE)
            worker.terminate()
            assert worker.wait(PATIENCE) == 0
        finally:
            worker.kill()


def test_a_reckoner_ends_whose_starter_is_gone_before_it_could_look(tmp_path):
    surroundings = os.environ | {"DESK46_VAR": str(tmp_path)}
    ended = subprocess.run(
        [sys.executable, "-m", "app.processes.child", "1" * 9, "0", "app.engine.worker.compute"],
        env=surroundings,
        timeout=PATIENCE,
        check=False,
    )
    assert ended.returncode in {0, -signal.SIGTERM}


@ON_SQLITE
def test_what_was_written_is_moved_out_of_the_log_which_then_begins_anew(shop, settings, database):
    log = settings.var / "box.db-wal"
    people = [{"email": f"c{number}@example.com", "email_bulk": True} for number in range(500)]
    shop.send(imports.Audience(audience=people))
    work_until_idle(settings)
    before = log.stat().st_size
    database.settle()
    shop.send(profile.Set(email="anna@example.com", first_name="Anna"))
    assert log.stat().st_size == before, "a log that did not begin anew would have grown"


@ON_SQLITE
def test_after_an_import_of_many_rows_the_database_knows_how_they_are_spread(shop, settings, database, monkeypatch):
    def has_counted():
        with database.reading() as db:
            return bool(db.scalar(text("SELECT count(*) FROM sqlite_master WHERE name = 'sqlite_stat1'")))

    shop.send(imports.Audience(audience=[{"email": "few@example.com"}]))
    work_until_idle(settings)
    assert not has_counted()
    monkeypatch.setattr(worker_main, "MANY", 2)
    shop.send(imports.Audience(audience=[{"email": f"c{number}@example.com"} for number in range(2)]))
    work_until_idle(settings)
    assert has_counted()
