"""Whoever writes in the background takes a pacing after each transaction, and tidies up while others write."""

import shutil
import sqlite3
import time
from contextlib import closing

import pytest
from sqlalchemy import text

from app.engine.store.pacing import Pacing
from tests.engine.asking import ON_SQLITE


def rename(database):
    with database.writing() as db:
        db.execute(text("UPDATE shops SET name = 'Renamed'"))


@pytest.mark.usefixtures("shop")
def test_the_database_is_left_alone_for_as_long_as_it_was_held(database):
    pacing = Pacing(database)
    with pacing.held():
        started = time.monotonic()
        rename(database)
        ended = time.monotonic()
    assert pacing.until >= ended + (ended - started)


@ON_SQLITE
@pytest.mark.usefixtures("shop")
def test_what_was_written_is_moved_from_the_log_to_the_file_in_the_breath(database, tmp_path):
    rename(database)
    assert "Renamed" not in names_in_the_file_of(database, tmp_path)
    with Pacing(database).held():
        rename(database)
    assert "Renamed" in names_in_the_file_of(database, tmp_path)


def names_in_the_file_of(database, folder):
    alone = shutil.copy(database.url.database, folder / "alone.db")
    with closing(sqlite3.connect(alone)) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM shops")}
