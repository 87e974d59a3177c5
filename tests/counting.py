"""Counting what a request costs the database: statements, transactions, and those of them that write."""

from collections import Counter
from contextlib import contextmanager

from sqlalchemy import event

BESIDE = ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA", "SAVEPOINT", "RELEASE")


@contextmanager
def counting(database):
    """Count while it lasts."""
    counted = Counter()

    def asked(_connection, _cursor, statement, *_more):
        counted["statements"] += not statement.startswith(BESIDE)

    def begun(connection):
        counted["transactions"] += 1
        counted["writes"] += "IMMEDIATE" in connection.get_execution_options().get("begin", "")

    event.listen(database.engine, "before_cursor_execute", asked)
    event.listen(database.engine, "begin", begun)
    try:
        yield counted
    finally:
        event.remove(database.engine, "before_cursor_execute", asked)
        event.remove(database.engine, "begin", begun)
