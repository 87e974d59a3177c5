"""Alembic's way into the box's models."""

from __future__ import annotations

from app.engine import store
from app.engine.store.base import Base
from app.engine.store.db import Db
from app.schema import migrate

migrate("box", store, Base.metadata, Db)
