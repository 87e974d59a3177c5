"""What is refused at start, and processes that start together."""

import sqlite3
import subprocess
import sys

import pytest
from alembic import command
from sqlalchemy import create_engine

from app.schema import Schema, WrongSchema
from tests.migrations.conftest import SCHEMAS, old_file, rows_of

UPGRADE = """
import sys
from app.store.schema import desk
print("ready", flush=True)
sys.stdin.readline()
desk.upgrade_to_head(sys.argv[1])
"""


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_processes_that_start_together_migrate_once(kind, tmp_path, request):
    url = f"sqlite:///{tmp_path}/desk.db" if kind == "sqlite" else request.getfixturevalue("postgres").fresh()
    command = [sys.executable, "-c", UPGRADE, url]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    started = [subprocess.Popen(command, **pipes) for _number in range(4)]
    assert [process.stdout.readline() for process in started] == ["ready\n"] * 4
    for process in started:
        process.stdin.write("go\n")
        process.stdin.flush()
    said = [process.communicate(timeout=60)[1] for process in started]
    assert [process.returncode for process in started] == [0] * 4, said
    assert SCHEMAS["desk"].revisions()[-1] in str(version_of(url))


def python(*arguments, **more):
    return subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=False, **more)


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
    ran = python("-m", "app.run", "--port", "0", env=environment)
    assert ran.returncode == 2
    assert ran.stderr.count("\n") == 1
    assert "9999" in ran.stderr


def test_tables_that_no_revision_made_are_refused_in_one_line(tmp_path, environment):
    execute(old_file("desk", tmp_path), "DROP TABLE alembic_version")
    ran = python("-m", "app.run", "--port", "0", env=environment)
    assert ran.returncode == 2
    assert ran.stderr.count("\n") == 1


def test_a_database_from_before_the_first_release_is_refused_in_one_line(tmp_path, environment):
    execute(old_file("desk", tmp_path), "ALTER TABLE acts DROP COLUMN reason")
    ran = python("-m", "app.run", "--port", "0", env=environment)
    assert ran.returncode == 2
    assert ran.stderr.count("\n") == 1
    assert "acts.reason" in ran.stderr


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

        def config(schema, url):
            config = plain(schema, url)
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
    return {"DESK46_VAR": str(tmp_path), "DESK46_API_URL": "http://127.0.0.1:9", "PATH": "/usr/bin:/bin"}
