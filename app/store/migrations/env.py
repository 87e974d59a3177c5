"""Alembic's way into the dashboard's models."""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any, Literal

from alembic import context
from sqlalchemy import JSON
from sqlalchemy.orm import Session

from app import store
from app.database import Database
from app.store.base import Base

for module in pkgutil.iter_modules(store.__path__):
    if not module.ispkg:
        importlib.import_module(f"{store.__name__}.{module.name}")


def render(kind: str, item: Any, autogenerate: Any) -> str | Literal[False]:
    """Write our JSON columns without the names that Alembic forgets to import."""
    if kind != "type" or not isinstance(item, JSON):
        return False
    autogenerate.imports.add("from sqlalchemy.dialects import postgresql")
    return 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'


database = Database(context.config.attributes["url"], Session)
with database.engine.connect() as connection:
    context.configure(
        connection=connection, target_metadata=Base.metadata, render_as_batch=True, render_item=render
    )  # fmt: skip
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
database.engine.dispose()
