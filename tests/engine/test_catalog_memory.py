"""A large import is never held in memory: not while it is accepted, and not while it is worked off."""

import json
import tracemalloc
from statistics import quantiles
from threading import Event, Thread

from sqlalchemy import event

from app.engine.store.jobs import last_jobs
from app.engine.worker.main import Worker, work_until_idle
from app.rees46 import products, profile
from tests.engine.asking import ON_SQLITE

MB = 1024 * 1024


def item(number, size):
    return {
        "id": str(number),
        "name": f"Bike {number}",
        "price": 100,
        "url": f"https://shop.example/{number}",
        "picture": f"https://shop.example/{number}.jpg",
        "categories": ["3"],
        "description": "x" * size,
    }


@ON_SQLITE
def test_a_large_body_is_held_neither_by_the_box_nor_by_the_worker(wire, settings, tmp_path, db):
    body = tmp_path / "body.json"
    items = [item(number, 4000) for number in range(5000)]
    body.write_text(json.dumps({"shop_id": "shop", "shop_secret": "shop-secret", "items": items}))
    del items
    size = body.stat().st_size
    assert size > 19 * MB
    with body.open("rb") as stream:
        peak = peak_of(
            lambda: wire.put(
                "/import/products", input_stream=stream, content_length=size, content_type="application/json"
            )
        )
    assert peak < 4 * MB
    worker = Worker(settings)
    assert peak_of(worker.step) < 8 * MB
    worker.database.engine.dispose()
    db.rollback()
    assert last_jobs(db, 1)[0].done > 0


def peak_of(act):
    tracemalloc.start()
    act()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


@ON_SQLITE
def test_people_save_while_products_are_imported(shop, settings):
    shop.send(products.Put(items=[item(number, 100) for number in range(4000)]))
    told_to_stop, worker, commits = Event(), Worker(settings), []
    event.listen(worker.database.engine, "commit", commits.append)
    thread = Thread(target=worker.run, args=[told_to_stop])
    thread.start()
    waits = [waited(shop, number, commits) for number in range(60)]
    told_to_stop.set()
    thread.join()
    work_until_idle(settings)
    assert commits
    assert quantiles(waits, n=10)[-1] <= 2


def waited(shop, number, commits):
    """Save somebody, and tell how many transactions of the worker came first."""
    before = len(commits)
    shop.send(profile.Set(email=f"c{number}@example.com", first_name="Anna"))
    return len(commits) - before
