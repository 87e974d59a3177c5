"""Whether a database can be written to, on SQLite and on PostgreSQL."""

import threading

import pytest
from sqlalchemy import inspect
from sqlalchemy.exc import DBAPIError

from app.database import trouble_of
from app.store.schema import desk as schema


def test_the_proof_leaves_nothing(database):
    tables = inspect(database.engine).get_table_names()
    version = database.version()
    database.prove_writable()
    database.prove_writable()
    assert inspect(database.engine).get_table_names() == tables
    if database.is_sqlite:
        assert database.version() == version, "what was remembered of the database stays true"
    assert schema.is_at_head(database)


def test_a_database_that_may_only_be_read_has_no_proof(database):
    with database.engine.connect() as connection:
        if database.is_sqlite:
            connection.exec_driver_sql("PRAGMA query_only = 1")
        else:
            connection.exec_driver_sql("SET SESSION default_transaction_read_only = on")
        connection.commit()
    with pytest.raises(DBAPIError) as refused:
        database.prove_writable()
    assert trouble_of(refused.value) == "full"


def test_whoever_waits_for_a_writer_needs_no_proof(sqlite):
    writing, go_on = threading.Event(), threading.Event()

    def write():
        with sqlite.writing():
            writing.set()
            go_on.wait(10)

    writer = threading.Thread(target=write)
    writer.start()
    writing.wait(10)
    sqlite.prove_writable()
    go_on.set()
    writer.join()
