"""Two hosts, one database of the box, folders of their own: imports wait for the host that has their file."""

import time_machine
from structlog.testing import capture_logs

from app.engine.store.jobs import GIVEN_UP, last_jobs, remarks_of
from app.engine.worker.main import Worker, work_until_idle
from app.rees46 import categories, imports, products
from tests.engine.asking import ON_SQLITE, SHOP

ITEM = {
    "id": "1",
    "name": "Bike",
    "price": 100,
    "url": "https://shop.example/1",
    "picture": "https://shop.example/1.jpg",
    "categories": ["3"],
}


def other_host(settings, tmp_path):
    folder = tmp_path / "other"
    folder.mkdir()
    return settings.model_copy(update={"var": folder, "box_database_url": settings.box_database})


def states(db):
    db.rollback()
    db.expire_all()
    return [(job.state, job.done, job.skipped) for job in last_jobs(db, 10)]


@ON_SQLITE
def test_a_host_without_the_file_of_an_import_leaves_it_to_the_host_that_has_it(shop, wire, settings, db, tmp_path):
    shop.send(products.Put(items=[ITEM]))
    shop.send(imports.Audience(audience=[{"email": "anna@example.com"}]))  # comes after it, and has no file
    there = Worker(other_host(settings, tmp_path))
    with capture_logs() as told:
        assert [there.step() for _ in range(3)] == [False] * 3
    there.database.engine.dispose()
    assert states(db) == [("waiting", 0, 0)] * 2
    assert [entry["event"] for entry in told] == [
        "a job is left to the host with its file, which is not in our folder: the box is to run on one host"
    ]
    work_until_idle(settings)
    assert states(db) == [("done", 1, 0)] * 2


@ON_SQLITE
def test_work_of_other_shops_goes_on_meanwhile(shop, other_shop, settings, db, tmp_path):
    shop.send(categories.Import(categories=[{"id": "1", "name": "One"}]))
    other_shop.send(imports.Audience(audience=[{"email": "anna@example.com"}]))
    there = Worker(other_host(settings, tmp_path))
    assert [there.step() for _ in range(2)] == [True, False]
    there.database.engine.dispose()
    assert states(db) == [("waiting", 0, 0)]


@ON_SQLITE
def test_an_import_whose_host_never_comes_back_is_given_up_and_says_so(shop, settings, db, tmp_path):
    shop.send(products.Put(items=[ITEM]))
    with time_machine.travel(db.now + GIVEN_UP * 1.01):
        work_until_idle(other_host(settings, tmp_path))
    (job,) = last_jobs(db, 1)
    assert states(db) == [("done", 0, 1)]
    assert {remark.words for remark in remarks_of(db, job.id)} == {"The file that held this row is gone"}


@ON_SQLITE
def test_the_page_of_such_an_import_says_for_whom_it_waits(shop, wire, settings, db):
    shop.send(products.Put(items=[ITEM]))
    (job,) = last_jobs(db, 1)
    page = f"/imports/{job.id}?shop={SHOP}"
    assert "Waits for" not in wire.get(page).get_data(as_text=True)
    folder = settings.request_files
    folder.rename(folder.with_name("of another host"))
    assert "the host that accepted it" in wire.get(page).get_data(as_text=True)
