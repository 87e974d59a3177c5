"""Keyset paging: 50 rows cost the same in a ledger of two thousand and of two million (decisions.md#keyset-paging)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, func
from sqlalchemy.orm import InstrumentedAttribute, Session

Row = TypeVar("Row")
PAGE = 50


@dataclass(frozen=True)
class Slice(Generic[Row]):
    """Rows, newest first, and the ids that lead to the older and the newer ones (None: there are none)."""

    rows: list[Row]
    older: int | None
    newer: int | None


Between = tuple[datetime | None, datetime | None]
ALWAYS: Between = (None, None)


def within(query: Select[Row], moment: InstrumentedAttribute[datetime], between: Between) -> Select[Row]:
    """Narrow a list to what happened from a moment on, up to another one.

    In COALESCE no index of the moment is taken: a list is read by its key, where all of a long time would be sorted.
    """
    begin, end = between
    at = func.coalesce(moment, moment)
    query = query if begin is None else query.where(at >= begin)
    return query if end is None else query.where(at < end)


def in_chunks(db: Session, wanted: Select[Row], key: InstrumentedAttribute[int], chunk: int) -> Iterator[Row]:
    """Give all rows by ascending key, so many in memory at once.

    A cursor of the server (`yield_per`) would need a transaction, and PostgreSQL has none where the desk only reads.
    """
    rows = list(db.scalars(wanted.order_by(key).limit(chunk)))
    while rows:
        behind = getattr(rows[-1], key.key)
        yield from rows
        rows = list(db.scalars(wanted.where(key > behind).order_by(key).limit(chunk)))


def newest(
    db: Session,
    wanted: Select[Row] | Sequence[Select[Row]],
    key: InstrumentedAttribute[int],
    *,
    before: int | None = None,
    after: int | None = None,
    limit: int = PAGE,
    held_as: str = "",
) -> Slice[Row]:
    """Give a page of rows by descending key: the first, the one before an id, or the one after an id.

    Several queries give what any of them gives: each follows its own index, which an OR of conditions does not.
    `held_as` names the column of a row that holds the key, where it is the key of another table.
    """
    name = held_as or key.key
    queries = [wanted] if isinstance(wanted, Select) else list(wanted)
    if after is not None:
        ahead = [db.scalars(query.where(key > after).order_by(key.asc()).limit(limit + 1)) for query in queries]
        found = _merged(ahead, name)[: limit + 1]
        more, rows = len(found) > limit, found[:limit][::-1]
        return Slice(rows, _key(rows[-1], name) if rows else after + 1, _key(rows[0], name) if rows and more else None)
    if before is not None:
        queries = [query.where(key < before) for query in queries]
    behind = [db.scalars(query.order_by(key.desc()).limit(limit + 1)) for query in queries]
    found = _merged(behind, name)[::-1][: limit + 1]
    more, rows = len(found) > limit, found[:limit]
    newer = None if before is None else (_key(rows[0], name) if rows else before - 1)
    return Slice(rows, _key(rows[-1], name) if more else None, newer)


def _merged(found: Sequence[Iterable[Row]], name: str) -> list[Row]:
    return sorted((row for rows in found for row in rows), key=lambda row: _key(row, name))


def _key(row: Any, name: str) -> int:
    return int(getattr(row, name))
