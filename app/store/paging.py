"""Keyset paging: 50 rows cost the same in a ledger of two thousand and of two million (FACTS F29)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select
from sqlalchemy.orm import InstrumentedAttribute, Session

Row = TypeVar("Row")
PAGE = 50


@dataclass(frozen=True)
class Slice(Generic[Row]):
    """Rows, newest first, and the ids that lead to the older and the newer ones (None: there are none)."""

    rows: list[Row]
    older: int | None
    newer: int | None


def newest(
    db: Session,
    wanted: Select[Row],
    key: InstrumentedAttribute[int],
    *,
    before: int | None = None,
    after: int | None = None,
    limit: int = PAGE,
) -> Slice[Row]:
    """Give a page of rows by descending key: the first, the one before an id, or the one after an id."""
    if after is not None:
        found = list(db.scalars(wanted.where(key > after).order_by(key.asc()).limit(limit + 1)))
        more, rows = len(found) > limit, found[:limit][::-1]
        return Slice(rows, _key(rows[-1], key) if rows else after + 1, _key(rows[0], key) if rows and more else None)
    if before is not None:
        wanted = wanted.where(key < before)
    found = list(db.scalars(wanted.order_by(key.desc()).limit(limit + 1)))
    more, rows = len(found) > limit, found[:limit]
    newer = None if before is None else (_key(rows[0], key) if rows else before - 1)
    return Slice(rows, _key(rows[-1], key) if more else None, newer)


def _key(row: Any, key: InstrumentedAttribute[int]) -> int:
    return int(getattr(row, key.key))
