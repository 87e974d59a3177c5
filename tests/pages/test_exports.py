"""Lists too long to wait for: a worker writes the file, and whoever asked for it fetches it."""

import csv
import io
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text, update

from app.store import brought_files
from app.store.acts import Act
from app.store.base import now
from app.store.brought_files import FileChunk
from app.store.exports import Export
from app.store.works import Work
from app.web.http import csv as tables
from app.work.worker import Worker
from tests.bench.of_lists import EXCHANGES


@pytest.fixture
def long(desk, monkeypatch):
    """A request log of 700 rows, where more than 500 are too many to wait for."""
    monkeypatch.setattr(tables, "AT_ONCE", 500)
    monkeypatch.setattr(tables, "BLOCK", 4096)
    with desk.writing() as db:
        db.execute(text(EXCHANGES), {"rows": 700})


def rows_of(page):
    return list(csv.reader(io.StringIO(page.html.removeprefix("\ufeff"))))


def asked_for(visitor):
    page = visitor.get("/requests/?as=csv")
    assert page.h1 == "A long list"
    assert page.link("Cancel").endswith("/requests/")
    return page.press("Make the file")


def test_a_long_list_becomes_a_file_with_every_row_of_it(marketer, long, monkeypatch):
    page = asked_for(marketer)
    assert page.h1 == "File of a long list"
    assert "700 rows" in page.text
    made = rows_of(page.follow("Download CSV"))
    monkeypatch.setattr(tables, "AT_ONCE", 1000)
    assert made == rows_of(marketer.get("/requests/?as=csv"))
    assert len(made) == 701


def test_a_list_that_is_short_enough_comes_at_once(marketer, long):
    assert len(rows_of(marketer.get("/requests/?as=csv&outcome=refused"))) == 15


def test_it_stands_in_the_trail_with_its_rows_when_it_is_fetched(marketer, long, desk):
    asked_for(marketer).follow("Download CSV")
    with desk.reading() as db:
        act = db.scalars(select(Act).where(Act.what == "exports.Table")).one()
    assert (act.person, act.outcome, act.after) == ("Marketer", "done", {"rows": 700})


def test_nobody_else_fetches_it(marketer, admin, long):
    page = asked_for(marketer)
    assert admin.get(page.path).status == 404
    assert admin.get(f"{page.path}.csv").status == 404


def test_it_is_kept_encrypted(marketer, long, desk):
    asked_for(marketer)
    with desk.reading() as db:
        assert all(b"profile" not in content for content in db.scalars(select(FileChunk.content)))


def test_it_is_fetched_only_by_whom_the_list_is_still_open_to(app, marketer, long, monkeypatch):
    page = asked_for(marketer)
    monkeypatch.setattr(app.blueprints["requests"], "sees", frozenset())
    assert marketer.get(f"{page.path}.csv").status == 404


@pytest.mark.parametrize(
    "address", ["https://example.com/", "/s/other/trail/?as=csv", "/people/?as=csv", "/nowhere", ""]
)
def test_nothing_but_a_list_of_this_shop_is_made(marketer, address):
    assert marketer.get(f"/exports/new?of={address}").status == 404
    assert marketer.post("/exports/", {"of": address}).status == 422


def test_who_takes_over_begins_the_file_anew(app, marketer, long, desk, monkeypatch):
    """A worker dies after its second piece; what it wrote is no part of the file."""
    written = []

    def dies(db, file, blocks, key, append=brought_files.append):
        append(db, file, blocks, key)
        written.append(file.id)
        if len(written) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(brought_files, "append", dies)
    with pytest.raises(KeyboardInterrupt):
        asked_for(marketer)
    with desk.writing() as db:
        db.execute(update(Work).values(until=now() - timedelta(seconds=1)))
    assert Worker(app).step()
    with desk.reading() as db:
        export = db.scalars(select(Export)).one()
        assert export.rows == 700
        assert db.scalar(select(func.count(FileChunk.file_id.distinct()))) == 1
    assert len(rows_of(marketer.get(f"/exports/{export.key}.csv"))) == 701


def test_it_stops_where_somebody_wishes_so(marketer, long, desk, monkeypatch):
    def wished(db, file, blocks, key, append=brought_files.append):
        append(db, file, blocks, key)
        db.execute(update(Work).values(wish="cancel"))

    monkeypatch.setattr(brought_files, "append", wished)
    page = asked_for(marketer)
    assert "Cancelled" in page.text
    assert "so far" in page.text
    assert "Download CSV" not in page.text


def test_when_its_file_is_gone_the_page_says_so(marketer, long, desk):
    page = asked_for(marketer)
    with desk.writing() as db:
        brought_files.forget_old(db, now() + timedelta(minutes=1))
    assert "The file is not kept any more" in marketer.get(page.path).text
    assert marketer.get(f"{page.path}.csv").status == 404
