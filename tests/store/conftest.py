"""The dashboard's own database, empty, opened as the desk does, on either kind; and how SQLite goes about queries."""

import shutil

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from app.database import Database
from app.store.schema import desk as schema


@pytest.fixture(scope="session")
def prepared(tmp_path_factory):
    file = tmp_path_factory.mktemp("prepared") / "desk.db"
    schema.upgrade_to_head(f"sqlite:///{file}")
    return file


@pytest.fixture
def sqlite(prepared, tmp_path):
    shutil.copy(prepared, tmp_path / "desk.db")
    database = Database(f"sqlite:///{tmp_path}/desk.db", Session, by_statement=True)
    yield database
    database.engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request):
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite")
        return
    postgres = request.getfixturevalue("postgres")
    database = Database(postgres.fresh("desk", schema.upgrade_to_head), Session, by_statement=True)
    yield database
    database.engine.dispose()


@pytest.fixture
def plans(sqlite):
    """How SQLite goes about each query."""
    found = []

    def look(_connection, cursor, statement, parameters, _context, _many):
        if statement.startswith("SELECT"):
            cursor = cursor.connection.cursor()
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
            found.append([row[3] for row in cursor.fetchall()])

    event.listen(Engine, "before_cursor_execute", look)
    yield found
    event.remove(Engine, "before_cursor_execute", look)
