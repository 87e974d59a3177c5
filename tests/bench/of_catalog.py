"""A full products import costs at most three times what a bare SQLite takes to write the same rows."""

import gc
import json
import sqlite3
import tempfile
import time
from contextlib import closing
from pathlib import Path

import msgspec

from app import engine
from app.config import Settings
from app.database import Database
from app.engine.http.app import create_box
from app.engine.jobs.parse_items import understood
from app.engine.store.db import Db
from app.engine.store.shops import Shop
from app.engine.worker.main import work_until_idle
from tests.bench.figures import Figure

ITEMS = 40_000  # some 33 MB
ROUNDS = 5
KEYS = {"shop_id": "bench", "shop_secret": "bench-secret"}


def measure():
    body = json.dumps(KEYS | {"items": [item(number) for number in range(ITEMS)]}).encode()
    gc.freeze()  # as the worker does when it starts
    ours, bare = (min(times) for times in zip(*(once(body) for _ in range(ROUNDS)), strict=True))
    yield Figure(f"Import of {ITEMS:,} products", ours, bare, 3, "a bare upsert of the same rows")


def once(body):
    """Both, one after the other, each into a database of its own. Of several times the least has the least noise."""
    with tempfile.TemporaryDirectory() as folder:
        settings = opened(Path(folder) / "ours")
        box = create_box(settings)
        answer = box.test_client().put("/import/products", data=body, content_type="application/json")
        assert answer.status_code == 204, answer.text
        ours = seconds(lambda: work_until_idle(settings))
        bare = written_bare(opened(Path(folder) / "bare"), json.loads(body)["items"])
        box.extensions["db"].engine.dispose()
    return ours, bare


def opened(folder):
    """A box of its own, with a shop."""
    settings = Settings(var=folder)
    engine.upgrade(settings)
    database = Database(settings.box_database, Db)
    with database.writing() as db:
        db.add(Shop(shop_id=KEYS["shop_id"], secret=KEYS["shop_secret"], name="Bench"))
    database.engine.dispose()
    return settings


def written_bare(settings, items):
    """Write the rows with sqlite3 alone, into the same table with the same indexes."""
    rows = [understood(msgspec.Raw(msgspec.json.encode(one))).row for one in items]
    rows = [row | {"shop_id": 1, "changed": "2026-11-01 12:00:00", "listed": None} for row in rows]
    for row in rows:
        row.update(categories=json.dumps(row["categories"]), locations=json.dumps(row["locations"]))
    names = list(rows[0])
    replaced = ", ".join(f"{name} = excluded.{name}" for name in names if name not in {"shop_id", "item_id"})
    statement = (
        f"INSERT INTO products ({', '.join(names)}) VALUES ({', '.join(f':{name}' for name in names)}) "
        f"ON CONFLICT (shop_id, item_id) DO UPDATE SET {replaced}"
    )
    with closing(sqlite3.connect(settings.var / "box.db")) as connection, connection:
        connection.execute("PRAGMA synchronous=NORMAL")
        return seconds(lambda: connection.executemany(statement, rows))


def item(number):
    return {
        "id": str(number),
        "name": f"Mountain bike {number}",
        "price": 100 + number,
        "oldprice": 300_000,
        "url": f"https://shop.example/{number}",
        "picture": f"https://shop.example/{number}.jpg",
        "brand": "Ridgeline",
        "categories": ["17", 3],
        "description": "x" * 400,
        "tags": ["a", "b"],
        "params": [{"name": "color", "value": ["red", "blue"]}, {"name": "wheels", "value": 29, "unit": "in"}],
        "locations": [{"location": "msk", "price": 90}],
    }


def seconds(act):
    started = time.perf_counter()
    act()
    return time.perf_counter() - started
