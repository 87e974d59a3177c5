"""Apps that are built once a worker, and moved to databases of its own for each test.

To build both apps, compile their templates and statements and open their databases costs 200 ms; to move them 5 ms.
"""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Any

from filelock import FileLock
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import event, make_url

from app.engine.store.cache import Memory
from app.engine.store.link_clicks import ClickBuffer
from app.web.calls.addresses import new_desk_session
from app.web.calls.drift import Drift
from app.web.customer_page.openings import Openings
from app.web.pictures import Pictures
from app.web.remembered import Memory as Remembered
from tests.tab import Tab

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest
    from flask import Flask

    from app.config import Settings
    from app.database import Database

LATE_SECONDS = 2  # for which a call goes on at most that its client gave up


def folder_of_the_run(factory: pytest.TempPathFactory) -> Path:
    """Give the folder that all workers of a run share."""
    own = factory.getbasetemp()
    return own.parent if own.name == f"popen-{os.environ.get('PYTEST_XDIST_WORKER')}" else own


def share_templates(app: Flask, factory: pytest.TempPathFactory) -> None:
    """Let an app take templates that another one, of whichever worker, compiled."""
    folder = folder_of_the_run(factory) / "templates"
    folder.mkdir(exist_ok=True)
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(folder))


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Give a folder that one worker makes for all workers of a run; whoever writes into it copies it first."""
    run = folder_of_the_run(factory)
    folder, unfinished = run / f"once-{name}", run / f"unfinished-{name}-{os.getpid()}"
    with FileLock(run / f"once-{name}.lock"):
        if not folder.exists():
            unfinished.mkdir()
            make(unfinished)
            unfinished.rename(folder)
    return folder


class Movable:
    """The engine of a SQLite database keeps its compiled statements while it is led to one file after the other.

    PostgreSQL stays where it is: its tests empty their database.
    """

    def __init__(self, database: Database[Any]) -> None:
        self.database = database
        if database.is_sqlite:
            event.listen(database.engine, "do_connect", self._lead)
            event.listen(database.engine, "connect", self._hurry)

    def move(self, url: str) -> None:
        """Lead to another file; nothing of the last one stays open."""
        self.rest()
        if self.database.is_sqlite:
            self.database.url = make_url(url)

    def rest(self) -> None:
        """Close what is open, once calls that a client no longer waits for have ended."""
        if self.database._watch:
            self.database._watch.close()
            self.database._watch = None
        in_use = getattr(self.database.engine.pool, "checkedout", int)
        deadline = time.monotonic() + LATE_SECONDS
        while in_use() and time.monotonic() < deadline:
            time.sleep(0.01)
        self.database.engine.dispose()

    @property
    def _file(self) -> str:
        return str(self.database.url.database)

    def _lead(self, _dialect: object, _record: object, arguments: list[object], _named: object) -> None:
        arguments[0] = self._file

    @staticmethod
    def _hurry(connection: Any, _record: object) -> None:
        """Leave it to the system when it writes to the disk: no test of a shared app outlives the machine."""
        connection.execute("PRAGMA synchronous=OFF")


class Shared:
    """An app that every test of a worker uses, and gets as it was when it was built."""

    def __init__(self, app: Flask, database: str) -> None:
        self.app = app
        self.movable = Movable(app.extensions[database])
        self.kept = dict(app.extensions), dict(app.config)

    def renewed(self, settings: Settings, url: str) -> Flask:
        """Move to another database, and forget what the last test put into the app."""
        self.movable.move(url)
        for present, kept in zip((self.app.extensions, self.app.config), self.kept, strict=True):
            present.clear()
            present.update(kept)
        self.app.extensions["settings"] = settings
        return self.app

    def rest(self) -> None:
        """Close the database."""
        self.movable.rest()


class SharedBox(Shared):
    """The box of a worker. What it remembers of one database is nothing for the next."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app, "db")

    def moved(self, settings: Settings) -> Flask:
        app = self.renewed(settings, settings.box_database)
        app.extensions |= {"memory": Memory(), "clicks": ClickBuffer(app.extensions["db"])}
        return app

    def rest(self) -> None:
        self.app.extensions["clicks"].close()
        super().rest()


class SharedDesk(Shared):
    """The dashboard of a worker."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app, "desk")
        app.test_client_class = Tab

    def moved(self, settings: Settings, box: Flask) -> Flask:
        app = self.renewed(settings, settings.desk_database)
        fresh = {"drift": Drift(), "remembered": Remembered(), "openings": Openings(), "pictures": Pictures()}
        app.extensions |= {**fresh, "rees46_session": new_desk_session(settings, box)}
        app.config["PATIENCE"] = 60.0  # a busy machine is slow, and a page of a test is whole
        app.testing = False  # errors become pages, as people get them
        return app
