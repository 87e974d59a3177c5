"""A catalogue through the servers that people have: uploaded to a desk that `python -m app.run` started, checked and
sent by its worker and worked off by the box's, while these and the web server are killed (SIGKILL). 200,000 products
are 100 MB, and no process of the tree grows by more than 100 MB.
"""

import re
import sqlite3
import sys
import threading
import time
from collections import Counter
from contextlib import closing
from urllib.parse import urljoin, urlsplit

import psutil
import pytest
import requests
from lxml import html

from tests.page import filled, text_of
from tests.patience import wait_until
from tests.run.conftest import Desk, commands
from tests.trials.test_catalogue import lines

SHORT = "tests/trials/test_catalogue.py::test_a_part_goes_out_once_whoever_is_killed"
SHOP = "/s/spoke-and-sole"
FEW = 10  # products
START, PATIENCE = 300, 2400  # seconds, on a machine with much to do
GREW = 100  # MB that a process may grow by
WEB, WORKER, BOX, COMPUTE = "app.run.web", "app.run.work", "app.engine.worker.main", "app.engine.worker.compute"
PASSWORD = re.compile(r"Sign in as (\S+) with the password (\S+)")
IMPORT = "SELECT state, read_rows FROM catalogue_imports ORDER BY id DESC LIMIT 1"
PARTS = "SELECT state, tries, items FROM catalogue_parts WHERE import_id = (SELECT max(id) FROM catalogue_imports)"
JOBS = "SELECT total FROM jobs WHERE kind = 'products'"
OPEN = "SELECT id FROM job_parts LIMIT 1"
ARRIVED = "SELECT count(*) FROM products WHERE item_id LIKE 'k-%'"


class Office:
    """A desk, somebody who works with it by HTTP without a script, and what stands in its databases."""

    def __init__(self, desk):
        self.desk, self.session, self.folder = desk, requests.Session(), desk.log.parent
        email, password = PASSWORD.search(desk.said).groups()
        self.press(self.get("/account/sign-in"), "Sign in", email=email, password=password)

    def get(self, path):
        return self.session.get(f"http://127.0.0.1:{self.desk.port}{path}", timeout=60)

    def press(self, page, button, files=None, **fields):
        """Fill the form of a button, and send it."""
        assert page.status_code == 200, page.text[:500]
        tree = html.document_fromstring(page.content)
        form = next(form for form in tree.iter("form") if button in map(text_of, form.iter("button")))
        address = urljoin(page.url, form.get("action") or page.url)
        return self.session.post(address, data=filled(form) | fields, files=files, timeout=600)

    def rows(self, question, database="desk"):
        where = f"file:{self.folder / database}.db?mode=ro"
        with closing(sqlite3.connect(where, uri=True, timeout=30)) as db:
            return db.execute(question).fetchall()

    @property
    def state(self):
        return self.rows(IMPORT)[0][0]

    def begun(self):
        """How many parts went out, or are about to."""
        return sum(state != "checked" for state, _tries, _items in self.rows(PARTS))

    def kill(self, module):
        """Kill the process of a program that does its work: the youngest, which others started."""
        max(self.desk.child(module), key=psutil.Process.create_time).kill()

    def upload(self, many, words=""):
        """Bring a catalogue as a browser does, and ask for its check."""
        file = ("catalogue.csv", b"".join(lines(many, words)))
        page = self.press(self.get(f"{SHOP}/catalogue/new"), "Read it", files={"file": file}, kind="products")
        return urlsplit(self.press(page, "Check the rows").url).path

    def import_it(self, path):
        page = self.press(self.get(path), "Import it", dangling="y")
        assert page.status_code == 200, page.text[:500]

    def finish(self):
        """Wait until the box has worked off what it accepted."""
        wait_until(lambda: self.state == "sent", PATIENCE, every=0.5)
        wait_until(lambda: not self.rows(OPEN, "box"), PATIENCE, every=0.5)


class Scales:
    """Weighs every process of a desk again and again; says by how many MB each program grew at most."""

    def __init__(self, desk):
        self.desk, self.is_over = desk, threading.Event()
        self.light, self.heavy = self._weights(), Counter()
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()

    def _weights(self):
        """Give the heaviest process of each program."""
        found = Counter()
        for process in [psutil.Process(self.desk.process.pid), *self.desk.family()]:
            said = commands(process)
            program = next((name for name in (WEB, WORKER, BOX, COMPUTE, "app.run") if name in said), "others")
            try:
                found |= Counter({program: process.memory_info().rss})
            except psutil.NoSuchProcess:
                continue
        return found

    def _run(self):
        while not self.is_over.wait(0.2):
            self.heavy |= self._weights()

    def grew(self):
        self.is_over.set()
        self.thread.join()
        return {program: round((size - self.light[program]) / 1_000_000) for program, size in self.heavy.items()}


@pytest.mark.trial(short=SHORT)
@pytest.mark.parametrize(("many", "words"), [(11_000, ""), (200_000, "words " * 65)], ids=["1 MB", "100 MB"])
def test_a_catalogue_goes_through_whatever_is_killed(many, words, tmp_path):
    desk = Desk(tmp_path, "--demo", DESK46_RATES="", DESK46_BOX_IMPORT_RATE="0")
    try:
        wait_until(lambda: PASSWORD.search(desk.said) and desk.status() == 200, START)
        office = Office(desk)
        small = office.upload(FEW)  # what is loaded at first is no growth
        wait_until(lambda: office.state == "checked", START)
        office.import_it(small)
        office.finish()
        before, scales, began = len(office.rows(JOBS, "box")), Scales(desk), time.monotonic()
        large = office.upload(many, words)
        wait_until(lambda: office.state == "checked" or office.rows(IMPORT)[0][1] > many // 3, PATIENCE)
        office.kill(WORKER)
        wait_until(lambda: office.state == "checked", PATIENCE, every=0.5)
        checked = time.monotonic()
        office.import_it(large)
        parts = len(office.rows(PARTS))
        for number, module in enumerate((WORKER, WEB, BOX, WORKER), 1):
            wait_until(lambda due=number * parts // 5: office.state == "sent" or office.begun() > due, PATIENCE)
            office.kill(module)
        office.finish()
        grew, states = scales.grew(), Counter(state for state, _tries, _items in office.rows(PARTS))
        jobs = [total for (total,) in office.rows(JOBS, "box")[before:]]
        seconds = {"checked": round(checked - began), "imported": round(time.monotonic() - checked)}
        figures = f"seconds {seconds}, MB {grew}, parts {dict(states)}, taken by the box {len(jobs)}"
        sys.stdout.write(f"{figures}\n")  # `-s` shows it
        assert sum(items for _state, _tries, items in office.rows(PARTS)) == many
        assert {tries for _state, tries, _items in office.rows(PARTS)} == {1}
        assert states.keys() <= {"sent", "unknown"}
        assert states["sent"] <= len(jobs) <= parts
        assert 0 <= office.rows(ARRIVED, "box")[0][0] - sum(jobs) <= FEW  # those of the first import may be others
        assert {program: size for program, size in grew.items() if size > GREW} == {}
    finally:
        desk.stop()
