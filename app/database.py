"""One database, SQLite or PostgreSQL: short read and write transactions that never starve each other."""

from __future__ import annotations

import fcntl
import os
import sqlite3
import tempfile
import threading
import time
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

from sqlalchemy import event, make_url
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm import Session

from app import connections

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator

    from sqlalchemy import Connection, PoolProxiedConnection

PROOF_SECONDS = 1.0
ROOM = 1024 * 1024  # bytes that must be free on the disk of a SQLite file
PROOFS = {  # writes that are undone
    "sqlite": ("CREATE TABLE proof (room BLOB)", "INSERT INTO proof VALUES (zeroblob(65536))"),
    "postgresql": ("CREATE TEMP TABLE proof ON COMMIT DROP AS SELECT repeat('x', 65536)",),
}
ANALYZE = {"sqlite": ("PRAGMA analysis_limit=1000", "ANALYZE"), "postgresql": ("ANALYZE",)}
CANNOT_WRITE = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN}
BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL}
S = TypeVar("S", bound=Session)


class Database(Generic[S]):
    """A database by URL. Read with `reading()`, write with `writing()`; never hold `writing()` over a network call."""

    def __init__(self, url: str, session: type[S], *, by_statement: bool = False) -> None:
        """Open it. With `by_statement` PostgreSQL's reads are in no transaction, which would cost two questions.

        Each statement has a view of its own there either way; a cursor of the server needs a transaction.
        """
        self.session = session
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = connections.sqlite(url) if self.is_sqlite else connections.postgresql(url)
        self._immediate = self.engine.execution_options(begin="BEGIN IMMEDIATE")
        plain = self.engine if self.is_sqlite else self.engine.execution_options(isolation_level="AUTOCOMMIT")
        self._asking = plain  # one question, no transaction
        self._reading = plain if by_statement else self.engine
        self.after_waiting: Callable[[float], object] = lambda _seconds: None  # told how long each writer waited
        self._turn = threading.Lock()
        self._watching = threading.Lock()
        self._watch: PoolProxiedConnection | None = None  # never writes: it sees the commits of all others

    @contextmanager
    def reading(self) -> Iterator[S]:
        """Give a session that only reads: SQLite's sees one moment, PostgreSQL's one for each statement."""
        with self.session(self._reading, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """Give a connection that reads one view of the whole database, however long that takes and whoever writes."""
        view: dict[str, Any] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with self.engine.execution_options(**({} if self.is_sqlite else view)).connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[S]:
        """Give a session whose work is committed at the end, or undone whole if anything is raised."""
        with self._one_writer(), self.session(self._immediate, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """Give a connection that may change tables, while no other process writes.

        SQLite changes a table by making it anew, and to drop the old one would delete what refers to it: its foreign
        keys are off here, and whoever migrates looks at them at the end (`PRAGMA foreign_key_check`).
        """
        with self._one_writer(), self._immediate.connect() as connection:
            if self.is_sqlite:
                connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
            yield connection
            connection.commit()

    def prove_writable(self) -> None:
        """Raise what a write would raise on a full disk, or where writing is not allowed; nothing is kept.

        Whoever cannot get his turn has the proof: somebody else is writing.
        """
        if not self._turn.acquire(timeout=PROOF_SECONDS):
            return
        try:
            with self.engine.connect() as connection, connection.begin() as transaction:
                for statement in PROOFS["sqlite" if self.is_sqlite else "postgresql"]:
                    connection.exec_driver_sql(statement)
                transaction.rollback()
        except DBAPIError as error:
            if trouble_of(error) != "busy":
                raise
        finally:
            self._turn.release()
        if self._has_file:
            with tempfile.TemporaryFile(dir=Path(str(self.url.database)).parent) as file:
                file.write(bytes(ROOM))
                file.flush()

    def version(self) -> Hashable:
        """Say which state the database is in: whenever anybody commits anything it is another one.

        What was read after a version was taken may be remembered under it. It costs SQLite next to nothing, and
        PostgreSQL one question.
        """
        if not self.is_sqlite:
            with self._asking.connect() as connection:
                return str(connection.exec_driver_sql("SELECT pg_current_snapshot()").scalar())
        if not self._has_file:
            return object()  # nobody but its own connection sees a database in memory
        with self._watching:
            self._watch = self._watch or self.engine.raw_connection()
            return int(self._watch.cursor().execute("PRAGMA data_version").fetchone()[0])

    def give_up_sleepers(self, seconds: int = 10) -> None:
        """Let PostgreSQL end a transaction of this process in which nothing happens any more.

        A process that is stopped (SIGSTOP, a suspended machine) would keep its locks, and nobody could take over.
        """
        if not self.is_sqlite:
            event.listen(self.engine, "connect", partial(connections.end_sleepers_after, seconds))

    def settle(self) -> None:
        """Move what was written from SQLite's log to its file: a commit would do it in everybody's way.

        Most of it is moved while others write, and the rest, which is little, while nobody does: a log that is moved
        whole begins anew.
        """
        if self.is_sqlite:
            with closing(self.engine.raw_connection()) as connection:
                connection.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)")
                with self._one_writer():
                    connection.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)")

    def analyze(self) -> None:
        """Let the database count how its rows are spread, by which it chooses the index of a query.

        Nobody needs it before there are many rows. SQLite looks at a part of each index, so it takes milliseconds.
        """
        with self._one_writer(), self._immediate.connect() as connection:
            for statement in ANALYZE["sqlite" if self.is_sqlite else "postgresql"]:
                connection.exec_driver_sql(statement)
            connection.commit()

    @contextmanager
    def _one_writer(self) -> Iterator[None]:
        """Queue SQLite's writers before the file: SQLite lets one starve for seconds (decisions.md#sqlite-writers)."""
        if not self.is_sqlite:
            yield
            return
        begun = time.perf_counter()
        with self._turn:
            line = self._stand_in_line() if self._has_file else None
            self.after_waiting(time.perf_counter() - begun)
            try:
                yield
            finally:
                if line is not None:
                    os.close(line)  # the next one's turn

    def _stand_in_line(self) -> int:
        """Wait behind other processes; where not even that can be written down, the disk is full."""
        try:
            line = os.open(f"{self.url.database}.lock", os.O_RDWR | os.O_CREAT, mode=0o600)
            fcntl.flock(line, fcntl.LOCK_EX)
        except OSError as error:
            raise OperationalError("the lock of the database", None, error) from error
        return line

    @property
    def _has_file(self) -> bool:
        return self.is_sqlite and self.url.database not in {None, "", ":memory:"}


def is_passing(error: DBAPIError) -> bool:
    """Tell whether a transaction that failed may succeed if it is run again: it lost a race or a deadlock."""
    return isinstance(error, IntegrityError) or getattr(error.orig, "sqlstate", None) in {"40001", "40P01"}


def trouble_of(error: DBAPIError) -> Literal["full", "busy", "other"]:
    """Tell a database that cannot be written to (a full disk) from one that is busy or away, and from our faults."""
    orig = error.orig
    if isinstance(orig, sqlite3.Error):
        code = getattr(orig, "sqlite_errorcode", 0) & 0xFF
        return "full" if code in CANNOT_WRITE else "busy" if code in BUSY else "other"
    if isinstance(orig, OSError):
        return "full"
    state = getattr(orig, "sqlstate", None)
    if state in {"53100", "25006"}:  # disk_full, read_only_sql_transaction
        return "full"
    is_away = state is None or state[:2] in {"08", "53", "57"}
    is_passing_by = is_away or state in {"40001", "40P01", "55P03"}
    return "busy" if isinstance(error, OperationalError) and is_passing_by else "other"
