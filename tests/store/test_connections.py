"""How often PostgreSQL is asked, and what becomes of connections that it ended."""

import re

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.orm import Session

from app import connections
from app.database import Database
from app.store.paging import in_chunks
from app.store.recipients import Recipient
from tests.house.repository import ROOT, name_of, under

END_OTHERS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


@pytest.fixture
def desk(postgres):
    database = Database(postgres.fresh(), Session, by_statement=True)
    yield database
    database.engine.dispose()


@pytest.fixture
def asked(desk, monkeypatch):
    """How often a connection was asked whether it is there."""
    pings = []
    ask = desk.engine.dialect.do_ping
    monkeypatch.setattr(desk.engine.dialect, "do_ping", lambda connection: pings.append(1) or ask(connection))
    return pings


def number(desk):
    with desk.reading() as db:
        return db.scalar(text("SELECT 46"))


def end_all(desk):
    other = Database(str(desk.engine.url.render_as_string(hide_password=False)), Session)
    with other.engine.connect() as connection:
        connection.exec_driver_sql(END_OTHERS)
    other.engine.dispose()


def test_reading_is_one_question_and_no_transaction(desk, asked):
    number(desk)
    with desk.reading() as db:
        db.scalar(text("SELECT 46"))
        raw = db.connection().connection.dbapi_connection
        assert raw.info.transaction_status.name == "IDLE"
    assert asked == []


def test_writing_is_a_transaction_that_is_undone_whole(desk):
    with desk.writing() as db:
        db.execute(text("CREATE TABLE things (name text)"))
    with pytest.raises(ProgrammingError), desk.writing() as db:
        db.execute(text("INSERT INTO things VALUES ('x'); SELECT nothing"))
    with desk.reading() as db:
        assert db.scalar(text("SELECT count(*) FROM things")) == 0


def test_a_connection_that_rested_is_asked_first_and_replaced_if_it_is_gone(desk, asked, monkeypatch):
    number(desk)
    end_all(desk)
    monkeypatch.setattr(connections, "RESTED_SECONDS", 0)
    assert number(desk) == 46
    assert len(asked) == 1


def test_one_that_goes_right_after_its_use_fails_once_and_the_next_use_has_a_new_one(desk):
    number(desk)
    end_all(desk)
    with pytest.raises(OperationalError):
        number(desk)
    assert number(desk) == 46


def test_rows_come_in_chunks_by_their_key_on_either_kind(database):
    with database.writing() as db:
        for number in range(1, 6):
            db.add(
                Recipient(
                    shop_id=1 + (number == 3), kind="email", value=f"{number}@example.com", whose="x", added_by="x"
                )
            )
    with database.reading() as db:
        query = select(Recipient).where(Recipient.shop_id == 1)
        for chunk in (1, 2, 4, 9):
            rows = [row.value[0] for row in in_chunks(db, query, Recipient.id, chunk)]
            assert rows == ["1", "2", "4", "5"]


def test_no_query_of_the_desk_needs_a_cursor_of_the_server():
    """PostgreSQL gives one in a transaction only, and the desk reads without; the box and a backup read in one."""
    elsewhere = (ROOT / "app/engine", ROOT / "app/backup")
    paths = [path for path in under("app", ".py") if not any(path.is_relative_to(place) for place in elsewhere)]
    assert [name_of(path) for path in paths if re.search(r"yield_per|stream_results", code_of(path))] == []


def code_of(path):
    return re.sub(r'""".*?"""', "", path.read_text(), flags=re.DOTALL)
