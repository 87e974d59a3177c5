"""Connections to SQLite and PostgreSQL, as every process opens them."""

from __future__ import annotations

import os
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import create_engine, event, make_url
from sqlalchemy.exc import DisconnectionError

from app.private_files import private_file

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine
    from sqlalchemy.pool import ConnectionPoolEntry

BUSY_MILLISECONDS = 10_000
LOG_PAGES = 16_000  # 64 MB, after which a commit moves the log to the file, in everybody's way (engine/store/pacing.py)
RESTED_SECONDS = 5.0  # after which a connection is asked whether it is still there


def sqlite(url: str) -> Engine:
    """Open a file with a log beside it, which only its owner may read."""
    if (name := make_url(url).database) and name != ":memory:":
        Path(name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        for file in (name, *filter(os.path.exists, (f"{name}-wal", f"{name}-shm"))):
            private_file(Path(file))  # SQLite gives a log that it makes the rights of its database
    waiting = {"timeout": BUSY_MILLISECONDS / 1000, "check_same_thread": False}
    engine = create_engine(url, connect_args=waiting, json_serializer=_json)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, see below
    cursor = connection.cursor()
    pragmas = "journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "cache_size=-32000"
    for pragma in (*pragmas, f"wal_autocheckpoint={LOG_PAGES}"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at BEGIN: a deferred one fails if two readers turn writers (decisions.md#sqlite-writers).

    A plain BEGIN takes no lock and cannot fail, so the driver is told directly, at a third of the cost.
    """
    begin = connection.get_execution_options().get("begin")
    if begin:
        connection.exec_driver_sql(begin)
    else:
        connection.connection.cursor().execute("BEGIN")


def postgresql(url: str) -> Engine:
    """Open a server through psycopg, whatever the URL calls it."""
    named = make_url(url)
    if named.drivername in {"postgresql", "postgres"}:
        named = named.set(drivername="postgresql+psycopg")
    engine = create_engine(named, pool_size=10, max_overflow=20, json_serializer=_json)
    event.listen(engine, "checkin", _note_use)
    event.listen(engine, "checkout", partial(_ask_rested, engine))
    return engine


def _note_use(_connection: Any, record: ConnectionPoolEntry) -> None:
    record.info["used"] = time.monotonic()


def _ask_rested(engine: Engine, connection: Any, record: ConnectionPoolEntry, _proxy: object) -> None:
    """Ask a connection whether it is still there, unless it was just used; the pool replaces one that is not."""
    if time.monotonic() - record.info.get("used", time.monotonic()) < RESTED_SECONDS:
        return
    try:
        engine.dialect.do_ping(connection)
    except engine.dialect.loaded_dbapi.Error as error:
        raise DisconnectionError from error


def end_sleepers_after(seconds: int, connection: Any, _record: object) -> None:
    """Let the server end a transaction in which nothing happens for so long."""
    connection.execute(f"SET idle_in_transaction_session_timeout = '{seconds}s'")
    connection.commit()


def _json(value: Any) -> str:
    """Write a JSON column, five times as quick as the standard library (an import writes a hundred thousand)."""
    return msgspec.json.encode(value).decode()
