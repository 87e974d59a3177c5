"""Restoring a backup into an empty place: `python -m app.run --restore FILE`."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from alembic import command
from alembic.runtime.migration import MigrationContext
from flask_babel import force_locale, gettext
from sqlalchemy import delete, exists, inspect, select, table
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app import create_app, erasures, store
from app.backup.archive import REQUEST_FILES, NoBackup, open_archive
from app.backup.rows import REVISIONS, fill, tables_of
from app.database import Database
from app.engine import forget_again
from app.engine import upgrade as upgrade_box
from app.engine.store.schema import box as box_schema
from app.private_files import private_folder
from app.run.unfinished import UNFINISHED
from app.secret_key import fingerprint_of
from app.store import brakes, erasing, shops, trail_check, upkeep
from app.store.brakes import Brake, Kind
from app.store.schema import desk as desk_schema
from app.store.sessions import BrowserSession
from app.store.tokens import PersonToken

if TYPE_CHECKING:
    from pathlib import Path

    from app.backup.archive import Kept, Manifest, Reader
    from app.config import Settings
    from app.erasures import Erasure
    from app.schema import Schema

MARGIN = timedelta(minutes=1)  # an erasure may have been noted before the backup began, and committed after that
WAY_OUT = "Name an empty one, or move what is there away."
IF_LOST = "If it is lost, add --key-is-lost: the secrets of all shops then have to be entered again."


@dataclass(frozen=True)
class Restored:
    """What became of a backup."""

    manifest: Manifest
    erased_again: int
    is_read_only: bool


class Target:
    """A database that a backup is restored into."""

    def __init__(self, name: str, kept: Kept, schema: Schema, url: str) -> None:
        self.name = name
        self.kept = kept
        self.schema = schema
        self.url = url
        self.database = Database(url, Session)
        self.revision: str | None = None  # that it has already

    def must_fit(self) -> None:
        """Refuse a database that has something in it, and rows of a shape that only a newer Desk46 knows."""
        if self.kept.revision not in self.schema.revisions():
            raise NoBackup(
                f"The backup has the {self.name} database at revision {self.kept.revision}, which this Desk46 does not "
                "know: a newer one made it. Nothing was changed. Restore it with that one."
            )
        with self.database.engine.connect() as connection:
            self.revision = MigrationContext.configure(connection).get_current_revision()
            names = [name for name in inspect(connection).get_table_names() if name != REVISIONS]
            has_rows = any(connection.scalar(select(exists().select_from(table(name)))) for name in names)
        if has_rows or (names and self.revision != self.kept.revision):
            raise NoBackup(f"The {self.name} database is not empty. Nothing was changed. {WAY_OUT}")

    def make_tables(self) -> None:
        if self.revision is None:
            command.upgrade(self.schema.alembic_config(self.url), self.kept.revision)


def restore(settings: Settings, path: Path, *, key_is_lost: bool = False) -> Restored:
    """Restore a backup whole or not at all; raises NoBackup."""
    with open_archive(path) as archive:
        _check_key(settings, archive.manifest, key_is_lost=key_is_lost)
        targets = _targets(settings, archive.manifest)
        unfinished = settings.var / UNFINISHED
        try:
            for target in targets:
                target.must_fit()
            unfinished.touch(mode=0o600)
            _fill(settings, archive, targets)
        except SQLAlchemyError as error:
            unfinished.unlink(missing_ok=True)
            why = str(getattr(error, "orig", None) or error).partition("\n")[0]
            raise NoBackup(f"The backup cannot be written into the database: {why}. Nothing was restored.") from error
        except NoBackup:
            unfinished.unlink(missing_ok=True)
            raise
        finally:
            for target in targets:
                target.database.engine.dispose()
        restored = _finish(settings, archive, path)
        unfinished.unlink()
    return restored


def _check_key(settings: Settings, manifest: Manifest, *, key_is_lost: bool) -> None:
    if key_is_lost:
        return
    if not settings.has_key:
        raise NoBackup(
            f"The secret key of this backup is missing (fingerprint {manifest.key}). Nothing was changed. Set "
            f"DESK46_SECRET_KEY, or put the key into {settings.key_file}. {IF_LOST}"
        )
    here = [fingerprint_of(part) for part in settings.key.parts]
    if missing := [name for name in (manifest.key, *manifest.older_keys) if name not in here]:
        raise NoBackup(
            f"This backup was made with another secret key (fingerprint {', '.join(missing)}, here it is "
            f"{', '.join(here)}). Nothing was changed. Set that one, or put it behind yours with a comma. {IF_LOST}"
        )


def _targets(settings: Settings, manifest: Manifest) -> list[Target]:
    """Name the databases to fill; where REES46 is far away there is no box to restore."""
    ways = {"desk": (desk_schema, settings.desk_database), "box": (box_schema, settings.box_database)}
    wanted = [name for name in ways if name in manifest.databases and (name == "desk" or settings.in_a_box)]
    return [Target(name, manifest.databases[name], *ways[name]) for name in wanted]


def _fill(settings: Settings, archive: Reader, targets: list[Target]) -> None:
    """Write all rows, in one transaction for each database; they are committed when everything is written."""
    for target in targets:
        target.make_tables()
    with ExitStack() as transactions:
        for target in targets:
            connection = transactions.enter_context(target.database.migrating())
            for each in tables_of(connection):
                rows = fill(connection, each, archive.lines(f"{target.name}/{each.name}.jsonl"))
                if rows != target.kept.tables.get(each.name):
                    raise NoBackup(f"The backup lacks rows of {target.name}.{each.name}. Nothing was restored.")
        private_folder(settings.request_files)
        for name in archive.manifest.request_files:
            archive.unpack(f"{REQUEST_FILES}/{name}", settings.request_files / name)


def _finish(settings: Settings, archive: Reader, path: Path) -> Restored:
    """Bring the databases to the present shape, and let nothing come back that is over."""
    store.upgrade(settings)
    since = _erased_since(settings, archive, path)
    erased = 0
    if settings.in_a_box:
        upgrade_box(settings)
        erased = forget_again(settings, since)
    manifest = archive.manifest
    database = store.open_desk(settings)
    with database.reading() as db:
        is_far = not settings.in_a_box or any(shop.api_url for shop in shops.in_use(db))
    reason = _reason(settings, manifest) if is_far else ""
    with database.writing() as db:
        at_desk = erasing.erase_again(db, settings, since)
        db.execute(delete(BrowserSession))  # among them those that people ended since
        db.execute(delete(PersonToken))  # and links that were used
        if is_far:
            brakes.put(db, Brake(kind=Kind.READ_ONLY, reason=reason, person=upkeep.BY))
        after = {"file": path.name, "made": f"{manifest.at:%Y-%m-%d %H:%M}", "version": manifest.version}
        upkeep.note_upkeep(db, "upkeep.Restore", after=after)
        trail_check.write_head(db, settings.key, settings.var)  # seals made since the backup are gone
    database.engine.dispose()
    return Restored(manifest, erased or at_desk, is_far)


def _reason(settings: Settings, manifest: Manifest) -> str:
    """Say in the language of the installation why nothing goes on by itself."""
    with create_app(settings).test_request_context(), force_locale(settings.language):
        return gettext(
            "Restored from a backup of %(moment)s UTC: what was done at REES46 since then is not known here. "
            "Look through Jobs before you lift this, or what was begun then goes on and is done twice.",
            moment=f"{manifest.at:%Y-%m-%d %H:%M}",
        )


def _erased_since(settings: Settings, archive: Reader, path: Path) -> list[Erasure]:
    """List the erasures made since: those noted here, beside the backup, or in the folder of backups."""
    folders = {settings.var, path.resolve().parent, settings.backup_folder or settings.var}
    merged = erasures.read(*(folder / erasures.NAME for folder in folders))
    merged |= erasures.parse(archive.lines(erasures.NAME))
    erasures.merge(merged, settings.var / erasures.NAME)
    return [each for each in merged if each.at >= archive.manifest.at - MARGIN]
