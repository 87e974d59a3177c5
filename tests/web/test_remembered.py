"""What is remembered of people and shops is what the database says now, whoever changed it, in whatever process."""

from datetime import timedelta

from app import store
from app.store import brakes, sessions
from app.store.brakes import Brake, Kind
from app.store.people import Person
from app.store.shops import Shop
from app.web.remembered import MOST, Memory, copy_of


def elsewhere(app):
    """The database as another process has it open."""
    return store.open_desk(app.extensions["settings"])


def test_another_role_given_by_another_process_counts_from_the_next_request(app, admin):
    assert admin.get("/people/").status == 200
    with elsewhere(app).writing() as db:
        db.query(Person).filter_by(email="admin@desk46.test").one().role = "viewer"
    assert admin.get("/people/").status == 403


def test_who_is_put_out_by_another_process_is_out(app, admin):
    assert admin.get("/jobs/").status == 200
    with elsewhere(app).writing() as db:
        db.query(Person).filter_by(email="admin@desk46.test").one().active = False
    assert "/account/sign-in" in admin.get("/jobs/").path


def test_a_shop_renamed_by_another_process_stands_in_the_bar(app, admin):
    admin.get("/jobs/")
    with elsewhere(app).writing() as db:
        db.query(Shop).filter_by(slug="demo").one().name = "Renamed elsewhere"
    assert "Renamed elsewhere" in admin.get("/jobs/").html


def test_a_brake_put_on_by_another_process_is_told(app, admin):
    admin.get("/jobs/")
    with elsewhere(app).writing() as db:
        brakes.put(db, Brake(kind=Kind.READ_ONLY, reason="Stock taking", person="Somebody"))
    assert "Stock taking" in admin.get("/jobs/").html


def test_a_session_is_over_in_time_though_nobody_changes_the_database(admin, monkeypatch):
    assert admin.get("/jobs/count").status == 200
    later = sessions.now() + timedelta(days=400)
    monkeypatch.setattr(sessions, "now", lambda: later)
    assert "/account/sign-in" in admin.get("/jobs/count").path


def test_what_one_request_changes_of_a_person_no_other_sees(desk):
    with desk.reading() as db:
        read = db.query(Person).filter_by(email="admin@desk46.test").one()
    mine = copy_of(read)
    mine.in_shop, mine.token, mine.language = 7, "token", "ru"
    mine.pins.append("jobs")
    mine.shop_roles["1"] = "viewer"
    assert (read.in_shop, read.token, read.language, read.pins) == (0, "", None, [])
    assert "viewer" not in read.shop_roles.values()


def test_an_older_version_is_forgotten_and_so_are_too_many_answers():
    memory = Memory()
    memory.of(1)["shops"] = []
    assert memory.of(1) == {"shops": []}
    assert memory.of(2) == {}
    memory.of(2).update(dict.fromkeys(range(MOST)))
    assert memory.of(2) == {}
