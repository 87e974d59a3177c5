"""Making a backup, while everything runs."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from alembic.runtime.migration import MigrationContext
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.orm import Session

from app import erasures
from app.backup.archive import FORMAT, REQUEST_FILES, Kept, Manifest, NoBackup, Writer, new_archive
from app.backup.rows import lines_of, tables_of
from app.database import Database
from app.secret_key import fingerprint_of, id_of
from app.store import open_desk, upkeep
from app.store.schema import desk as desk_schema
from app.version import VERSION

if TYPE_CHECKING:
    from sqlalchemy import Connection, Table

    from app.config import Settings

TRIES = 20  # to find all bodies that wait: one may be worked off between the view and the look at the folder


@dataclass
class View:
    """One view of a database: what was in it at one moment."""

    connection: Connection
    revision: str
    tables: list[Table]


@dataclass(frozen=True)
class Bodies:
    """Bodies of calls that wait: links to them by name, and the names of those that are not there."""

    links: dict[str, Path]
    missing: set[str]


@dataclass(frozen=True)
class Made:
    """What a backup holds."""

    path: Path
    size: int
    manifest: Manifest


def back_up(settings: Settings, path: Path) -> Made:
    """Write a backup to a new file, and note it in the trail; raises NoBackup, and then there is none."""
    began = datetime.now(UTC)
    try:
        with _views(settings) as (views, bodies), new_archive(path) as archive:
            manifest = Manifest(
                format=FORMAT,
                version=VERSION,
                at=began,
                key=fingerprint_of(settings.key.newest),
                older_keys=_older_keys(settings, views["desk"]),
                databases={name: _write(archive, name, view) for name, view in views.items()},
                request_files=sorted(bodies.links),
                missing=sorted(bodies.missing),
            )
            for name, link in bodies.links.items():
                archive.copy(f"{REQUEST_FILES}/{name}", link)
            archive.lines(erasures.NAME, _known_erasures(settings))
            archive.close(manifest)
    except SQLAlchemyError as error:
        why = str(getattr(error, "orig", None) or error).partition("\n")[0]
        raise NoBackup(f"A database cannot be read: {why}. No backup was made.") from error
    made = Made(path, path.stat().st_size, manifest)
    _note(settings, made)
    return made


@contextmanager
def _views(settings: Settings) -> Iterator[tuple[dict[str, View], Bodies]]:
    """Give a view of each database, the desk's first, with links to the bodies that wait in the box's.

    What the desk knows to be done, the box has then: the later view is the box's. A link keeps a body that is worked
    off meanwhile. One that is missing twice was not worked off, it is lost, and no reason to make no backup.
    """
    with ExitStack() as open_views, tempfile.TemporaryDirectory(dir=settings.var, prefix="backup-") as folder:
        views = {"desk": open_views.enter_context(_view("desk", settings.desk_database))}
        if not settings.in_a_box:
            yield views, Bodies({}, set())
            return
        missing: set[str] = set()
        for attempt in range(TRIES):
            with ExitStack() as look:
                view = look.enter_context(_view("box", settings.box_database))
                bodies = _bodies(view, settings.request_files, Path(folder))
                if bodies.missing <= missing or attempt == TRIES - 1:
                    yield views | {"box": view}, bodies
                    return
                missing = bodies.missing


@contextmanager
def _view(name: str, url: str) -> Iterator[View]:
    database = Database(url, Session)
    try:
        with database.snapshot() as connection:
            revision = MigrationContext.configure(connection).get_current_revision()
            if revision is None:
                raise NoBackup(f"The {name} database is empty: start Desk46 once. No backup was made.")
            yield View(connection, revision, tables_of(connection))
    finally:
        database.engine.dispose()


def _bodies(box: View, source: Path, folder: Path) -> Bodies:
    """Link the bodies that jobs of the box wait with."""
    jobs = next(table for table in box.tables if table.name == "jobs")
    waiting = select(jobs.c.spool).where(jobs.c.state == "waiting", jobs.c.spool.is_not(None))
    bodies = Bodies({}, set())
    for name in box.connection.scalars(waiting):
        link = folder / name
        try:
            if not link.exists():
                link.hardlink_to(source / name)
            bodies.links[name] = link
        except FileNotFoundError:
            bodies.missing.add(name)
    return bodies


def _write(archive: Writer, name: str, view: View) -> Kept:
    counts = {}
    for table in view.tables:
        counts[table.name] = 0

        def counted(table: Table = table) -> Iterator[bytes]:
            for number, line in enumerate(lines_of(view.connection, table)):  # the first names the columns
                counts[table.name] = number
                yield line

        archive.lines(f"{name}/{table.name}.jsonl", counted())
    return Kept(view.revision, counts)


def _older_keys(settings: Settings, desk: View) -> list[str]:
    """Name the keys that were replaced and may still be needed: none once everything was encrypted anew."""
    acts = next(table for table in desk.tables if table.name == "acts")
    done = select(acts.c.after).where(acts.c.what == "upkeep.ReEncrypt").order_by(acts.c.id.desc()).limit(1)
    newest = (desk.connection.scalar(done) or {}).get("key") if settings.key.older else None
    return [] if newest == id_of(settings.key.newest) else [fingerprint_of(part) for part in settings.key.older]


def _known_erasures(settings: Settings) -> list[bytes]:
    path = settings.var / erasures.NAME
    return path.read_bytes().splitlines() if path.exists() else []


def _note(settings: Settings, made: Made) -> None:
    """Write into the trail that there is a backup; one without that note is a backup all the same."""
    database = open_desk(settings)
    try:
        if desk_schema.is_at_head(database):
            with database.writing() as db:
                after = {"file": made.path.name, "bytes": made.size, "version": made.manifest.version}
                upkeep.note_upkeep(db, "upkeep.Backup", after=after)
    except DBAPIError:
        pass
    finally:
        database.engine.dispose()
