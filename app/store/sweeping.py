"""Letting go of old rows a few at a time, so that nobody who writes waits for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from app.store.base import Base

AT_ONCE = 500  # rows of one transaction


def delete_some(db: Session, table: type[Base], *which: ColumnElement[bool]) -> bool:
    """Delete some of these rows; True when there may be more."""
    row_id: Any = table.id  # type: ignore[attr-defined]  # of every table that is swept
    ids = list(db.scalars(select(row_id).where(*which).limit(AT_ONCE)))
    db.execute(delete(table).where(row_id.in_(ids)))
    return len(ids) == AT_ONCE
