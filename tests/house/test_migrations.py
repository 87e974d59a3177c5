"""The migrations lead exactly to what the models say, on both databases."""

import json
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory

from app.engine.store.schema import box
from app.store.schema import desk
from tools.migrations import FROZEN, checksum

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


@SCHEMAS
def test_a_revision_that_others_build_on_never_changes(schema):
    """People have databases made by it. What changed comes as a new revision: tools/migrations.py "say what"."""
    frozen = json.loads(FROZEN.read_text())
    script = ScriptDirectory.from_config(schema.alembic_config("sqlite://"))
    there = {f"{schema.name} {each.revision}": checksum(Path(each.path)) for each in script.walk_revisions()}
    held = {name: text for name, text in frozen.items() if name.startswith(f"{schema.name} ")}
    assert there | held == there, "a frozen revision was changed or removed"
    assert len(held) >= len(there) - 1, "freeze all but the newest: .venv/bin/python tools/migrations.py --freeze"


@SCHEMAS
def test_revisions_are_numbered_in_their_order(schema):
    assert schema.revisions() == [f"{number:04}" for number in range(1, len(schema.revisions()) + 1)]
