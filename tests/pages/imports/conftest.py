"""What tests of imports share: bringing a file, letting the box work it off, reading the figures."""

import pytest
from sqlalchemy import select

from app.engine.worker.main import Worker
from app.pages.imports import work
from app.store import segment_names
from app.store.imports import Batch
from tests.page import upload

ANNA, UMA = "anna.kowalska@example.com", "uma.unsubscribed@example.com"
FILE = f"""e-mail;phone;name;newsletter;colour
{ANNA};;Anna;yes;red
new@example.com;8 (999) 111-22-33;Новый;yes;
no address;;Nobody;;
;;Nameless;;
{UMA};;Uma;yes;blue
new@example.com;;Twin;;
"""


@pytest.fixture
def worked_off(settings):
    """Let the box do what it accepted."""

    def do():
        worker = Worker(settings)
        while worker.step():
            pass
        worker.database.engine.dispose()

    return do


@pytest.fixture
def bring(marketer, desk):
    """Bring a file and say what its columns are: `bring(FILE, column_4="custom")`. Segment 313 was met before."""
    with desk.writing() as db:
        segment_names.meet(db, 1, {"313": "static"})

    def bring(content=FILE, query="?segment=313", name="people.csv", **columns):
        page = marketer.get(f"/imports/new{query}").press("Read it", file=upload(content, name))
        if not page.path.endswith("/columns"):
            return page
        return page.press("Check the rows", **{name.replace("_", "-"): value for name, value in columns.items()})

    return bring


@pytest.fixture
def batch(desk):
    def newest():
        with desk.reading() as db:
            return db.scalars(select(Batch).order_by(Batch.id.desc())).first()

    return newest


def figures(page):
    """The figures at the head of a batch, by their names."""
    return {one.dt.get_text(strip=True): one.dd.get_text(strip=True) for one in page.dom.select(".stat")}


@pytest.fixture(autouse=True)
def unhurried(monkeypatch):
    """A step ends when its work is done, however slow the machine is."""
    monkeypatch.setattr(work, "SECONDS", 60.0)
