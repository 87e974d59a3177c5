"""Alembic's way into the box's models."""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any, Literal

from alembic import context
from sqlalchemy import JSON

from app.database import Database
from app.engine import store
from app.engine.store.base import Base
from app.engine.store.db import Db

for module in pkgutil.iter_modules(store.__path__):
    importlib.import_module(f"{store.__name__}.{module.name}")


def render(kind: str, item: Any, autogenerate: Any) -> str | Literal[False]:
    """Write our JSON columns without the names that Alembic forgets to import."""
    if kind != "type" or not isinstance(item, JSON):
        return False
    autogenerate.imports.add("from sqlalchemy.dialects import postgresql")
    return 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'


database = Database(context.config.attributes["url"], Db)
with database.engine.connect() as connection:
    context.configure(
        connection=connection, target_metadata=Base.metadata, render_as_batch=True, render_item=render
    )  # fmt: skip
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
database.engine.dispose()
