"""The doctor: each thing that is wrong is provoked, found, and told with what to do about it."""

import shutil
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from app.backup.nightly import backups_in
from app.pages.doctor import records, surroundings
from app.pages.doctor.checks import findings
from app.store import people, recipients, shops, upkeep, workers
from app.store.acts import Act
from app.store.base import now
from app.store.exchanges import Exchange
from app.store.recipients import Recipient
from app.store.shops import Shop
from app.version import VERSION
from app.work.schedules import PLANNED
from tests.adapters import Answering, Silent, trouble
from tests.conftest import PASSWORD


@pytest.fixture(autouse=True)
def short_keys(monkeypatch):
    """The key of tests is a short one."""
    monkeypatch.setattr(records, "SHORTEST_KEY", 10)


@pytest.fixture
def well(desk):
    """An installation that nothing is wrong with."""
    with desk.writing() as db:
        upkeep.note_upkeep(db, "upkeep.Backup", after={"file": "a.zip"})
        workers.beat(db, "a worker")
        people.add(db, email="second@desk46.test", name="Second", role="admin", password=PASSWORD)
    return desk


@pytest.fixture
def look(app, desk):
    """Let the doctor look; gives the names of what was found, and keeps the last findings whole."""

    def look(**more):
        settings = app.extensions["settings"].model_copy(update=more)
        with app.test_request_context(), desk.reading() as db:
            look.found = findings(settings, db)
        assert all(finding.title and finding.text and finding.remedy for finding in look.found)
        return [finding.name for finding in look.found]

    return look


def test_a_good_installation_is_well(well, look, admin):
    assert look() == []
    assert "Nothing is wrong" in admin.get("/doctor/").text


def make_live(desk):
    with desk.writing() as db:
        shop = shops.in_use(db)[0]
        shop.kind = "live"
        return shop.id


def test_a_silent_worker_no_backup_and_a_single_administrator_are_told(look, admin):
    assert look() == ["worker", "backup", "administrators"]
    page = admin.get("/doctor/")
    assert "Start python -m app.run.work" in page.text
    assert page.tree.cssselect("#findings a[href='/people/']")


def test_before_the_first_night_one_is_told_to_make_a_backup_now(look, tmp_path):
    look()
    assert "Set DESK46_BACKUP_FOLDER" in look.found[1].remedy
    look(backup_folder=tmp_path)
    assert look.found[1].name == "backup"
    assert "for one now" in look.found[1].remedy


def test_an_old_backup_is_told(well, look):
    with well.writing() as db:
        upkeep.last(db, "upkeep.Backup").at = now() - timedelta(days=3)
    assert look() == ["backup"]


def test_a_live_shop_without_test_recipients_is_told_until_it_has_one(well, look):
    shop = make_live(well)
    assert look() == ["recipients"]
    with well.writing() as db:
        db.add(Recipient(shop_id=shop, kind="email", value="me@example.com", whose="Me", added_by="Me"))
        assert recipients.of_shop(db, shop)
    assert look() == []


def test_a_live_shop_in_which_nobody_can_approve_is_told_with_what_waits_in_vain(well, look, admin):
    shop = make_live(well)
    assert look() == ["recipients"]  # two administrators, one of support, one of marketing
    with well.writing() as db:
        people.by_email(db, "second@desk46.test").role = "viewer"
    assert look() == ["administrators", "recipients"]  # support and marketing each have the administrator
    with well.writing() as db:
        people.by_email(db, "support@desk46.test").active = False
    assert look() == ["second_people", "administrators", "recipients"]
    assert "Erasing a customer; Changing an e-mail" in look.found[0].text
    assert "short links" not in look.found[0].text
    with well.writing() as db:
        people.by_email(db, "marketer@desk46.test").shop_roles = {}
    assert look()[0] == "second_people"
    assert "short links" in look.found[0].text
    assert admin.get(look.found[0].url).status == 200
    with well.writing() as db:
        db.get_one(Shop, shop).approval_rules = []
    assert look() == ["administrators", "recipients"]


def test_unknown_acts_are_told_after_a_day(well, look, admin):
    with well.writing() as db:
        shop = shops.in_use(db)[0].id
        long_ago, lately = now() - timedelta(hours=30), now() - timedelta(hours=20)
        db.add(Act(what="segments.Add", person="x", shop_id=shop, written="unknown", at=long_ago))
        db.add(Act(what="segments.Add", person="x", shop_id=shop, written="trying", at=long_ago, until=long_ago))
        db.add(Act(what="segments.Add", person="x", shop_id=shop, written="unknown", at=lately))
    assert look() == ["unknown_acts"]
    assert look.found[0].title.startswith("2 acts of Demo")
    assert admin.get(look.found[0].url).status == 200


def test_keys_that_are_short_lost_or_old_are_told(well, look):
    assert look(secret_key="short") == ["keys", "keys", "keys"]  # those of both shops cannot be read with it
    with well.writing() as db:
        first, second = shops.in_use(db)
        first.created = second.created = now() - timedelta(days=400)
        after = {"fingerprint": second.fingerprint}
        db.add(Act(what="shops.Edit", person="x", written="done", before={"fingerprint": "other"}, after=after))
    assert look(secret_key="a key for tests") == ["keys"]
    assert look.found[0].title == "The secret of Demo is older than a year"


def test_a_key_is_changed_by_entering_it_again_only_if_it_is_another(well, look):
    with well.writing() as db:
        shop = shops.in_use(db)[0]
        shop.created = now() - timedelta(days=400)
        same = {"fingerprint": shop.fingerprint}
        db.add(Act(what="shops.Edit", person="x", written="done", before=same, after=same))
    assert look() == ["keys"]


@pytest.mark.parametrize(
    ("more", "headers", "names"),
    [
        ({}, {"Host": "desk.example.com"}, ["address"]),
        ({}, {"Host": "localhost:8080"}, ["address"]),
        ({"public_url": "https://localhost"}, {}, ["address"]),
        ({"public_url": "http://127.0.0.1"}, {}, []),  # another name of this machine
        ({"public_url": "http://LOCALHOST:80/"}, {}, []),
        ({}, {"X-Forwarded-For": "192.0.2.1"}, ["proxies"]),
        ({}, {"X-Forwarded-Proto": "https"}, ["proxies"]),
        ({}, {"Forwarded": "for=192.0.2.1"}, ["proxies"]),
        ({"trusted_proxies": 2}, {"X-Forwarded-For": "192.0.2.1"}, ["proxies"]),
        ({"trusted_proxies": 1}, {"X-Forwarded-For": "192.0.2.1"}, []),
    ],
)
def test_requests_that_arrive_in_another_way_than_is_set_are_told(more, headers, names, app, well, look, admin):
    app.extensions["settings"] = app.extensions["settings"].model_copy(update=more)
    app.test_client(use_cookies=False).get("/account/", headers=by_name("localhost", admin) | headers)
    assert look() == names
    assert look(public_url="http://another.example") == []  # it was seen with other settings


def test_what_strangers_claim_is_not_noted(app, well, look, stranger):
    stranger.client.get("/account/sign-in", headers={"X-Forwarded-For": "192.0.2.1", "Host": "evil.example"})
    assert look() == []


@pytest.fixture
def far(app):
    """The REES46 of the shops is far away."""

    def far(adapter):
        app.extensions["settings"] = app.extensions["settings"].model_copy(
            update={"api_url": app.extensions["box_url"]}
        )
        trouble(app, adapter)

    return far


@pytest.mark.parametrize(
    ("ahead", "names"), [(timedelta(minutes=-5), ["clock"]), (timedelta(minutes=5), ["clock"]), (timedelta(), [])]
)
def test_a_clock_that_differs_from_rees46s_is_told(ahead, names, far, well, look):
    there = format_datetime(datetime.now(UTC) + ahead, usegmt=True)
    far(Answering(403, b"{}", {"Date": there}))
    assert look() == names


@pytest.mark.parametrize("adapter", [Silent(), Answering(200, b"[]", {"Date": "yesterday"}), Answering(200, b"[]")])
def test_where_rees46_tells_no_time_the_clock_is_left_alone(adapter, far, well, look):
    far(adapter)
    assert look() == []


@pytest.mark.parametrize(("free", "tone"), [(900 * 1024**2, "warning"), (100 * 1024**2, "danger")])
def test_a_disk_that_fills_up_is_told(free, tone, well, look, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: shutil._ntuple_diskusage(10 * free, 9 * free, free))
    assert look() == ["disk"]
    assert look.found[0].tone == tone


def test_a_folder_of_backups_that_is_away_is_told(well, look, tmp_path):
    assert look(backup_folder=tmp_path / "not mounted") == ["disk"]


MOUNT = "36 35 98:0 / {place} rw,noatime master:1 - {kind} server:/export rw\n"


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "fuse.sshfs"])
def test_sqlite_on_a_network_disk_is_told(kind, well, look, settings, tmp_path, monkeypatch):
    mounts = tmp_path / "mountinfo"
    place = str(settings.var.resolve()).replace(" ", "\\040")
    mounts.write_text(MOUNT.format(place="/", kind="ext4") + MOUNT.format(place=place, kind=kind))
    monkeypatch.setattr(surroundings, "MOUNTS", mounts)
    assert look() == ["network_disk"]
    mounts.write_text(MOUNT.format(place="/", kind="ext4") + MOUNT.format(place="/mnt", kind=kind))
    assert look() == []
    monkeypatch.setattr(surroundings, "MOUNTS", tmp_path / "no Linux")
    assert look() == []


def test_only_administrators_see_the_doctor(marketer):
    assert marketer.get("/doctor/").status == 403


def test_the_nightly_backup_stands_in_the_trail_and_on_the_page(app, well, admin, tmp_path):
    app.extensions["settings"] = app.extensions["settings"].model_copy(update={"backup_folder": tmp_path / "nights"})
    with app.app_context():
        PLANNED["doctor.backup"].task()
    (backup,) = backups_in(tmp_path / "nights")
    assert backup.name in admin.get("/doctor/").text
    assert "Backed up" in admin.get("/trail/").text


def test_the_version_stands_at_the_foot_of_every_page(admin):
    assert f"Desk46 {VERSION}" in admin.get("/account/").tree.cssselect("main > footer")[0].text_content()


def test_a_shop_that_is_not_in_use_is_nobodys_trouble(well, look):
    make_live(well)
    with well.writing() as db:
        db.get_one(Shop, 1).active = False
    assert look() == []


STEPS = 7


def steps_done(admin):
    block = admin.get("/").tree.cssselect("#doctor-first-steps li")
    return len(block), [line.cssselect("p")[0].text_content() for line in block if line.cssselect(".badge")]


def test_the_first_steps_stand_on_the_home_of_an_administrator_until_they_are_done(app, desk, admin, marketer):
    number, done = steps_done(admin)
    assert (number, done) == (STEPS, ["Choose a password of your own", "Add people, each with a role"])
    assert not marketer.get("/").tree.cssselect("#doctor-first-steps")
    with desk.writing() as db:
        people.add(db, email="second@desk46.test", name="Second", role="admin", password=PASSWORD)
        upkeep.note_upkeep(db, "upkeep.Backup", after={"file": "a.zip"})
        asked = {"operation": "promo_codes.Lists", "method": "GET", "path": "/", "curl": "", "asked": "", "answer": ""}
        db.add(Exchange(shop_id=1, outcome="done", milliseconds=1, **asked))
        shops.in_use(db)[0].chat_url = "https://chat.example/hook"
    number, done = steps_done(admin)
    assert (number, len(done)) == (STEPS, STEPS - 1)
    assert "by which people come" not in " ".join(done)
    public = app.extensions["settings"].model_copy(update={"public_url": "http://desk.example.com"})
    app.extensions["settings"] = public
    answer = app.test_client(use_cookies=False).get("/s/demo/", headers=by_name("desk.example.com", admin))
    assert answer.status_code == 200
    assert "first-steps" not in answer.text


def by_name(host, visitor):
    """Headers of somebody who is signed in and came by another name, for which a browser has no cookies."""
    return {"Host": host, "Cookie": "; ".join(f"{cookie.key}={cookie.value}" for cookie in visitor.cookies())}


def test_the_first_steps_stand_there_before_the_first_shop(desk, admin, viewer):
    with desk.writing() as db:
        for shop in shops.in_use(db):
            shop.active = False
    assert steps_done(admin)[0] == STEPS
    assert admin.get("/").link("Add a shop and try its connection") == "/shops/"
    assert steps_done(viewer)[0] == 0


def test_the_first_steps_go_when_somebody_dismisses_them(admin):
    page = admin.get("/doctor/")
    assert len(page.tree.cssselect("#first-steps li")) == STEPS
    page = page.press("Do not show this any more")
    assert not page.tree.cssselect("#first-steps")
    assert steps_done(admin) == (0, [])
    assert "Dismissed the first steps" in admin.get("/trail/").text


def test_the_password_of_the_first_start_is_not_ones_own(desk, app, admin):
    with desk.writing() as db:
        people.by_email(db, "admin@desk46.test").email = people.FIRST_EMAIL
    assert "Choose a password of your own" not in steps_done(admin)[1]
    with desk.writing() as db:
        number = people.by_email(db, people.FIRST_EMAIL).id
        db.add(Act(what="account.Password", person="x", person_id=number, written="done"))
    assert "Choose a password of your own" in steps_done(admin)[1]
