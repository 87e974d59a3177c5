"""The base of all models of the dashboard, and the few columns that many of them share."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from sqlalchemy import JSON, DateTime, MetaData
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column

Json = JSON().with_variant(JSONB(), "postgresql")


def now() -> datetime:
    """The present moment: UTC without a zone, as the database keeps it."""
    return datetime.now(UTC).replace(tzinfo=None)


Id = Annotated[int, mapped_column(primary_key=True)]
Moment = Annotated[datetime, mapped_column(DateTime(), default=now)]


def insert_into(db: Session, model: type[Base]) -> Any:
    """Give an INSERT of the dialect in use, which knows ON CONFLICT."""
    dialect: Any = postgresql if db.get_bind().dialect.name == "postgresql" else sqlite
    return dialect.insert(model)


class Base(DeclarativeBase):
    """Models name their constraints alike on SQLite and PostgreSQL."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
