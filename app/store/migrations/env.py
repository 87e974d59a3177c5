"""Alembic's way into the dashboard's models."""

from __future__ import annotations

import importlib
import pkgutil

from alembic import context
from sqlalchemy.orm import Session

from app import store
from app.database import Database
from app.store.base import Base

for module in pkgutil.iter_modules(store.__path__):
    if not module.ispkg:
        importlib.import_module(f"{store.__name__}.{module.name}")

database = Database(context.config.attributes["url"], Session)
with database.engine.connect() as connection:
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
database.engine.dispose()
