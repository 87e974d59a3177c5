"""Databases as revision 0001 made them, with data in every table: SQL dumps of SQLite files, read into both kinds."""

import sqlite3
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Connection, MetaData, Table, create_engine, make_url, text

from app.engine.store.schema import box
from app.store.schema import desk

SCHEMAS = {"desk": desk, "box": box}
SHAPES = {
    "sqlite": "SELECT name, sql FROM sqlite_master ORDER BY name",
    "postgresql": "SELECT table_name, column_name, data_type FROM information_schema.columns"
    " WHERE table_schema = 'public' ORDER BY 1, 2",
}
READ: dict[tuple, list[Table]] = {}


def old_file(name: str, folder: Path) -> str:
    """Give the URL of a SQLite file of revision 0001."""
    connection = sqlite3.connect(folder / f"{name}.db")
    connection.executescript(Path(__file__).with_name(f"{name}_0001.sql").read_text())
    connection.close()
    return f"sqlite:///{folder}/{name}.db"


def rows_of(url: str) -> dict[str, list[dict]]:
    """Read all that is in a database, table by table."""
    engine = create_engine(url)
    with engine.connect() as connection:
        rows = {
            table.name: [dict(row) for row in connection.execute(table.select()).mappings()]
            for table in tables_of(connection)
            if table.name != "alembic_version"
        }
    engine.dispose()
    return rows


def tables_of(connection: Connection) -> list[Table]:
    """Read which tables there are, those of a shape once: that takes far longer than to read their rows."""
    kind = connection.dialect.name
    shape = kind, *map(tuple, connection.exec_driver_sql(SHAPES[kind]))
    if shape not in READ:
        tables = MetaData()
        tables.reflect(connection)
        READ[shape] = tables.sorted_tables
    return READ[shape]


def fill(url: str, rows: dict[str, list[dict]]) -> None:
    """Write rows into the tables of a database, and let it number on from there."""
    engine = create_engine(url)
    with engine.begin() as connection:
        for table in tables_of(connection):
            if rows.get(table.name):
                connection.execute(table.insert(), rows[table.name])
            if "id" in table.columns and str(table.columns["id"].type) == "INTEGER":
                ask = f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), max(id)) FROM {table.name}"  # noqa: S608 - names of our tables
                connection.execute(text(ask))
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def old(request, tmp_path):
    """Give the URL of a database of revision 0001: `old("desk")`."""
    return opener(request, tmp_path)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def shared_old(request, tmp_path_factory):
    """As `old`, for tests of a module that only look at what became of it."""
    return opener(request, tmp_path_factory.mktemp("old"))


def opener(request, folder):
    def old(name: str) -> str:
        url = old_file(name, folder)
        if request.param == "sqlite":
            return url
        rows = rows_of(url)
        server = make_url(request.getfixturevalue("postgres").fresh()).render_as_string(hide_password=False)
        command.upgrade(SCHEMAS[name].alembic_config(server), "0001")
        fill(server, rows)
        return server

    return old
