"""Notices of the box: shown to staff, with a number at the jobs. And what is let go of after a while."""

from datetime import timedelta

from sqlalchemy import func, select, update

from app.rees46.client import Client
from app.rees46.inprocess import BOX_URL
from app.rees46.products import Put
from app.store.base import now
from app.store.catalogue_imports import CatalogueImport, CataloguePart
from tests.pages.catalogue.conftest import as_json, product
from tests.schedules import run


def test_a_notice_is_shown_until_somebody_has_seen_it(worked_off, app, marketer, viewer):
    assert "No notice yet" in marketer.get("/catalogue/notices").text
    leave_out_a_row(app)
    worked_off()
    run("catalogue.notices", app)
    run("catalogue.notices", app)
    assert "1 notices of the box" in marketer.htmx("/jobs/count").text
    assert "1 new notice of the box" in marketer.htmx("/jobs/tray").text
    assert "notices of the box" not in viewer.htmx("/jobs/count").text
    page = marketer.get("/catalogue/notices")
    assert page.row("Products")[:3] == ["Products New", "1", "2"]
    page = page.press("Mark all as seen")
    assert page.row("Products")[0] == "Products"
    assert "notices of the box" not in marketer.htmx("/jobs/count").text
    assert viewer.get("/catalogue/notices").status == 403


def leave_out_a_row(app):
    """Send the box an import with an item that is none, as a program does."""
    client = Client(BOX_URL, "demo", "demo-secret", session=app.extensions["rees46_session"])
    client.send(Put(items=[product(1), {"id": "2"}]))


def test_what_was_found_in_old_imports_goes_and_that_there_were_such_stays(bring, app, desk, last, marketer):
    bring("products", as_json(product(1)))
    with desk.writing() as db:
        db.execute(update(CatalogueImport).values(at=now() - timedelta(days=31)))
    run("catalogue.forget", app)
    with desk.reading() as db:
        assert db.scalar(select(func.count()).select_from(CataloguePart)) == 0
    assert last().forgotten
    assert marketer.get(f"/catalogue/{last().key}").status == 200
