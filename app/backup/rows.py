"""Rows of a table as lines of JSON, and back: the same lines for SQLite and for PostgreSQL.

The first line names the columns with the kind of each. Columns that hold JSON are kept as the text that the database
has, so that nothing in them is read as something else, and an SQL NULL stays one.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from itertools import chain
from typing import TYPE_CHECKING, Any, Literal

import msgspec
from sqlalchemy import (
    JSON,
    Boolean,
    Date,
    DateTime,
    LargeBinary,
    MetaData,
    Text,
    TypeDecorator,
    cast,
    func,
    insert,
    select,
)
from sqlalchemy.dialects.postgresql import JSONB

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Table
    from sqlalchemy.types import TypeEngine

Kind = Literal["plain", "truth", "moment", "day", "bytes", "json"]
KINDS: tuple[tuple[type[TypeEngine[Any]], Kind], ...] = (
    (JSON, "json"),
    (DateTime, "moment"),
    (Date, "day"),
    (LargeBinary, "bytes"),
    (Boolean, "truth"),
)
READ: dict[Kind, Callable[[Any], Any]] = {
    "moment": datetime.fromisoformat,
    "day": date.fromisoformat,
    "bytes": base64.b64decode,
}
REVISIONS = "alembic_version"
AT_ONCE = 500  # rows, and no more than MOST of their bytes
MOST = 4 * 1024 * 1024
_encode = msgspec.json.Encoder().encode


class JsonText(TypeDecorator[str]):
    """JSON of PostgreSQL as its text."""

    impl = Text
    cache_ok = True

    def column_expression(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        return cast(column, Text)

    def bind_expression(self, bindparam: Any) -> ColumnElement[Any]:
        return cast(bindparam, JSONB)


def tables_of(connection: Connection) -> list[Table]:
    """Read from the database itself which tables it has, those that others refer to first."""
    metadata = MetaData()
    metadata.reflect(connection)
    return [table for table in metadata.sorted_tables if table.name != REVISIONS]


def lines_of(connection: Connection, table: Table) -> Iterator[bytes]:
    """Give the columns of a table, then its rows, a few at a time."""
    kinds = _kinds(connection, table)
    yield _encode(list(kinds.items()))
    few = 1 if "bytes" in kinds.values() else AT_ONCE
    query = select(*table.columns).order_by(*table.primary_key.columns)
    for row in connection.execution_options(yield_per=few).execute(query):
        yield _encode(tuple(row))


def fill(connection: Connection, table: Table, lines: Iterable[bytes]) -> int:
    """Write the rows into an empty table of the same shape, and let it number on from there; says how many."""
    lines = iter(lines)
    columns: list[tuple[str, Kind]] = msgspec.json.decode(next(lines), type=list[tuple[str, Kind]])
    _kinds(connection, table)
    count = 0
    for batch in _batches(lines):
        rows = [_row(columns, line) for line in batch]
        connection.execute(insert(table), rows)
        count += len(rows)
    if connection.dialect.name == "postgresql":
        _number_on(connection, table)
    return count


def _kinds(connection: Connection, table: Table) -> dict[str, Kind]:
    """Tell what each column holds, and let those of JSON give and take their text."""
    kinds: dict[str, Kind] = {}
    for column in table.columns:
        kinds[str(column.name)] = next((kind for known, kind in KINDS if isinstance(column.type, known)), "plain")
        if kinds[str(column.name)] == "json":
            column.type = JsonText() if connection.dialect.name == "postgresql" else Text()
    return kinds


def _batches(lines: Iterator[bytes]) -> Iterator[list[bytes]]:
    batch: list[bytes] = []
    size = 0
    for line in chain(lines, [b""]):
        if batch and (not line or len(batch) == AT_ONCE or size + len(line) > MOST):
            yield batch
            batch, size = [], 0
        batch.append(line)
        size += len(line)


def _row(columns: list[tuple[str, Kind]], line: bytes) -> dict[str, Any]:
    values: list[Any] = msgspec.json.decode(line)
    return {
        name: value if value is None or kind not in READ else READ[kind](value)
        for (name, kind), value in zip(columns, values, strict=True)
    }


def _number_on(connection: Connection, table: Table) -> None:
    for column in table.primary_key.columns:
        sequence = connection.scalar(select(func.pg_get_serial_sequence(table.name, column.name)))
        if sequence:
            last = connection.scalar(select(func.max(column)))
            connection.execute(select(func.setval(sequence, last or 1, last is not None)))
