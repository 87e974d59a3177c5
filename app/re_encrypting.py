"""Encrypting anew, with the newest key, what older ones encrypted: in small parts, while everything runs.

A value that somebody changes meanwhile is left alone: it was written with the newest key. Stopped at any moment and
called again, it goes on with what is left, since each value says which key it is encrypted by.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import ColumnElement, CursorResult, LargeBinary, RowMapping, and_, delete, func, or_, select, update
from sqlalchemy.exc import IntegrityError

from app import vault
from app.secret_key import id_of

if TYPE_CHECKING:
    from sqlalchemy import Column, MetaData, Table
    from sqlalchemy.orm import Session

    from app.database import Database
    from app.secret_key import SecretKey

AT_ONCE = 50  # rows in one transaction


@dataclass(frozen=True)
class Ways:
    """What some tables need besides: what bytes are about, and which digests follow from what was encrypted."""

    abouts: Mapping[str, Callable[[Session, RowMapping], str]] = field(default_factory=dict)
    digests: Mapping[str, Callable[[RowMapping, str], Mapping[str, str]]] = field(default_factory=dict)


@dataclass
class Done:
    """What became of the values of a column."""

    name: str
    renewed: int = 0
    unreadable: int = 0  # by any of the keys


def re_encrypt(database: Database[Any], metadata: MetaData, key: SecretKey, ways: Ways) -> Iterator[Done]:
    """Go through every column whose values are encrypted."""
    for table in metadata.sorted_tables:
        for column in table.columns:
            if column.info.get("locked"):
                yield _column(database, column, key, ways)


def _column(database: Database[Any], column: Column[Any], key: SecretKey, ways: Ways) -> Done:
    table, place = column.table, column.table.primary_key.columns[0]
    done, last = Done(f"{table.name}.{column.name}"), None
    while True:
        query = select(table).where(by_another_key(column, key)).order_by(place).limit(AT_ONCE)
        with database.reading() as db:
            rows = db.execute(query if last is None else query.where(place > last)).mappings().all()
            new = [(row, _renewed(db, column, row, key, ways)) for row in rows]
        if not rows:
            return done
        last = rows[-1][place]
        done.unreadable += sum(values is None for _row, values in new)
        with database.writing() as db:
            done.renewed += sum(_put(db, column, row, values) for row, values in new if values)


def by_another_key(column: ColumnElement[Any], key: SecretKey) -> ColumnElement[bool]:
    """Say in SQL which values the newest key did not encrypt."""
    if isinstance(column.type, LargeBinary):
        mark = vault.mark_of(key)
        return and_(column.is_not(None), func.substr(column, 1, len(mark), type_=LargeBinary()) != mark)
    newest = column.startswith(f"{id_of(key.newest)}.")
    return or_(column.like("gAAAA%"), and_(column.like("%.gAAAA%"), ~newest))


def _renewed(
    db: Session, column: Column[Any], row: RowMapping, key: SecretKey, ways: Ways
) -> Mapping[str, bytes | str] | None:
    """Give the row's new values; None where no key reads it."""
    table = column.table.name
    try:
        if table in ways.abouts:
            about = ways.abouts[table](db, row)
            return {column.name: vault.lock_bytes(vault.unlock_bytes(row[column], key, about), key, about)}
        text = vault.unlock(row[column], key)
    except vault.KeyChanged:
        return None
    more = ways.digests[table](row, text) if table in ways.digests else {}
    return {column.name: vault.lock(text, key), **more}


def _put(db: Session, column: Column[Any], row: RowMapping, values: Mapping[str, bytes | str]) -> int:
    """Write a row as long as it is as it was read; one that is there already under its new digest goes."""
    table: Table = column.table
    here = and_(*(each == row[each] for each in table.primary_key.columns), column == row[column])
    try:
        with db.begin_nested():
            changed: Any = db.execute(update(table).where(here).values(values))
    except IntegrityError:
        changed = db.execute(delete(table).where(here))
    return cast("CursorResult[Any]", changed).rowcount
