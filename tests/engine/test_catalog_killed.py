"""A worker that is killed in the middle of a catalogue import: the next one ends it, and everything is done once."""

import threading
import time

from app.engine.store.jobs import last_jobs
from app.engine.store.products import Product
from app.engine.store.webhooks import Webhook
from app.engine.worker.main import Worker, work_until_idle
from app.rees46 import products
from tests.engine.asking import ON_SQLITE
from tests.forks import FORKS

ALL = 3000


def item(number):
    return {
        "id": str(number),
        "name": f"Bike {number}",
        "price": 100,
        "url": f"https://shop.example/{number}",
        "picture": f"https://shop.example/{number}.jpg",
        "categories": ["3"],
    }


@ON_SQLITE
def test_an_import_whose_worker_is_killed_ends_exactly_once(shop, settings, db):
    broken = {"id": "broken"}
    shop.send(products.Put(items=[*map(item, range(ALL)), broken], webhook="https://shop.example/hook"))
    killed_inside = False
    for _ in range(20):
        worker = FORKS.Process(target=work, args=[settings])
        worker.start()
        was = job_of(db).done
        while job_of(db).done == was and job_of(db).state == "waiting":
            time.sleep(0.005)
        worker.kill()
        worker.join()
        killed_inside = killed_inside or job_of(db).state == "waiting"
        if job_of(db).done > ALL / 3 or job_of(db).state == "done":
            break
    work_until_idle(settings)
    job = job_of(db)
    assert killed_inside
    assert (job.state, job.done, job.skipped) == ("done", ALL, 1)
    assert db.query(Product).count() == ALL
    assert db.query(Webhook).count() == 1


def work(settings):
    Worker(settings).run(threading.Event())


def job_of(db):
    db.rollback()
    db.expire_all()
    (job,) = last_jobs(db, 5)
    return job
