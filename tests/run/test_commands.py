"""What `python -m app.run` says when it is asked to look, or to go back, instead of serving."""

import shutil

import pytest
from alembic import command

from app import store
from app.engine.http.app import create_box
from app.pages.doctor import records
from app.run.__main__ import main
from app.store import people, upkeep, workers
from app.store.schema import desk as desk_schema
from tests.conftest import PASSWORD
from tests.furnishing import settings_in


@pytest.fixture
def run(settings, monkeypatch, capsys):
    """Give status and words of a command; what is wrong stands on stderr, as what was asked for on stdout."""
    for name in ("var", "secret_key", "public_url"):
        monkeypatch.setenv(f"DESK46_{name.upper()}", str(getattr(settings, name)))
    monkeypatch.setattr(records, "SHORTEST_KEY", 10)

    def run(*arguments):
        monkeypatch.setattr("sys.argv", ["app.run", *arguments])
        status = main()
        return status, "".join(capsys.readouterr())

    return run


def test_check_says_what_is_wrong_and_what_to_do_until_nothing_is(run, settings):
    status, said = run("--check")
    assert status == 1
    assert "danger: The worker is silent\n" in said
    assert said.endswith("Findings: 3.\n")
    assert "--backup FILE" in said
    desk = store.open_desk(settings)
    with desk.writing() as db:
        workers.beat(db, "a worker")
        upkeep.note_upkeep(db, "upkeep.Backup", after={"file": "a.zip"})
        people.add(db, email="second@desk46.test", name="Second", role="admin", password=PASSWORD)
    desk.engine.dispose()
    assert run("--check") == (0, "Nothing is wrong.\n")


def test_check_says_in_one_line_that_it_cannot_look(run, settings):
    command.downgrade(desk_schema.alembic_config(settings.desk_database), "-1")
    status, said = run("--check")
    assert (status, said.count("\n")) == (2, 1)
    (settings.var / "desk.db").write_text("this is no database")
    for name in ("desk.db-wal", "desk.db-shm"):
        (settings.var / name).unlink(missing_ok=True)
    status, said = run("--check")
    assert (status, said.count("\n")) == (2, 1)


def test_what_cannot_be_undone_or_backed_up_is_said_in_one_line(run, settings):
    assert run("--undo-upgrade")[0] == 2
    shutil.rmtree(settings.var)
    settings.var.mkdir()
    for arguments in (("--backup", str(settings.var / "a.zip")), ("--undo-upgrade",), ("--check",)):
        status, said = run(*arguments)
        assert (status, said.count("\n")) == (2, 1), said
    assert not list(settings.var.glob("*.zip*"))


def test_commands_do_not_mix(run, capsys):
    with pytest.raises(SystemExit):
        run("--check", "--backup", "a.zip")
    assert "not allowed with" in capsys.readouterr().err


def test_the_key_is_replaced_and_the_doctor_says_how_far_that_is(run, settings, monkeypatch):
    new = "a new key for tests"
    monkeypatch.setenv("DESK46_SECRET_KEY", f"{new},{settings.secret_key}")
    assert "warning: An older secret key is still in use\n" in run("--check")[1]
    status, said = run("--re-encrypt")
    assert status == 0
    assert "shops.locked_secret: 2 encrypted anew\n" in said  # of the desk
    assert "shops.secret: 2 encrypted anew\n" in said  # of the box
    assert "warning: An older secret key is still named\n" in run("--check")[1]
    assert run("--re-encrypt")[1].count("\n") == 1
    monkeypatch.setenv("DESK46_SECRET_KEY", new)
    assert "secret" not in run("--check")[1]
    there = settings_in(settings.var, secret_key=new)
    box = create_box(there)
    keys = {"shop_id": "demo", "shop_secret": "demo-secret"}
    assert box.test_client().get("/promo_codes", query_string=keys).status_code == 200
    assert box.test_client().get("/promo_codes", query_string=keys | {"shop_secret": "x"}).status_code == 403
    box.extensions["db"].engine.dispose()
    assert run("--verify-trail")[0] == 0
