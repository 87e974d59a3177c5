"""Insert or update many rows in one statement: the one place where the two databases are told apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.dialects.postgresql import Insert as PostgresqlInsert
from sqlalchemy.dialects.sqlite import Insert as SqliteInsert

from app.engine.store.base import Base
from app.engine.store.db import Db


def upsert(db: Db, model: type[Base], rows: Sequence[Mapping[str, Any]], key: Sequence[str]) -> None:
    """Insert rows; where the unique `key` is taken, the other columns that the rows name are replaced."""
    if not rows:
        return
    is_sqlite = db.get_bind().dialect.name == "sqlite"
    table = Base.metadata.tables[model.__tablename__]  # the session's own way of inserting would do twice the work
    new = SqliteInsert(table) if is_sqlite else PostgresqlInsert(table)
    replaced = {name: new.excluded[name] for name in rows[0] if name not in key}
    db.connection().execute(new.on_conflict_do_update(index_elements=list(key), set_=replaced), list(rows))
