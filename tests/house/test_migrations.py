"""The migrations lead exactly to what the models say, on both databases."""

import pytest
from alembic import command
from alembic.script import ScriptDirectory

from app.engine.store.schema import box
from app.store.schema import desk

SCHEMAS = pytest.mark.parametrize("schema", [desk, box], ids=["desk", "box"])


@SCHEMAS
def test_migrations_lead_to_the_models_on_sqlite(schema, tmp_path):
    config = schema.alembic_config(f"sqlite:///{tmp_path}/new.db")
    command.upgrade(config, "head")
    command.check(config)


@SCHEMAS
def test_migrations_lead_to_the_models_on_postgresql(schema, postgres):
    config = schema.alembic_config(postgres.fresh())
    command.upgrade(config, "head")
    command.check(config)


@SCHEMAS
def test_migrating_again_changes_nothing(schema, tmp_path):
    url = f"sqlite:///{tmp_path}/new.db"
    schema.upgrade_to_head(url)
    schema.upgrade_to_head(url)
    command.check(schema.alembic_config(url))


@SCHEMAS
def test_migrations_follow_each_other_in_one_line(schema):
    assert len(ScriptDirectory.from_config(schema.alembic_config("sqlite://")).get_heads()) == 1
