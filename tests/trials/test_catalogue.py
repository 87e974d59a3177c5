"""A catalogue goes out while its worker is killed (SIGKILL) at any moment: each part once, or somebody is told that
nobody knows. The trial brings 200,000 products in 100 MB, and no process grows by more than 100 MB.
"""

import random
import resource
import threading
import time
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app import create_app
from app.engine.http.app import create_box
from app.engine.store.jobs import Job
from app.pages.catalogue import blocks, files, work
from app.pages.catalogue.arriving import describe
from app.rees46.inprocess import BOX_URL
from app.store import works
from app.store.catalogue_imports import CatalogueImport, CataloguePart
from app.work import worker as working
from app.work.worker import Worker
from tests.patience import wait_until
from tests.trials.test_workers import Slow

PATIENCE = 120
SHORT = "test_a_part_goes_out_once_whoever_is_killed"
HEADINGS = "id,name,price,url,picture,categories,description\n"
FEW, PART = 60, 5  # products, and how many of them in a part
MANY = 200_000
LEASE = 1.0  # seconds


def send_at_the_desk(settings, part, mark):
    """Work at a desk whose calls take a little while; `mark` is touched while one is under way."""
    works.LEASE, working.RENEW_SECONDS, blocks.MOST = timedelta(seconds=LEASE), LEASE / 4, part
    app = create_app(settings, create_box(settings))
    session = app.extensions["rees46_session"]
    session.mount(BOX_URL, Slow(session.get_adapter(BOX_URL), mark, 0.05))
    Worker(app).run(threading.Event())


def lines(many, words=""):
    yield HEADINGS.encode()
    for first in range(0, many, 1000):
        yield "".join(
            f"k-{n},Product {n},{n + 1},https://shop.example.com/{n},https://shop.example.com/{n}.jpg,1,{words}\n"
            for n in range(first, min(first + 1000, many))
        ).encode()


def bring(app, desk, many, words=""):
    """Bring a catalogue, and queue its check in the name of a marketer."""
    with app.test_request_context("/s/demo/"):
        file = files.keep(1, "killed.csv", lines(many, words))
        batch = CatalogueImport(shop_id=1, person="Marketer", kind="products", source="killed.csv")
        describe(batch, file)
        batch.state = "checking"
        with desk.writing() as db:
            db.add(batch)
            db.flush()
            who = {"shop_id": 1, "person_id": 3, "person": "Marketer", "subject": batch.key}
            works.add(db, works.Work(kind=work.WORK_OF["checking"], **who))
    return batch


def send(desk, batch):
    """Let it run, as the click does that confirms it."""
    with desk.writing() as db:
        db.execute(update(CatalogueImport).where(CatalogueImport.id == batch.id).values(state="running"))
        who = {"shop_id": 1, "person_id": 3, "person": "Marketer", "subject": batch.key}
        works.add(db, works.Work(kind=work.WORK_OF["running"], **who))


def state_of(desk, batch):
    with desk.reading() as db:
        return db.get_one(CatalogueImport, batch.id).state


def jobs_of(box):
    with box.extensions["db"].reading() as db:
        return [job.total for job in db.scalars(select(Job).where(Job.kind == "products"))]


def test_a_part_goes_out_once_whoever_is_killed(app, box, desk, settings, running, tmp_path):
    settings = settings.model_copy(update={"rates": "", "box_import_rate": 0})
    batch, mark, chance = bring(app, desk, FEW), tmp_path / "called", random.Random(46)
    process = running(send_at_the_desk, settings, PART, mark)
    wait_until(lambda: state_of(desk, batch) == "checked", PATIENCE)
    send(desk, batch)
    for _kill in range(2):
        mark.unlink(missing_ok=True)
        wait_until(lambda: mark.exists() or state_of(desk, batch) == "sent", PATIENCE, every=0.005)
        time.sleep(chance.uniform(0, 0.06))
        process.kill()
        process.join()
        process = running(send_at_the_desk, settings, PART, mark)
    wait_until(lambda: state_of(desk, batch) == "sent", PATIENCE)
    with desk.reading() as db:
        parts = db.scalars(select(CataloguePart).order_by(CataloguePart.number)).all()
    states = Counter(part.state for part in parts)
    assert {part.tries for part in parts} == {1}
    assert states.keys() <= {"sent", "unknown"}
    assert states["unknown"] <= 2
    assert states["sent"] <= len(jobs_of(box)) <= len(parts) == FEW // PART


def check_and_measure(settings, told):
    """Check a catalogue and send its first parts; say by how many MB this process grew at most."""
    app = create_app(settings, create_box(settings))
    worker = Worker(app)
    while worker.step(seconds=0.0):  # what is imported at first is no growth
        pass
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    while worker.step():
        pass
    told.write_text(str((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024))


@pytest.mark.trial(short=SHORT)
def test_a_large_catalogue_fits_into_small_memory(app, box, desk, settings, running, tmp_path):
    settings = settings.model_copy(update={"rates": "", "box_import_rate": 0})
    batch = bring(app, desk, MANY, "words " * 65)
    assert batch.size > 95_000_000
    for number, then in enumerate(("checked", "sent")):
        told = tmp_path / f"grew {number}"
        running(check_and_measure, settings, told).join()
        assert float(told.read_text()) < 100
        assert state_of(desk, batch) == then
        if then == "checked":
            send(desk, batch)
    assert sum(jobs_of(box)) == MANY
    with desk.reading() as db:
        assert {part.state for part in db.scalars(select(CataloguePart))} == {"sent"}
