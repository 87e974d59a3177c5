"""Upgrading is written down, and undone with all that was done since where no revision would lose rows."""

import shutil
import types

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import text

from app import store, vault
from app.backup.write import back_up
from app.run import upgrades
from app.run.restore import restore
from app.run.upgrades import undo, upgrade
from app.schema import WrongSchema
from app.store import people, upkeep
from app.store.schema import desk as desk_schema
from app.version import VERSION
from tests.conftest import PASSWORD, settings_in
from tests.migrations.conftest import SCHEMAS, old_file, rows_of

FIRST = {"desk": "0018", "box": "0006"}  # the shapes of the commit that 1.0.0 was made from


@pytest.fixture
def old(tmp_path):
    """An installation of that commit, in which people have worked: what revision 0001 made, brought there."""
    for name, revision in FIRST.items():
        command.upgrade(SCHEMAS[name].alembic_config(old_file(name, tmp_path)), revision)
    return settings_in(tmp_path)


def noted(settings):
    desk = store.open_desk(settings)
    with desk.reading() as db:
        found = upkeep.latest(db, 9)
    desk.engine.dispose()
    return found


def has_counted(settings):
    desk = store.open_desk(settings)
    with desk.reading() as db:
        counted = db.scalar(text("SELECT count(*) FROM sqlite_stat1"))
    desk.engine.dispose()
    return counted


def everything(settings):
    rows = {name: rows_of(url) for name, url in (("desk", settings.desk_database), ("box", settings.box_database))}
    rows["desk"]["acts"] = [row for row in rows["desk"]["acts"] if not row["what"].startswith("upkeep.")]
    for shop in rows["box"]["shops"]:  # as the box reads them: an older shape holds them as they are
        if vault.is_locked(shop["secret"]):
            shop["secret"] = vault.unlock(shop["secret"], settings.key)
    return rows


def use(settings):
    """Work with it: somebody is added."""
    desk = store.open_desk(settings)
    with desk.writing() as db:
        people.add(db, email="since@example.com", name="Since", role="viewer", password=PASSWORD)
    desk.engine.dispose()


def lost(before, after):
    """Name the tables of which rows are gone."""
    return {
        f"{name}.{table}"
        for name, tables in before.items()
        for table, rows in tables.items()
        if rows and not is_kept(rows, after[name].get(table, []))
    }


def is_kept(rows, later):
    """Whether rows are all there, in the columns that a newer shape has, too."""
    columns = [column for column in rows[0] if later and column in later[0]]
    there = [[row[column] for column in columns] for row in later]
    return bool(columns) and all([row[column] for column in columns] in there for row in rows)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_it_is_upgraded_used_backed_up_restored_and_brought_back_and_nothing_is_lost(kind, old, elsewhere, tmp_path):
    before = everything(old)
    before["desk"].pop("sessions")  # a restore ends them
    upgrade(old)
    (act,) = noted(old)
    assert (act.before, act.after["version"]) == (FIRST | {"version": None}, VERSION)
    use(old)
    back_up(old, tmp_path / "backup.zip")
    there = elsewhere(tmp_path / "there", kind)
    restore(there, tmp_path / "backup.zip")
    assert lost(before, everything(there)) == set()
    undo(there)
    after = everything(there)
    assert lost(before, after) == set()
    assert "since@example.com" in {row["email"] for row in after["desk"]["people"]}


def test_only_another_version_or_shape_is_an_upgrade(old):
    upgrade(old)
    upgrade(old)
    assert [act.what for act in noted(old)] == ["upkeep.Upgrade"]
    assert has_counted(old), "by which it chooses an index"
    undo(old)
    upgrade(old)
    assert [act.what for act in noted(old)] == ["upkeep.Upgrade", "upkeep.Undo", "upkeep.Upgrade"]
    assert desk_schema.head in str(noted(old)[0].after)


def test_what_would_lose_rows_is_not_undone(old, monkeypatch):
    upgrade(old)
    before = everything(old)
    plain = ScriptDirectory.iterate_revisions

    def one_way(script, upper, lower):
        for each in plain(script, upper, lower):
            yield types.SimpleNamespace(revision=each.revision, module=types.SimpleNamespace(one_way=True))

    monkeypatch.setattr(upgrades.ScriptDirectory, "iterate_revisions", one_way)
    with pytest.raises(WrongSchema, match="Restore a backup") as refused:
        undo(old)
    assert "\n" not in str(refused.value)
    monkeypatch.undo()
    assert everything(old) == before


def test_a_desk_that_was_made_by_this_release_has_nothing_to_undo(furnished, tmp_path):
    for name in ("desk.db", "box.db"):
        shutil.copy(furnished / name, tmp_path / name)
    here = settings_in(tmp_path)
    with pytest.raises(WrongSchema, match="no upgrade to undo"):
        undo(here)
    with pytest.raises(WrongSchema, match="is empty"):
        undo(settings_in(tmp_path / "empty"))
