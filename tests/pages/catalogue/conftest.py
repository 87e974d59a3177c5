"""What tests of catalogue imports share: bringing a file, letting desk and box work it off."""

import json

import pytest
from sqlalchemy import select

from app.engine.worker.main import Worker as BoxWorker
from app.pages.catalogue import work
from app.store.catalogue_imports import CatalogueImport, CataloguePart
from app.work.worker import Worker
from tests.page import upload

HEADINGS = "id;name;price;url;picture;categories;available;oldprice;discount_percent;locations;Colour"


def product(number, **more):
    """A product as a shop's system writes it."""
    about = {
        "id": f"new-{number}",
        "name": f"Bicycle {number}",
        "price": 100 + number,
        "url": f"https://shop.example.com/{number}",
        "picture": f"https://shop.example.com/{number}.jpg",
        "categories": ["bikes"],
    }
    return about | more


def as_json(*items):
    return json.dumps(list(items)).encode()


def as_csv(*rows):
    return "\n".join([HEADINGS, *rows])


@pytest.fixture
def worked_off(settings, app):
    """Let the desk do what waits, and then the box what it accepted."""

    def do():
        desk_worker, worker = Worker(app), BoxWorker(settings)
        while desk_worker.step():
            pass
        while worker.step():
            pass
        worker.database.engine.dispose()

    return do


@pytest.fixture
def bring(marketer):
    """Bring a file and have it checked: `bring("products", as_json(product(1)))`."""

    def bring(kind, content, name="catalogue.json", **columns):
        page = marketer.get("/catalogue/new").press("Read it", kind=kind, file=upload(content, name))
        if not page.path.endswith("/columns"):
            return page
        return page.press("Check the rows", **{name.replace("_", "-"): value for name, value in columns.items()})

    return bring


@pytest.fixture
def last(desk):
    """The import that was brought last."""

    def newest():
        with desk.reading() as db:
            return db.scalars(select(CatalogueImport).order_by(CatalogueImport.id.desc())).first()

    return newest


@pytest.fixture
def parts(desk, last):
    """The parts of the last import."""

    def of_last():
        with desk.reading() as db:
            mine = select(CataloguePart).where(CataloguePart.import_id == last().id)
            return db.scalars(mine.order_by(CataloguePart.number)).all()

    return of_last


@pytest.fixture(autouse=True)
def unhurried(monkeypatch):
    """A step ends when its work is done, however slow the machine is, and calls need not be spaced."""
    monkeypatch.setattr(work, "SECONDS", 60.0)
    monkeypatch.setattr("app.web.calls.pacing.meter_of", lambda _op: ("catalogue", 0))


def figures(page):
    """The figures of an import, by their names."""
    return {one.dt.get_text(strip=True): one.dd.get_text(strip=True) for one in page.dom.select(".stat")}
