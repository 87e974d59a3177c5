"""What is refused at start, and processes that start together."""

import sqlite3
import subprocess
import sys

import pytest
from alembic import command
from sqlalchemy import create_engine

import app.run.__main__
from app.schema import Schema, WrongSchema
from tests.forks import FORKS, started
from tests.migrations.conftest import SCHEMAS, old_file, rows_of

TOGETHER = 4
RUN = [sys.executable, "-m", "app.run", "--port", "0"]


def upgrade(url, ready):
    ready.wait()
    SCHEMAS["desk"].upgrade_to_head(url)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_processes_that_start_together_migrate_once(kind, tmp_path, request):
    url = f"sqlite:///{tmp_path}/desk.db" if kind == "sqlite" else request.getfixturevalue("postgres").fresh()
    ready = FORKS.Barrier(TOGETHER)
    with started(upgrade, *[(url, ready)] * TOGETHER) as processes:
        for process in processes:
            process.join(60)
        assert [process.exitcode for process in processes] == [0] * TOGETHER
    assert SCHEMAS["desk"].revisions()[-1] in str(version_of(url))


def version_of(url):
    engine = create_engine(url)
    with engine.connect() as connection:
        versions = connection.exec_driver_sql("SELECT version_num FROM alembic_version").all()
    engine.dispose()
    return versions


@pytest.mark.parametrize("name", ["desk", "box"])
def test_a_database_of_a_newer_desk_is_refused_in_one_line(name, tmp_path, monkeypatch):
    url = old_file(name, tmp_path)
    execute(url, "UPDATE alembic_version SET version_num = '9999'")
    before = rows_of(url)
    with pytest.raises(WrongSchema, match="9999") as refused:
        SCHEMAS[name].upgrade_to_head(url)
    assert "\n" not in str(refused.value)
    assert rows_of(url) == before


def test_desk46_does_not_start_on_a_newer_database(tmp_path, environment):
    execute(old_file("desk", tmp_path), "UPDATE alembic_version SET version_num = '9999'")
    ran = subprocess.run(RUN, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 2
    assert ran.stderr.count("\n") == 1
    assert "9999" in ran.stderr


@pytest.fixture
def refused(monkeypatch, environment, capsys):
    """Start Desk46 without a process of its own; gives what it says as it refuses to."""

    def refused():
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr("sys.argv", RUN[2:])
        assert app.run.__main__.main() == 2
        return capsys.readouterr().err

    return refused


def test_tables_that_no_revision_made_are_refused_in_one_line(tmp_path, refused):
    execute(old_file("desk", tmp_path), "DROP TABLE alembic_version")
    assert refused().count("\n") == 1


def test_a_database_from_before_the_first_release_is_refused_in_one_line(tmp_path, refused):
    execute(old_file("desk", tmp_path), "ALTER TABLE acts DROP COLUMN reason")
    words = refused()
    assert words.count("\n") == 1
    assert "acts.reason" in words


REBUILD = """
from alembic import op
revision, down_revision = "9999", {head!r}
def upgrade():
    with op.batch_alter_table("imports", recreate="always") as table:
        table.alter_column("source", new_column_name="file")
    {more}
"""


@pytest.fixture
def with_revision(monkeypatch, tmp_path):
    """Add a revision behind the last one: it makes a table anew that others refer to."""

    def with_revision(more):
        folder = tmp_path / "versions"
        folder.mkdir()
        (folder / "9999_more.py").write_text(REBUILD.format(head=SCHEMAS["desk"].revisions()[-1], more=more))
        plain = Schema.alembic_config

        def config(schema, *arguments):
            config = plain(schema, *arguments)
            own = f"{config.get_main_option('script_location')}/versions"
            config.set_main_option("version_locations", f"{own}:{folder}")
            return config

        monkeypatch.setattr(Schema, "alembic_config", config)

    return with_revision


@pytest.mark.parametrize(
    ("more", "error"),
    [("raise ArithmeticError", ArithmeticError), ("op.execute('DELETE FROM imports')", WrongSchema)],
)
def test_a_migration_that_goes_wrong_leaves_the_database_as_it_was(more, error, tmp_path, with_revision):
    url = old_file("desk", tmp_path)
    SCHEMAS["desk"].upgrade_to_head(url)
    before = rows_of(url)
    with_revision(more)
    with pytest.raises(error):
        SCHEMAS["desk"].upgrade_to_head(url)
    assert rows_of(url) == before
    assert "9999" not in str(version_of(url))


def test_a_table_that_is_made_anew_keeps_what_refers_to_it(tmp_path, with_revision):
    url = old_file("desk", tmp_path)
    SCHEMAS["desk"].upgrade_to_head(url)
    before = rows_of(url)
    with_revision("")
    command.upgrade(SCHEMAS["desk"].alembic_config(url), "head")
    after = rows_of(url)
    assert "9999" in str(version_of(url))
    assert after["imports"][0]["file"] == before["imports"][0]["source"]
    assert after["import_parts"] == before["import_parts"]


def execute(url, script):
    connection = sqlite3.connect(url.removeprefix("sqlite:///"))
    connection.executescript(script)
    connection.close()


@pytest.fixture
def environment(tmp_path):
    return {
        "DESK46_VAR": str(tmp_path),
        "DESK46_API_URL": "http://127.0.0.1:9",
        "DESK46_PUBLIC_URL": "http://127.0.0.1",
        "PATH": "/usr/bin:/bin",
    }
