"""Two workers of one desk, with folders of their own: one dies or is stopped, and the other takes over. The trial keeps
the leases that people get, the suite short ones.
"""

import os
import shutil
import signal
import threading
import time
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import make_url, select

from app import create_app, store
from app.config import Settings
from app.database import Database
from app.engine.http.app import create_box
from app.engine.store.db import Db
from app.engine.store.links import ShortLink as BoxLink
from app.rees46.inprocess import BOX_URL
from app.store import works
from app.store.base import now
from app.store.link_batches import LinkBatch
from app.store.people import Person
from app.store.schema import desk as shape
from app.store.short_links import ShortLink, digest_of
from app.store.works import Work
from app.work import schedules
from app.work import worker as working
from app.work.worker import Worker
from tests.furnishing import settings_in
from tests.migrations.conftest import fill, rows_of
from tests.patience import wait_until

PATIENCE, TAKEOVER = 60, 20  # seconds
LINKS, A_CALL = 300, 100
CALLS, A_MINUTE = 60, 40
PAGE = "https://shop.example.com/two"
SHORT = 2.0  # seconds of a lease in the suite
SHARED = "tests/store/test_rates.py::test_however_many_want_to_go_no_minute_has_more_than_it_may"
TAKES_OVER = "test_another_worker_takes_over_and_nothing_is_done_twice"


class Slow:
    """Lets a call through, leaves a mark, and only then, after a while, tells the answer."""

    def __init__(self, behind, mark, pause):
        self.behind, self.mark, self.pause = behind, mark, pause

    def send(self, request, *args, **more):
        answer = self.behind.send(request, *args, **more)
        self.mark.touch()
        time.sleep(self.pause)
        return answer

    def close(self):
        """Nothing is open."""


def work(settings, mark, pause, lease):
    if lease:
        works.LEASE, working.RENEW_SECONDS = timedelta(seconds=lease), lease / 4
    app = create_app(settings, create_box(settings))
    session = app.extensions["rees46_session"]
    session.mount(BOX_URL, Slow(session.get_adapter(BOX_URL), mark, pause))
    Worker(app).run(threading.Event())


def work_by_the_clock(settings, notes):
    """Work, and note each moment at which a schedule of each minute runs."""
    app = create_app(settings, create_box(settings))

    def note():
        with notes.open("a") as file:
            file.write(f"{now():%H:%M}\n")

    schedules.PLANNED["trial.note"] = schedules.Planned("* * * * *", "Note", note)
    Worker(app).run(threading.Event())


class Installation:
    """A desk with one database, of which each worker has a folder of its own; its box has one file."""

    def __init__(self, folder, furnished, url):
        self.folder, self.url = folder, url
        for name in ("desk.db", "box.db"):
            shutil.copy(furnished / name, folder / name)
        self.box = f"sqlite:///{folder}/box.db"
        self.desk = store.open_desk(self.settings("looking"))

    def settings(self, name, **more) -> Settings:
        folder = self.folder / name
        folder.mkdir(exist_ok=True)
        url = self.url or f"sqlite:///{self.folder}/desk.db"
        return settings_in(folder, database_url=url, box_database_url=self.box, time_limit=1.0, **more)

    def begin(self, many=LINKS, click="a click"):
        """Queue a batch of links, as a marketer does."""
        with self.desk.writing() as db:
            person = db.scalars(select(Person).where(Person.email == "marketer@desk46.test")).one()
            batch = LinkBatch(shop_id=1, person=person.name, state="begun", once=click)
            db.add(batch)
            db.flush()
            for number in range(many):
                url = f"{PAGE}/{number}"
                about = {"source": url, "digest": digest_of(url, ""), "lifetime": 30}
                db.add(ShortLink(shop_id=1, batch_id=batch.id, person=person.name, **about))
            about = {"shop_id": 1, "person_id": person.id, "person": person.name, "subject": batch.key}
            works.add(db, Work(kind="links.batch", total=many, **about))

    def job(self):
        with self.desk.reading() as db:
            return db.scalars(select(Work)).one()

    def states(self):
        with self.desk.reading() as db:
            return Counter(link.state for link in db.scalars(select(ShortLink)))

    def called(self):
        """When the box was called, in order: each call makes so many links."""
        box = Database(self.box, Db)
        with box.reading() as db:
            found = sorted(db.scalars(select(BoxLink.created).where(BoxLink.url.like(f"{PAGE}/%"))))[::A_CALL]
        box.engine.dispose()
        return found

    def made(self):
        """How often the box made a link to each URL."""
        box = Database(self.box, Db)
        with box.reading() as db:
            found = Counter(db.scalars(select(BoxLink.url).where(BoxLink.url.like(f"{PAGE}/%"))))
        box.engine.dispose()
        return found


@pytest.fixture
def installation(request, furnished, cookies, tmp_path):
    url = ""
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres").fresh("desk", shape.upgrade_to_head)
        fill(str(make_url(url)), rows_of(f"sqlite:///{furnished}/desk.db"))
    installation = Installation(tmp_path, furnished, url)
    yield installation
    installation.desk.engine.dispose()


def trial(*arguments, name):
    return pytest.param(*arguments, id=name, marks=pytest.mark.trial(short=TAKES_OVER))


@pytest.mark.parametrize(
    ("installation", "number", "lease"),
    [
        pytest.param("sqlite", signal.SIGKILL, SHORT, id="dies"),
        trial("sqlite", signal.SIGKILL, None, name="dies for good, SQLite"),
        trial("sqlite", signal.SIGSTOP, None, name="sleeps for 30 s, SQLite"),
        trial("postgresql", signal.SIGKILL, None, name="dies for good, PostgreSQL"),
        trial("postgresql", signal.SIGSTOP, None, name="sleeps for 30 s, PostgreSQL"),
    ],
    indirect=["installation"],
)
def test_another_worker_takes_over_and_nothing_is_done_twice(installation, number, lease, running, tmp_path):
    installation.begin()
    marks = [tmp_path / "a called", tmp_path / "b called"]
    first = running(work, installation.settings("a"), marks[0], 0.6, lease)
    wait_until(marks[0].exists, PATIENCE, every=0.01)
    os.kill(first.pid, number)  # REES46 did what was asked, and nobody has written down that it did
    fence = installation.job().fence
    running(work, installation.settings("b"), marks[1], 0, lease)
    wait_until(lambda: installation.job().fence > fence, PATIENCE if lease else TAKEOVER)
    wait_until(lambda: installation.job().state == "done", PATIENCE)
    if number == signal.SIGSTOP:
        if lease is None:
            time.sleep(30 - TAKEOVER)
        os.kill(first.pid, signal.SIGCONT)
        time.sleep(1.5)  # it wakes, and finds that it may write nothing any more
    job = installation.job()
    assert (job.state, job.owner) == ("done", None)
    assert set(installation.made().values()) == {1}
    assert sum(installation.made().values()) == LINKS
    wait_until(lambda: not installation.states().keys() - {"made", "unknown"}, PATIENCE)
    assert installation.states()["unknown"] in {0, A_CALL}
    assert installation.states()["made"] >= LINKS - A_CALL


@pytest.mark.trial(short=SHARED)
@pytest.mark.parametrize("installation", ["sqlite", "postgresql"], indirect=True)
def test_two_workers_keep_one_rate_and_run_each_schedule_once(installation, running, tmp_path):
    installation.begin(many=CALLS * A_CALL)
    notes = tmp_path / "notes"
    for name in ("a", "b"):
        running(work_by_the_clock, installation.settings(name, rates=f"links.Create={A_MINUTE}"), notes)
    wait_until(lambda: installation.job().state == "done", 6 * PATIENCE)
    called = installation.called()
    assert len(called) == CALLS
    assert max(sum(first <= one < first + timedelta(seconds=60) for one in called) for first in called) <= A_MINUTE
    ran = notes.read_text().split()
    assert ran
    assert len(ran) == len(set(ran))
