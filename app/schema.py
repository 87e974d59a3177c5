"""The shape of a database: migrations of a folder of its own, which Alembic applies to SQLite and PostgreSQL alike."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from alembic import command, context
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import JSON, inspect
from sqlalchemy.exc import DBAPIError

from app.config import Settings
from app.database import Database

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType

    from alembic.operations import MigrationScript
    from sqlalchemy import Connection, MetaData
    from sqlalchemy.orm import Session

    from app.secret_key import SecretKey

INI = Path(__file__).resolve().parent.parent / "alembic.ini"
LOCK = 46_046  # the advisory lock on PostgreSQL: whoever migrates a database holds it


class WrongSchema(Exception):
    """A database that this Desk46 cannot bring to its shape. The text is one line for whoever starts it."""


class Schema:
    """What brings one database to the present shape; `name` is its section in alembic.ini."""

    def __init__(self, name: str) -> None:
        self.name = name

    def upgrade_to_head(self, url: str, key: SecretKey | None = None) -> None:
        """Apply every migration that is missing. Whoever starts at the same time waits, and then has nothing to do.

        With the secret key what was plain is encrypted.
        """
        config = self.alembic_config(url, key)
        config.attributes["to_head"] = True
        try:
            command.upgrade(config, "head")
        except DBAPIError as error:
            why = str(error.orig).partition("\n")[0]
            raise WrongSchema(f"The {self.name} database cannot be migrated: {why}. Nothing was changed.") from error

    def alembic_config(self, url: str, key: SecretKey | None = None) -> Config:
        """Give Alembic this database's section of alembic.ini and the address of the database."""
        config = Config(INI, ini_section=self.name)
        config.attributes["url"], config.attributes["key"] = url, key
        return config

    def revisions(self) -> list[str]:
        """Name all revisions, oldest first."""
        script = ScriptDirectory.from_config(self.alembic_config("sqlite://"))
        return [revision.revision for revision in script.walk_revisions()][::-1]

    def is_at_head(self, database: Database[Any]) -> bool:
        """Tell whether a database has the shape that this Desk46 works with."""
        with database.engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision() == self.head

    @cached_property
    def head(self) -> str:
        """The revision that this Desk46 works with."""
        return self.revisions()[-1]


def migrate(name: str, models: ModuleType, metadata: MetaData, session: type[Session]) -> None:
    """Do what Alembic came for: it calls this through the env.py of a folder. `models` is where the models stand."""
    load_models(models)
    database = Database(context.config.attributes.get("url") or _url_by_settings(name), session)
    try:
        with database.migrating() as connection:
            _run(name, connection, metadata)
    finally:
        database.engine.dispose()


def load_models(models: ModuleType) -> None:
    """Let the metadata of a database know every table."""
    for module in pkgutil.iter_modules(models.__path__):
        if not module.ispkg:
            importlib.import_module(f"{models.__name__}.{module.name}")


def _url_by_settings(name: str) -> str:
    """Say which database is meant when `alembic --name desk …` is called by hand."""
    settings = Settings()
    return {"desk": settings.desk_database, "box": settings.box_database}[name]


def key_for_revisions() -> SecretKey | None:
    """Give a revision the secret key; None where whoever migrates named a database and no key."""
    attributes = context.config.attributes
    key: SecretKey | None = attributes.get("key") if "url" in attributes else Settings().key
    return key


def _run(name: str, connection: Connection, metadata: MetaData) -> None:
    """Migrate in one transaction, which SQLite can do as well as PostgreSQL: it is done whole or not at all."""
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        render_item=_rendered,
        transactional_ddl=True,
        process_revision_directives=_number,
    )
    with context.begin_transaction():
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
        revision = _known_revision(name, connection, metadata)
        broken = _broken_references(connection) if revision != context.get_head_revision() else set()
        context.run_migrations()
        if revision != MigrationContext.configure(connection).get_current_revision():
            _refuse_newly_broken(name, _broken_references(connection) - broken)
        if context.config.attributes.get("to_head"):
            _refuse_missing_columns(name, connection, metadata)


def _known_revision(name: str, connection: Connection, metadata: MetaData) -> str | None:
    """Say where the database stands; None if it is empty."""
    revision = MigrationContext.configure(connection).get_current_revision()
    if revision is None and metadata.tables.keys() & set(inspect(connection).get_table_names()):
        raise WrongSchema(
            f"The {name} database has tables, but no revision says who made them. Nothing was changed. "
            "Name an empty database, or restore a backup."
        )
    if revision is not None and revision not in {each.revision for each in context.script.walk_revisions()}:
        raise WrongSchema(
            f"The {name} database is at revision {revision}, which this Desk46 does not know: a newer one made it. "
            "Nothing was changed. Start that newer Desk46, or restore a backup from before."
        )
    return revision


def _broken_references(connection: Connection) -> set[str]:
    """Name the rows that refer to nothing: SQLite does not watch it while tables are made anew."""
    if connection.dialect.name != "sqlite":
        return set()
    return {f"{row[0]} {row[1]}" for row in connection.exec_driver_sql("PRAGMA foreign_key_check")}


def _refuse_newly_broken(name: str, broken: set[str]) -> None:
    if broken:
        raise WrongSchema(f"Migrating the {name} database would break references ({min(broken)}). Nothing was changed.")


def _refuse_missing_columns(name: str, connection: Connection, metadata: MetaData) -> None:
    """Refuse a database that says it has this shape and does not: the first write would fail."""
    look = inspect(connection)
    there = {table: {column["name"] for column in look.get_columns(table)} for table in look.get_table_names()}
    for table in metadata.sorted_tables:
        for column in table.columns:
            if column.name not in there.get(table.name, set()):
                raise WrongSchema(
                    f"The {name} database lacks {table.name}.{column.name}, though its revision says it has it: it was "
                    "made before the first release, or it is another database. Nothing was changed. Name an empty one."
                )


def _number(_context: object, _revision: object, directives: Sequence[MigrationScript]) -> None:
    """Number revisions in the order in which they follow each other."""
    for directive in directives:
        directive.rev_id = f"{len(list(context.script.walk_revisions())) + 1:04}"


def _rendered(kind: str, item: Any, autogenerate: Any) -> str | Literal[False]:
    """Write our JSON columns without the names that Alembic forgets to import."""
    if kind != "type" or not isinstance(item, JSON):
        return False
    autogenerate.imports.add("from sqlalchemy.dialects import postgresql")
    return 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'
