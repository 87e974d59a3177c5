"""A backup is made while everything runs, and restored into an empty place of either kind with nothing lost."""

import stat
import threading
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from app import store
from app.backup import write
from app.backup.archive import NoBackup
from app.backup.nightly import back_up_nightly, backups_in
from app.backup.write import back_up
from app.database import Database
from app.engine.store import request_files
from app.engine.store.customers import Customer, Identity
from app.engine.store.db import Circumstances, Db
from app.engine.store.jobs import Job, accept_file
from app.engine.store.shops import Shop
from app.run.restore import restore
from app.store import people, shops, upkeep
from app.store.acts import Act
from app.store.base import now
from tests.furnishing import PASSWORD
from tests.migrations.conftest import rows_of

ROWS = b'{"audience": [{"email": "a@example.com"}]}'


@pytest.fixture
def waiting(settings):
    """A call with many rows that waits for the worker: its body lies in a file."""
    database = Database(settings.box_database, Db)
    settings.request_files.mkdir(exist_ok=True)
    path = settings.request_files / "waits.json"
    path.write_bytes(ROWS)
    with database.writing() as db:
        db.at = Circumstances(db.scalar(select(Shop).limit(1)), settings)
        accept_file(db, "audience", request_files.RequestFile(path), "audience", {}, at_once=100)
    database.engine.dispose()
    return path


def test_what_was_backed_up_is_there_again_on_either_kind_of_database(settings, waiting, elsewhere, tmp_path):
    before = everything(settings)
    backup, here = tmp_path / "first.zip", settings
    for kind in ("postgresql", "sqlite"):
        back_up(here, backup)
        here = elsewhere(tmp_path / f"{backup.stem}-{kind}", kind)
        restore(here, backup)
        assert everything(here) == before
        assert (here.request_files / waiting.name).read_bytes() == ROWS
        backup = backup.with_name(f"next-{backup.name}")


def everything(settings):
    """All rows, but for sessions, which end, and for the notes of what is done here."""
    desk, box = rows_of(settings.desk_database), rows_of(settings.box_database)
    desk["acts"] = [row for row in desk["acts"] if not row["what"].startswith("upkeep.")]
    desk.pop("sessions")
    tables = {f"{name}.{table}": rows for name, rows in (("desk", desk), ("box", box)) for table, rows in rows.items()}
    return {name: sorted(rows, key=repr) for name, rows in tables.items()}


def test_rows_get_new_numbers_after_a_restore(settings, elsewhere, tmp_path):
    backup = tmp_path / "backup.zip"
    back_up(settings, backup)
    there = elsewhere(tmp_path / "there", "postgresql")
    restore(there, backup)
    desk = store.open_desk(there)
    with desk.writing() as db:
        highest = max(person.id for person in people.everyone(db))
        added = people.add(db, email="new@example.com", name="New", role="viewer", password=PASSWORD)
        assert added.id == highest + 1
    desk.engine.dispose()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_backup_is_one_moment_while_people_write(kind, settings, elsewhere, tmp_path):
    """Each round writes two customers at once, and then in the desk that it did: none of it is there in part."""
    here = settings
    if kind == "postgresql":
        back_up(settings, tmp_path / "plain.zip")
        here = elsewhere(tmp_path / "here", kind)
        restore(here, tmp_path / "plain.zip")
    box, desk = Database(here.box_database, Db), store.open_desk(here)
    stop, began = threading.Event(), threading.Event()

    def write():
        for number in range(10_000):
            if stop.is_set():
                return
            with box.writing() as db:
                for twin in ("left", "right"):
                    customer = Customer(shop_id=1, created=now())
                    customer.identities = [Identity(shop_id=1, kind="external_id", value=f"{twin} {number}")]
                    db.add(customer)
            with desk.writing() as db:
                db.add(Act(what="test.Twins", person="x", asked={"number": number}, written="done"))
            began.set()

    writer = threading.Thread(target=write)
    writer.start()
    assert began.wait(30)
    back_up(here, tmp_path / "busy.zip")
    stop.set()
    writer.join()
    for database in (box, desk):
        database.engine.dispose()
    there = elsewhere(tmp_path / "there", kind)
    restore(there, tmp_path / "busy.zip")
    written = {row["value"] for row in rows_of(there.box_database)["identities"]}
    left, right = ({value.split()[1] for value in written if value.startswith(twin)} for twin in ("left", "right"))
    noted = [row["asked"]["number"] for row in rows_of(there.desk_database)["acts"] if row["what"] == "test.Twins"]
    assert left == right
    assert noted
    assert {str(number) for number in noted} <= left


def test_a_restored_desk_knows_its_people_and_the_secrets_of_its_shops(settings, elsewhere, tmp_path):
    back_up(settings, tmp_path / "backup.zip")
    there = elsewhere(tmp_path / "there")
    restored = restore(there, tmp_path / "backup.zip")
    desk = store.open_desk(there)
    with desk.reading() as db:
        assert people.has_password(people.by_email(db, "admin@desk46.test"), PASSWORD)
        assert shops.in_use(db)[0].secret(there.key) == "demo-secret"
        assert upkeep.last(db, "upkeep.Restore").after["file"] == "backup.zip"
    assert not restored.is_read_only
    assert rows_of(there.desk_database)["sessions"] == []
    desk.engine.dispose()


def test_a_backup_is_nobody_elses_to_read_and_never_takes_the_place_of_another(settings, tmp_path):
    backup = tmp_path / "backup.zip"
    back_up(settings, backup)
    whole = backup.read_bytes()
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    with pytest.raises(NoBackup, match="there already"):
        back_up(settings, backup)
    assert backup.read_bytes() == whole
    assert {path.name for path in tmp_path.iterdir()} == {"var", "backup.zip"}


def test_a_place_that_cannot_be_written_to_is_named_and_nothing_is_left(settings, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(NoBackup, match="No backup was made"):
        back_up(settings, tmp_path / "file" / "backup.zip")
    assert not list(settings.var.glob("backup-*"))


def test_a_body_that_is_lost_is_named_and_keeps_nobody_from_a_backup(settings, waiting, tmp_path):
    waiting.unlink()
    made = back_up(settings, tmp_path / "backup.zip")
    assert (made.manifest.missing, made.manifest.request_files) == ([waiting.name], [])


def test_a_body_that_is_worked_off_while_one_looks_belongs_to_no_backup(settings, waiting, tmp_path, monkeypatch):
    plain = write._bodies

    def worked_off_first(view, source, folder):
        if waiting.exists():
            database = Database(settings.box_database, Db)
            with database.writing() as db:
                db.scalar(select(Job).where(Job.request_file == waiting.name)).state = "done"
            database.engine.dispose()
            waiting.unlink()
        return plain(view, source, folder)

    monkeypatch.setattr(write, "_bodies", worked_off_first)
    made = back_up(settings, tmp_path / "backup.zip")
    assert (made.manifest.missing, made.manifest.request_files) == ([], [])


def test_every_night_one_more_is_made_and_the_oldest_goes(settings, tmp_path, monkeypatch):
    folder = tmp_path / "nights"
    here = settings.model_copy(update={"backup_folder": folder, "backup_keep": 2})
    for night in range(4):
        with time_machine.travel(timedelta(days=night).total_seconds() + 1_800_000_000, tick=False):
            back_up_nightly(here)
    (folder / "mine.zip").touch()
    assert [path.name[7:15] for path in backups_in(folder)] == ["20270117", "20270118"]
    assert back_up_nightly(settings) is None
