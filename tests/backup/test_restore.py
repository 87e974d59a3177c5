"""What a restore refuses, what it does not let come back, and what it says at the terminal."""

import shutil
import zipfile

import msgspec
import pytest

from app import erasures, store
from app.backup.archive import MANIFEST, NoBackup
from app.backup.write import back_up
from app.config import Settings
from app.database import Database
from app.engine.store.db import Circumstances, Db
from app.engine.store.identity import find
from app.engine.store.shops import shop_of
from app.rees46 import profile
from app.rees46.client import Client
from app.run.__main__ import main
from app.run.restore import restore
from app.run.unfinished import UNFINISHED
from app.schema import WrongSchema
from app.secret_key import fingerprint_of
from app.store import brakes, customers, re_encrypting, upkeep
from app.store.base import now
from tests.furnishing import settings_in
from tests.migrations.conftest import rows_of

ANNA = "anna.kowalska@example.com"
VERA = "vera.sokolova@example.com"


@pytest.fixture(scope="session")
def made_once(furnished, tmp_path_factory):
    """A backup that is only copied."""
    folder = tmp_path_factory.mktemp("made")
    shutil.copytree(furnished, folder / "var")
    back_up(settings_in(folder / "var"), folder / "backup.zip")
    return folder / "backup.zip"


@pytest.fixture
def backup(made_once, tmp_path):
    return shutil.copy(made_once, tmp_path / "backup.zip")


@pytest.fixture
def purge(app):
    """Erase customers of the demo shop, as REES46's clients do."""
    client = Client(app.extensions["box_url"], "demo", "demo-secret", session=app.extensions["rees46_session"])
    return lambda email: client.send(profile.Purge(email=email))


def is_there(settings, email):
    database = Database(settings.box_database, Db)
    with database.reading() as db:
        shop = shop_of(db, "demo")
        db.at = Circumstances(shop, settings)
        found = find(db, {"email": email})
    database.engine.dispose()
    return found is not None


def test_who_was_erased_since_the_backup_is_erased_again(settings, backup, purge, elsewhere, tmp_path):
    purge(ANNA)
    assert not is_there(settings, ANNA)
    there = elsewhere(tmp_path / "there")
    shutil.copy(settings.var / erasures.NAME, tmp_path)  # beside the backup
    restored = restore(there, backup)
    assert restored.erased_again == 1
    assert not is_there(there, ANNA)
    assert is_there(there, VERA)
    assert ANNA not in (there.var / erasures.NAME).read_text()


def test_the_desk_forgets_again_whom_it_knew_when_the_backup_was_made(settings, desk, purge, elsewhere, tmp_path):
    with desk.writing() as db:
        key = customers.remember(db, 1, "email", ANNA, "Anna").key
    back_up(settings, tmp_path / "known.zip")
    purge(ANNA)
    there = elsewhere(tmp_path / "there")
    shutil.copy(settings.var / erasures.NAME, tmp_path)
    restore(there, tmp_path / "known.zip")
    with store.open_desk(there).reading() as db:
        known = customers.by_key(db, key)
    assert (known.kind, known.value, known.name) == ("erased", key, "")


def test_who_was_erased_before_a_backup_and_came_back_stays(settings, purge, elsewhere, box, tmp_path, monkeypatch):
    purge(ANNA)
    path = settings.var / erasures.NAME
    (entry,) = erasures.read(path)
    path.write_bytes(msgspec.json.encode(msgspec.structs.replace(entry, at=entry.at.replace(year=2020))) + b"\n")
    client = box.test_client()
    answer = client.post("/profile/set", json={"shop_id": "demo", "shop_secret": "demo-secret", "email": ANNA})
    assert answer.status_code < 300
    back_up(settings, tmp_path / "later.zip")
    there = elsewhere(tmp_path / "there")
    assert restore(there, tmp_path / "later.zip").erased_again == 0
    assert is_there(there, ANNA)


def test_erasures_lie_beside_the_nightly_backups_too(settings, app, box, purge, tmp_path):
    folder = tmp_path / "nights"
    folder.mkdir()
    here = settings.model_copy(update={"backup_folder": folder})
    box.extensions["settings"] = here
    purge(VERA)
    assert erasures.read(folder / erasures.NAME) == erasures.read(settings.var / erasures.NAME) != set()
    shutil.rmtree(folder)
    purge(ANNA)  # the folder is away, and it is done all the same
    assert len(erasures.read(settings.var / erasures.NAME)) == 2


def test_a_line_that_was_cut_off_is_no_erasure():
    assert erasures.parse([b'{"at":"2026-01-01T00:00:00Z","shop":"d', b"", b"[]"]) == set()


def test_where_rees46_is_far_nothing_goes_on_before_somebody_has_looked(backup, elsewhere, tmp_path):
    there = elsewhere(tmp_path / "there", api_url="http://rees46.example", language="ru")
    restored = restore(there, backup)
    desk = store.open_desk(there)
    with desk.reading() as db:
        (brake,) = brakes.in_force(db)
    desk.engine.dispose()
    assert (restored.is_read_only, brake.kind, brake.shop_id) == (True, "read_only", None)
    assert brake.reason.startswith("Восстановлено из резервной копии")
    assert rows_of(there.box_database)["customers"] == []  # there is no box


def test_a_place_that_is_not_empty_stays_as_it_is(settings, backup):
    before = rows_of(settings.desk_database)
    with pytest.raises(NoBackup, match="desk database is not empty"):
        restore(settings, backup)
    assert rows_of(settings.desk_database) == before
    assert not (settings.var / UNFINISHED).exists()


def without_key(there, **more):
    return Settings(var=there.var, **more)


def test_without_the_key_it_says_which_one_is_meant(backup, elsewhere, tmp_path):
    there = without_key(elsewhere(tmp_path / "there"))
    with pytest.raises(NoBackup, match="DESK46_SECRET_KEY"):
        restore(there, backup)
    assert not there.key_file.exists()
    other = without_key(there, secret_key="another")
    with pytest.raises(NoBackup, match="another secret key"):
        restore(other, backup)
    assert rows_of(there.desk_database)["people"] == []
    restore(other, backup, key_is_lost=True)
    assert rows_of(there.desk_database)["people"]


def test_a_backup_needs_the_key_that_is_being_replaced_until_all_is_encrypted_anew(settings, desk, elsewhere, tmp_path):
    both = settings_in(settings.var, secret_key=f"new,{settings.secret_key}")
    early = back_up(both, tmp_path / "early.zip").manifest
    assert early.older_keys == [fingerprint_of(settings.secret_key)]
    there = elsewhere(tmp_path / "there", secret_key="new")
    with pytest.raises(NoBackup, match=f"another secret key .fingerprint {early.older_keys[0]}"):
        restore(there, tmp_path / "early.zip")
    done = list(re_encrypting.re_encrypt(desk, both))
    with desk.writing() as db:
        upkeep.note_upkeep(db, "upkeep.ReEncrypt", after=re_encrypting.result_of(both.key, done))
    assert back_up(both, tmp_path / "late.zip").manifest.older_keys == []
    restore(there, tmp_path / "late.zip")


def changed(backup, target, **more):
    """The same backup with something else in its manifest."""
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == MANIFEST:
                content = msgspec.json.encode(msgspec.json.decode(content) | more)
            new.writestr(name, content)
    return target


def revised(backup, **revisions):
    with zipfile.ZipFile(backup) as archive:
        databases = msgspec.json.decode(archive.read(MANIFEST))["databases"]
    for name, revision in revisions.items():
        databases[name]["revision"] = revision
    return databases


def short_of(backup, rows):
    databases = revised(backup)
    databases["box"]["tables"]["customers"] += rows
    return databases


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda old, new: changed(old, new, format=2), "newer form"),
        (lambda old, new: changed(old, new, databases=revised(old, desk="9999")), "9999"),
        (lambda old, new: changed(old, new, databases=short_of(old, 1)), "lacks rows of box.customers"),
        (lambda old, new: new.write_bytes(old.read_bytes()[:-200]), "no whole backup"),
        (lambda old, new: new.write_bytes(flipped(old.read_bytes())), "damaged|no whole backup"),
        (lambda old, new: new.write_bytes(b""), "no whole backup"),
        (lambda old, new: new.write_text("-- a dump of something else"), "no whole backup"),
        (lambda old, new: zipfile.ZipFile(new, "w").close(), "no backup of Desk46"),
        (lambda old, new: None, "cannot be read"),
        (lambda old, new: new.mkdir(), "cannot be read"),
    ],
)
def test_what_is_no_good_backup_changes_nothing(change, words, backup, elsewhere, tmp_path):
    change(backup, tmp_path / "bad.zip")
    there = elsewhere(tmp_path / "there")
    with pytest.raises(NoBackup, match=words) as refused:
        restore(there, tmp_path / "bad.zip")
    assert "\n" not in str(refused.value)
    assert rows_of(there.desk_database)["people"] == rows_of(there.box_database)["customers"] == []


def flipped(content):
    """One byte of the rows is another one."""
    place = len(content) // 2
    return content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :]


@pytest.fixture
def command(monkeypatch, capsys):
    """Run `python -m app.run …` without a process of its own; gives its status and what it says."""

    def command(settings, *arguments):
        for name in ("var", "secret_key", "public_url"):
            monkeypatch.setenv(f"DESK46_{name.upper()}", str(getattr(settings, name)))
        monkeypatch.setattr("sys.argv", ["app.run", *map(str, arguments)])
        status = main()
        return status, "".join(capsys.readouterr())

    return command


def test_at_the_terminal_both_say_in_a_few_lines_what_there_is(settings, elsewhere, command, tmp_path):
    status, said = command(settings, "--backup", tmp_path / "a.zip")
    assert (status, said.count("\n")) == (0, 2)
    assert "rows of the desk" in said
    assert "secret key is not in it" in said
    status, again = command(settings, "--backup", tmp_path / "a.zip")
    assert (status, again.count("\n")) == (2, 1)
    there = elsewhere(tmp_path / "there")
    status, said = command(there, "--restore", tmp_path / "a.zip")
    assert (status, said.count("\n")) == (0, 2)
    status, said = command(there, "--restore", tmp_path / "a.zip")
    assert (status, said.count("\n")) == (2, 1)
    assert str(now().year) not in said


def test_a_restore_that_was_cut_off_is_not_taken_for_a_desk(backup, elsewhere, command, tmp_path, monkeypatch):
    def cut_off(_settings):
        raise WrongSchema("The power went.")

    there = elsewhere(tmp_path / "there")
    monkeypatch.setattr(store, "upgrade", cut_off)
    status, said = command(there, "--restore", backup)
    assert (status, said) == (2, "The power went.\n")
    monkeypatch.undo()
    status, said = command(there, "--port", "0")
    assert status == 2
    assert "restore was cut off" in said
