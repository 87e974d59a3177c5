"""Counting how often something happened of late: a row for each time, in the database, so all processes count together.

Each side has a table of its own: `class ImportCall(Counted, Base)`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, func, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column


class Counted:
    """Something happened, and when."""

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]


@dataclass(frozen=True)
class Counter:
    """The rows of a table that are about the same, `same={"shop_id": 5}`, and not older than the window.

    A list has all names of the same thing; it is written under the first.
    """

    table: type[Counted]
    same: Mapping[str, Any]
    window: timedelta

    def times(self, db: Session, now: datetime) -> list[datetime]:
        """Give the moments, oldest first; nobody else counts the same until the transaction ends."""
        if db.get_bind().dialect.name == "postgresql":  # SQLite has one writer at a time anyway
            db.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(self._name(), 0))))
        db.execute(delete(self.table).where(*self._same(), self.table.at <= now - self.window))
        return list(db.scalars(select(self.table.at).where(*self._same()).order_by(self.table.at)))

    def add(self, db: Session, now: datetime) -> None:
        db.execute(insert(self.table).values(at=now, **{name: values[0] for name, values in self._values().items()}))

    def take_back(self, db: Session) -> None:
        """Forget the last time."""
        last = select(func.max(self.table.id)).where(*self._same()).scalar_subquery()
        db.execute(delete(self.table).where(self.table.id == last))

    def clear(self, db: Session) -> None:
        db.execute(delete(self.table).where(*self._same()))

    def _same(self) -> list[ColumnElement[bool]]:
        return [getattr(self.table, name).in_(values) for name, values in self._values().items()]

    def _values(self) -> dict[str, list[Any]]:
        return {name: value if isinstance(value, list) else [value] for name, value in self.same.items()}

    def _name(self) -> str:
        return f"{self.table.__name__} {sorted(self.same.items())}"
