"""Alembic's way into the dashboard's models."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app import store
from app.schema import migrate
from app.store.base import Base

migrate("desk", store, Base.metadata, Session)
