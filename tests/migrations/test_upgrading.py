"""A database that revision 0001 made is brought to the present shape, and nothing in it is lost."""

import pytest
from alembic import command

from tests.migrations.conftest import SCHEMAS, rows_of

NAMES = pytest.mark.parametrize("name", ["desk", "box"])
REWRITTEN = {  # table -> columns whose values a revision changes on purpose; a test of its own says how
    "acts": {"message", "once", "outcome", "settled"},  # 0002, see test_one_life.py
    "import_parts": {"state"},  # 0002
}


@NAMES
def test_an_old_database_gets_the_present_shape_and_keeps_its_data(name, old):
    url = old(name)
    before = rows_of(url)
    assert all(before.values()), "the dump has rows in every table"
    SCHEMAS[name].upgrade_to_head(url)
    command.check(SCHEMAS[name].alembic_config(url))
    after = rows_of(url)
    for table in before.keys() & after.keys():
        kept = before[table][0].keys() & after[table][0].keys() - REWRITTEN.get(table, set())
        lost = [row for row in only(kept, before[table]) if row not in only(kept, after[table])]
        assert not lost, table


def only(columns, rows):
    return [{column: row[column] for column in columns} for row in rows]
