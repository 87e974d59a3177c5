"""People save while a products import is worked off: 99 of 100 saves take less than 20 ms (decisions.md#pacing)."""

import gc
import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from statistics import quantiles

from sqlalchemy import func, select

from app.engine.http.app import create_box
from app.engine.store.jobs import Job
from tests.bench.figures import Figure
from tests.bench.of_catalog import KEYS, item, opened, seconds

ITEMS, IMPORTS = 40_000, 2  # the first makes the products, the second changes them
BETWEEN = 0.005  # seconds: two hundred people a second, if they waited for nothing
LONGEST = 0.020


def measure():
    with tempfile.TemporaryDirectory() as folder:
        box = create_box(opened(Path(folder)))
        body = json.dumps(KEYS | {"items": [item(number) for number in range(ITEMS)]}).encode()
        for _ in range(IMPORTS):
            answer = box.test_client().put("/import/products", data=body, content_type="application/json")
            assert answer.status_code == 204, answer.text
        gc.freeze()  # what is loaded here belongs to the bench
        with process("app.engine.worker.main", folder):
            waits = list(saves_during_the_import(box))
        box.extensions["db"].engine.dispose()
    against = f"20 ms, over {len(waits)} saves"
    yield Figure("Save during an import, 99th of 100", quantiles(waits, n=100)[-1], LONGEST, 1, against)


@contextmanager
def process(module, folder):
    clean = {name: value for name, value in os.environ.items() if not name.startswith("DESK46_")}
    command = [sys.executable, "-m", module]
    started = subprocess.Popen(command, env=clean | {"DESK46_VAR": folder}, stdout=subprocess.DEVNULL)
    yield
    started.terminate()
    started.wait()


def saves_during_the_import(box):
    """From the first part that is done to the last, one save after the other with a pause in between."""
    client = box.test_client()
    number = 0
    while (state := progress(box)) != (IMPORTS, IMPORTS):
        who = KEYS | {"email": f"bench{number}@example.com", "first_name": "Anna"}
        took = seconds(lambda who=who: client.post("/profile/set", json=who))
        if state != (0, 0):
            number += 1
            yield took
        time.sleep(BETWEEN)


def progress(box):
    """How many imports are begun, and how many are done."""
    with box.extensions["db"].reading() as db:
        return db.execute(select(func.count(Job.started), func.count(Job.finished))).one()
