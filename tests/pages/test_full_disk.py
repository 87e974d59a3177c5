"""A disk that is really full: reading goes on, nothing is done that cannot be written down, nothing is done twice."""

import sqlite3
import subprocess
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from app.database import trouble_of
from app.engine.store.messages import Message
from app.rees46.response import parse_response
from app.store import customers
from app.store.acts import Act
from app.store.base import now
from app.store.exchanges import Exchange
from tests.furnishing import settings_in
from tests.page import Visitor, filled


class Disk:
    """A small disk of its own, or (where none may be mounted) one whose databases cannot write."""

    def __init__(self, folder):
        self.folder, self.filler = folder, folder / "filler"

    def fill(self):
        with self.filler.open("wb", buffering=0) as file:
            try:
                while file.write(bytes(4096)):
                    pass
            except OSError:
                pass

    def clear(self):
        self.filler.unlink()


@pytest.fixture
def disk(tmp_path, settings):
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", folder], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("a small disk can be mounted by root only")
    for name in ("desk.db", "box.db"):
        (folder / name).write_bytes((settings.var / name).read_bytes())
    yield Disk(folder)
    subprocess.run(["umount", "--lazy", folder], check=True)


@pytest.fixture
def on_disk(disk, shared_box, shared_desk, cookies):
    """A desk whose databases lie on that disk, and a person at it."""
    settings = settings_in(disk.folder)
    box = shared_box.moved(settings)
    app = shared_desk.moved(settings, box)

    def person(role):
        client = app.test_client()
        for name, value in cookies[role].items():
            client.set_cookie(name, value)
        return Visitor(client)

    yield app, box, person
    shared_desk.rest()
    shared_box.rest()


def written(person):
    page = person.get("/messages/new?kind=sms")
    return page.press(
        "Look at what will be sent",
        code="verification",
        phone="+79990000002",
        **{"rows-0-name": "code", "rows-0-value": "1234"},
    )


def count(box):
    with box.extensions["db"].reading() as db:
        return db.query(Message).count()


def test_on_a_full_disk_pages_are_read_and_no_act_is_tried(on_disk, disk):
    app, box, person = on_disk
    marketer, stranger = person("marketer"), Visitor(app.test_client())
    review = written(marketer)
    with app.extensions["desk"].writing() as db:
        profile = f"/customers/{customers.remember(db, 1, 'email', 'anna.kowalska@example.com').key}"
    assert marketer.get(profile).h1 == "Anna Kowalska"
    assert stranger.get("/ready").status == 200
    before = count(box)
    disk.fill()
    answer = stranger.get("/ready")
    assert (answer.status, answer.answer.json["database"]) == (503, "cannot be written to")
    assert stranger.get("/health").status == 200
    for path in ("/", "/trail/", "/messages/", "/requests/", "/promo_codes/", profile, review.path):
        assert marketer.get(path).status == 200, path
    refused = review.press("Send the SMS")
    assert refused.status == 507
    assert "the disk is full" in refused.text
    assert "Nothing was sent, and nothing was changed." in refused.text
    assert "busy" not in refused.text
    assert count(box) == before
    disk.clear()
    assert stranger.get("/ready").status == 200
    assert "REES46 took it" in review.press("Send the SMS").text
    assert count(box) == before + 1


@pytest.fixture
def failing(desk):
    """Let writes of the desk into some tables fail as on a full disk: `failing("exchanges")`, `failing()`: none."""
    tables = []

    def look(_connection, _cursor, statement, _parameters, _context, _many):
        if any(statement.startswith((f"INSERT INTO {table} ", f"UPDATE {table} ")) for table in tables):
            full = sqlite3.OperationalError("database or disk is full")
            full.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise full

    event.listen(desk.engine, "before_cursor_execute", look)
    yield lambda *names: tables.__setitem__(slice(None), names)
    event.remove(desk.engine, "before_cursor_execute", look)


def test_a_call_that_cannot_be_logged_is_done_all_the_same(failing, marketer, box, desk):
    review, before = written(marketer), count(box)
    failing("exchanges")
    page = review.press("Send the SMS")
    assert "REES46 took it" in page.text
    assert count(box) == before + 1
    with desk.reading() as db:
        assert db.query(Act).filter_by(what="messages.Sms").one().state == "done"
        assert db.query(Exchange).filter_by(operation="messages.Sms").count() == 0


def test_a_visit_that_cannot_be_noted_is_a_visit_all_the_same(failing, marketer):
    failing("sessions")
    with time_machine.travel(now() + timedelta(minutes=10)):
        assert marketer.get("/trail/").h1 == "Audit trail"


def test_an_outcome_that_cannot_be_written_down_is_unknown_and_frees_no_click(
    failing, marketer, box, desk, monkeypatch
):
    form = marketer.get("/promo_codes/hand-out").form("Hand out the code")[0]
    data = filled(form) | {"list": "3184", "reason": "A full disk"}
    ends = []
    monkeypatch.setattr("app.store.acts.end", lambda *_args, **_more: ends.append(1) or full())
    page = marketer.post("/promo_codes/hand-out", data)
    assert page.status == 507
    assert "Do not do it again" in page.text
    monkeypatch.undo()
    again = marketer.post("/promo_codes/hand-out", data)
    assert again.h1 == "Being handed out"
    with desk.reading() as db:
        assert [act.state for act in db.query(Act).filter_by(what="promo_codes.Fetch")] == ["trying"]


def full():
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorcode = sqlite3.SQLITE_FULL
    raise OperationalError("UPDATE acts", None, error)


@pytest.mark.parametrize("wrong", [RuntimeError, MemoryError, KeyError, OSError])
def test_whatever_breaks_after_the_call_leaves_it_unknown(marketer, box, desk, monkeypatch, wrong):
    form = marketer.get("/promo_codes/hand-out").form("Hand out the code")[0]
    data = filled(form) | {"list": "3184", "reason": "Something broke"}

    def broken(op, *rest, **more):
        if op.name() == "promo_codes.Fetch":
            raise wrong("after the call")
        return parse_response(op, *rest, **more)

    monkeypatch.setattr("app.rees46.client.parse_response", broken)
    assert marketer.post("/promo_codes/hand-out", data).status == 500
    monkeypatch.undo()
    assert marketer.post("/promo_codes/hand-out", data).h1 == "Was a code taken?"
    with desk.reading() as db:
        assert [act.state for act in db.query(Act).filter_by(what="promo_codes.Fetch")] == ["unknown"]


def sqlite_error(statement, *before):
    connection = sqlite3.connect(":memory:")
    try:
        for each in (*before, statement):
            connection.execute(each)
    except sqlite3.Error as error:
        return OperationalError(statement, None, error)
    raise AssertionError


def test_busy_is_not_said_for_full_nor_for_what_is_our_fault():
    grow = "CREATE TABLE t AS SELECT zeroblob(999999)"
    assert trouble_of(sqlite_error(grow, "PRAGMA max_page_count = 2")) == "full"
    assert trouble_of(sqlite_error("CREATE TABLE t (x)", "PRAGMA query_only = 1")) == "full"
    assert trouble_of(sqlite_error("SELECT no_such_column FROM sqlite_master")) == "other"
    assert trouble_of(sqlite_error("SELECT * FROM no_such_table")) == "other"


def test_a_locked_database_is_busy(tmp_path):
    first, second = (sqlite3.connect(tmp_path / "x.db", timeout=0, isolation_level=None) for _ in range(2))
    first.execute("BEGIN IMMEDIATE")
    with pytest.raises(sqlite3.OperationalError) as busy:
        second.execute("BEGIN IMMEDIATE")
    assert trouble_of(OperationalError("BEGIN", None, busy.value)) == "busy"


def test_a_database_that_must_not_grow_is_not_ready(app, stranger, desk, box):
    for database, name in ((desk, "database"), (box.extensions["db"], "rees46")):

        @event.listens_for(database.engine, "connect", named=True)
        def limit(dbapi_connection, **_more):
            pages = dbapi_connection.execute("PRAGMA page_count").fetchone()[0]
            dbapi_connection.execute(f"PRAGMA max_page_count = {pages}")

        database.engine.dispose()
        answer = stranger.get("/ready")
        assert (answer.status, answer.answer.json["status"]) == (503, "failing")
        assert answer.answer.json[name] in {"cannot be written to", "not ready"}
        event.remove(database.engine, "connect", limit)
        database.engine.dispose()
        assert stranger.get("/ready").status == 200


def test_a_database_that_is_not_migrated_is_not_ready(stranger, desk):
    with desk.writing() as db:
        db.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    answer = stranger.get("/ready")
    assert (answer.status, answer.answer.json) == (503, {"status": "failing", "database": "not migrated"})
