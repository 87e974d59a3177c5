"""Insert or update many rows in one statement: the one place where the two databases are told apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy.dialects.postgresql import Insert as PostgresqlInsert
from sqlalchemy.dialects.sqlite import Insert as SqliteInsert

from app.engine.store.base import Base
from app.engine.store.db import Db


def upsert(db: Db, model: type[Base], rows: Sequence[Mapping[str, Any]], key: tuple[str, ...]) -> None:
    """Insert rows; where the unique `key` is taken, the other columns that the rows name are replaced."""
    if rows:
        is_sqlite = db.get_bind().dialect.name == "sqlite"
        db.connection().execute(_statement(model.__tablename__, tuple(rows[0]), key, is_sqlite=is_sqlite), list(rows))


@cache
def _statement(table: str, names: tuple[str, ...], key: tuple[str, ...], *, is_sqlite: bool) -> Any:
    """Write the statement once: doing so takes as long as inserting a hundred rows."""
    into = Base.metadata.tables[table]  # the session's own way of inserting would do twice the work
    new = SqliteInsert(into) if is_sqlite else PostgresqlInsert(into)
    replaced = {name: new.excluded[name] for name in names if name not in key}
    return new.on_conflict_do_update(index_elements=list(key), set_=replaced)


def count_up(db: Db, model: type[Base], row: Mapping[str, Any], column: str) -> None:
    """Insert a row with 1 in `column`; where the unique key of its other columns is taken, one more is counted."""
    is_sqlite = db.get_bind().dialect.name == "sqlite"
    table = Base.metadata.tables[model.__tablename__]
    new = SqliteInsert(table) if is_sqlite else PostgresqlInsert(table)
    once_more = {column: table.c[column] + 1}
    db.connection().execute(
        new.values({**row, column: 1}).on_conflict_do_update(index_elements=list(row), set_=once_more)
    )
