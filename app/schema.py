"""The shape of a database: migrations of a folder of its own, which Alembic applies to SQLite and PostgreSQL alike."""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING, Any, Literal

from alembic import command, context
from alembic.config import Config
from sqlalchemy import JSON

from app.database import Database

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

    from sqlalchemy import MetaData
    from sqlalchemy.orm import Session


class Schema:
    """What brings one database to the present shape."""

    def __init__(self, migrations: Path) -> None:
        self.migrations = migrations

    def upgrade_to_head(self, url: str) -> None:
        """Apply every migration that is missing."""
        command.upgrade(self.alembic_config(url), "head")

    def alembic_config(self, url: str) -> Config:
        """Give Alembic what it needs without an ini file."""
        config = Config()
        config.set_main_option("script_location", str(self.migrations))
        config.attributes["url"] = url
        return config


def migrate(models: ModuleType, metadata: MetaData, session: type[Session]) -> None:
    """Do what Alembic came for: it calls this through the env.py of a folder. `models` is where the models stand."""
    for module in pkgutil.iter_modules(models.__path__):
        if not module.ispkg:
            importlib.import_module(f"{models.__name__}.{module.name}")
    database = Database(context.config.attributes["url"], session)
    with database.engine.connect() as connection:
        context.configure(
            connection=connection, target_metadata=metadata, render_as_batch=True, render_item=_rendered
        )  # fmt: skip
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()
    database.engine.dispose()


def _rendered(kind: str, item: Any, autogenerate: Any) -> str | Literal[False]:
    """Write our JSON columns without the names that Alembic forgets to import."""
    if kind != "type" or not isinstance(item, JSON):
        return False
    autogenerate.imports.add("from sqlalchemy.dialects import postgresql")
    return 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'
