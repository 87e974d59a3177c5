"""Insert or update many rows in one statement: the one place where the two databases are told apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import repeat
from typing import Any

from sqlalchemy import Dialect, Select, Table, bindparam, func, select
from sqlalchemy.dialects.postgresql import Insert as PostgresqlInsert
from sqlalchemy.dialects.sqlite import Insert as SqliteInsert

from app.engine.store.base import Base, Json
from app.engine.store.db import Db

BY_PLACE = {"sqlite": "qmark", "postgresql": "format"}  # how a driver is given tuples

Encode = Callable[[Any], Any]


def upsert(db: Db, model: type[Base], rows: Sequence[Mapping[str, Any]], key: tuple[str, ...], **same: Any) -> None:
    """Insert rows; where the unique `key` is taken, the other columns that the rows name are replaced.

    `same` are columns whose value all rows share; between them and the rows, every column with a default is named.
    The driver is handed finished tuples: SQLAlchemy would take longer over the parameters than the database over the
    rows.
    """
    if rows:
        connection = db.connection()
        statement, encoded = _prepared(model.__tablename__, (*rows[0], *same), key, connection.dialect)
        columns = [_column(rows, same, name, encode) for name, encode in encoded]
        connection.exec_driver_sql(statement, list(zip(*columns, strict=False)))


def _column(
    rows: Sequence[Mapping[str, Any]], same: Mapping[str, Any], name: str, encode: Encode | None
) -> Iterable[Any]:
    if name in same:
        return repeat(encode(same[name]) if encode else same[name])
    return [encode(row[name]) for row in rows] if encode else [row[name] for row in rows]


@lru_cache(maxsize=32)
def _prepared(
    table: str, names: tuple[str, ...], key: tuple[str, ...], dialect: Dialect
) -> tuple[str, list[tuple[str, Encode | None]]]:
    """Write the statement once; say which columns it takes, in its order, and how the driver wants each."""
    into = Base.metadata.tables[table]
    new = _insert(into, dialect)
    replaced = {name: new.excluded[name] for name in names if name not in key}
    new = new.on_conflict_do_update(index_elements=list(key), set_=replaced)
    by_place: Any = type(dialect)
    written = new.compile(dialect=by_place(paramstyle=BY_PLACE[dialect.name]), column_keys=list(names))
    order = written.positiontup or []
    return str(written), [(name, into.c[name].type.dialect_impl(dialect).bind_processor(dialect)) for name in order]


def _insert(into: Table, dialect: Dialect) -> SqliteInsert | PostgresqlInsert:
    return SqliteInsert(into) if dialect.name == "sqlite" else PostgresqlInsert(into)


def count_up(db: Db, model: type[Base], row: Mapping[str, Any], column: str, by: int = 1) -> None:
    """Insert a row with `by` in `column`; where the unique key of its other columns is taken, so many are added."""
    table = Base.metadata.tables[model.__tablename__]
    new = _insert(table, db.get_bind().dialect).values({**row, column: by})
    more = {column: table.c[column] + new.excluded[column]}
    db.connection().execute(new.on_conflict_do_update(index_elements=list(row), set_=more))


def given(db: Db, name: str) -> Select[tuple[str]]:
    """Select the texts of a list that is one parameter: for many, that is quicker than to write so many into an IN."""
    texts = bindparam(name, type_=Json)
    if db.get_bind().dialect.name == "sqlite":
        return select(func.json_each(texts).table_valued("value").c.value)
    return select(func.jsonb_array_elements_text(texts).column_valued())
