"""Upgrading the databases at the start, and undoing the last upgrade: `python -m app.run --undo-upgrade`.

The trail has each upgrade with the version and the shapes before and after it. An upgrade can be undone while all its
revisions can: one that would lose rows says `one_way = True`, and then a backup from before is the way back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from alembic import command
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app import store
from app.database import Database
from app.schema import Schema, WrongSchema
from app.store import upkeep
from app.store.schema import desk
from app.version import VERSION

if TYPE_CHECKING:
    from app.config import Settings
    from app.store.acts import Act

WAY_BACK = "Restore a backup from before the upgrade with the older release (docs/operating.md)."
State = dict[str, Any]  # the version, and the revision of each database


def upgrade(settings: Settings) -> None:
    """Bring the databases to the present shape, and write into the trail if this is another version than the last."""
    places = _places(settings)
    before = {name: _revision(url) for name, (_schema, url) in places.items()}
    for schema, url in places.values():
        schema.upgrade_to_head(url, settings.key)
    database = store.open_desk(settings)
    with database.writing() as db:
        after = _now(places)
        former = before | {"version": _last_version(db)} if before["desk"] else None
        if former != after:
            upkeep.note_upkeep(db, "upkeep.Upgrade", before=former, after=after)
    database.engine.dispose()
    if former != after:
        _analyze(places)


def _analyze(places: dict[str, tuple[Schema, str]]) -> None:
    """Let the databases look at their rows anew: an upgrade may have brought another index."""
    for _schema, url in places.values():
        database = Database(url, Session)
        database.analyze()
        database.engine.dispose()


def undo(settings: Settings) -> Act:
    """Bring the databases back to the shape that they had before the last upgrade; raises WrongSchema."""
    places = _places(settings)
    if not _revision(settings.desk_database):
        raise WrongSchema("There is no upgrade to undo: the desk database is empty.")
    for name, (schema, url) in places.items():
        if _revision(url) != schema.head:
            raise WrongSchema(f"The {name} database was not upgraded by Desk46 {VERSION}. Nothing was changed.")
    database = store.open_desk(settings)
    with database.reading() as db:
        last = upkeep.last(db, "upkeep.Upgrade")
    if last is None or not last.before:
        raise WrongSchema("There is no upgrade to undo: this Desk46 made the databases. Nothing was changed.")
    for name, (schema, _url) in places.items():
        _must_be_undoable(name, schema, last.before.get(name))
    with database.writing() as db:
        upkeep.note_upkeep(db, "upkeep.Undo", before=last.after, after=last.before)
    database.engine.dispose()
    for name, (schema, url) in reversed(places.items()):
        try:
            command.downgrade(schema.alembic_config(url, settings.key), str(last.before[name]))
        except DBAPIError as error:
            why = str(error.orig).partition("\n")[0]
            raise WrongSchema(f"The {name} database cannot be brought back: {why}. {WAY_BACK}") from error
    return last


def _places(settings: Settings) -> dict[str, tuple[Schema, str]]:
    """Name the databases of this installation; where REES46 is far away there is no box."""
    places = {"desk": (desk, settings.desk_database)}
    if settings.in_a_box:
        places["box"] = (Schema("box"), settings.box_database)
    return places


def _now(places: dict[str, tuple[Schema, str]]) -> State:
    return {name: schema.head for name, (schema, _url) in places.items()} | {"version": VERSION}


def _last_version(db: Session) -> str | None:
    """Say which version was here last; None before versions were written down."""
    moves = [act for what in ("upkeep.Upgrade", "upkeep.Undo") if (act := upkeep.last(db, what))]
    newest = max(moves, key=lambda act: act.id, default=None)
    return (newest.after or {}).get("version") if newest else None


def _revision(url: str) -> str | None:
    database = Database(url, Session)
    try:
        with database.engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()
    finally:
        database.engine.dispose()


def _must_be_undoable(name: str, schema: Schema, revision: str | None) -> None:
    if revision is None:
        raise WrongSchema(f"The {name} database was made by this Desk46, which cannot be undone. {WAY_BACK}")
    script = ScriptDirectory.from_config(schema.alembic_config("sqlite://"))
    for each in script.iterate_revisions(schema.head, revision):
        if getattr(each.module, "one_way", False):
            raise WrongSchema(
                f"The upgrade cannot be undone: revision {each.revision} of the {name} database would lose rows. "
                f"Nothing was changed. {WAY_BACK}"
            )
