"""Imports: accepted at once, worked off part by part, with a report of what was left out and why."""

import pytest
from sqlalchemy import select

from app.engine.handlers.imports import PEOPLE_AT_ONCE
from app.engine.store.customers import Customer
from app.engine.store.jobs import Job, JobPart, last_jobs, remarks_of
from app.engine.store.shops import shop_of
from app.engine.worker.main import Worker, work_until_idle
from app.rees46 import imports, subscriptions
from app.rees46.errors import Refused
from tests.engine.asking import ON_SQLITE

ANNA, BORIS, PHONE = "anna@example.com", "boris@example.com", "79991112233"


@pytest.fixture
def report(db):
    def report():
        db.rollback()
        (job, *_) = last_jobs(db, 10)
        return job, [(remark.row, remark.words) for remark in remarks_of(db, job.id)]

    return report


def test_the_answer_means_accepted_and_the_worker_does_it(shop, keeper, settings):
    shop.send(imports.Audience(audience=[{"email": ANNA}]))
    assert not keeper.knows(email=ANNA)
    work_until_idle(settings)
    assert keeper.knows(email=ANNA)


def test_people_are_made_and_updated_with_all_that_is_said_of_them(keeper):
    keeper.save(email=BORIS, first_name="Boris", last_name="Ivanov")
    keeper.import_(
        {"email": ANNA, "phone": "8 999 111-22-33", "id": "9", "first_name": "Anna", "size": "M", "email_bulk": "true"},
        {"email": BORIS, "last_name": "Petrov", "first_name": "", "age": ""},
        segment=1,
    )
    anna, boris = keeper.profile(external_id="9"), keeper.profile(email=BORIS)
    assert (anna.email, anna.phone, anna.custom_properties) == (ANNA, PHONE, {"size": "M"})
    assert (boris.first_name, boris.last_name) == ("Boris", "Petrov")
    assert keeper.on(email=ANNA) == {"email_bulk"}
    assert keeper.segments(email=ANNA) == keeper.segments(email=BORIS) == [1]


def test_a_row_that_is_wrong_is_left_out_with_the_reason_and_stops_no_other(keeper, report):
    keeper.callback("gone@example.com", "hard_bounced")
    keeper.import_(
        {"email": ANNA},
        {"first_name": "Nobody"},
        {"email": "no address"},
        {"email": "gone@example.com"},
        {"email": BORIS, "birthday": "11.03.1990"},
        {"phone": PHONE},
    )
    job, remarks = report()
    assert (job.state, job.total, job.done, job.skipped) == ("done", 6, 2, 4)
    assert [row for row, _ in remarks] == [2, 3, 4, 5]
    words = dict(remarks)
    assert "at least one of email, phone" in words[2]
    assert words[3].startswith("email: ")
    assert "purged for ever" in words[4]
    assert words[5] == "birthday: A date is written YYYY-MM-DD"
    assert keeper.knows(email=ANNA)
    assert keeper.knows(phone=PHONE)


def test_a_consent_that_stays_off_is_reported_and_the_rest_is_saved(keeper, report):
    keeper.callback(ANNA, "complained")
    keeper.import_({"email": ANNA, "first_name": "Anna", "email_bulk": True})
    assert keeper.profile(email=ANNA).first_name == "Anna"
    assert keeper.on(email=ANNA) == {"email_suppressed"}
    job, remarks = report()
    assert (job.done, job.skipped) == (1, 0)
    assert "stays off" in remarks[0][1]


@pytest.mark.parametrize("segment", ["77", "2", "no number"])
def test_a_segment_that_takes_nobody_fails_no_import(keeper, report, segment):
    keeper.import_(*({"email": f"c{number}@example.com"} for number in range(50)), segment=segment)
    job, remarks = report()
    assert job.done == 50
    assert len(remarks) == 1
    assert remarks[0][0] is None
    assert "put into no segment" in remarks[0][1]


def test_rows_of_one_person_come_to_one_person_in_their_order(keeper, db):
    keeper.import_(
        {"email": ANNA, "size": "S"},
        {"email": ANNA.upper(), "phone": PHONE, "size": "M"},
        {"phone": PHONE, "loyalty_id": "L1", "size": "L"},
    )
    assert keeper.profile(loyalty_id="L1").custom_properties == {"size": "L"}
    assert db.query(Customer).count() == 1


def test_an_import_joins_two_halves_of_one_person(keeper, db):
    keeper.save(email=ANNA, first_name="Anna")
    keeper.save(phone=PHONE, last_name="Petrova")
    keeper.import_({"phone": PHONE, "size": "S"}, {"email": ANNA, "phone": PHONE, "size": "M"})
    anna = keeper.profile(email=ANNA)
    assert (anna.first_name, anna.last_name, anna.custom_properties) == ("Anna", "Petrova", {"size": "M"})


def test_suppressed_addresses_are_off_for_ever_also_those_of_nobody(keeper, shop, settings):
    keeper.manage(email=ANNA, email_bulk=True, email_chain=True)
    shop.send(imports.Suppressed(audience=[{"email": ANNA}, {"email": BORIS.upper()}, {"name": "x"}]))
    work_until_idle(settings)
    with pytest.raises(Refused, match="do-not-use list"):
        keeper.manage(email=BORIS, email_bulk=True)
    assert keeper.on(email=ANNA) == keeper.on(email=BORIS) == {"email_suppressed"}
    assert {change.channel for change in keeper.changes(event="unsubscribe")} == {"import"}


def test_two_imports_of_a_shop_are_done_in_their_order(shop, keeper, settings):
    people = [{"email": f"c{number}@example.com"} for number in range(70)]
    for size in ("S", "M"):
        shop.send(imports.Audience(audience=[person | {"size": size} for person in people]))
    work_until_idle(settings)
    assert keeper.profile(email="c69@example.com").custom_properties == {"size": "M"}
    assert keeper.profile(email="c0@example.com").custom_properties == {"size": "M"}


def test_shops_take_turns(shop, other_shop, settings, database):
    for client, number in ((shop, 3 * PEOPLE_AT_ONCE), (other_shop, PEOPLE_AT_ONCE + 1)):
        client.send(imports.Audience(audience=[{"email": f"c{n}@example.com"} for n in range(number)]))
    worker = Worker(settings)
    for _ in range(4):
        worker.step()
    with database.reading() as db:
        assert [(job.done, job.state) for job in db.query(Job).order_by(Job.id)] == [
            (2 * PEOPLE_AT_ONCE, "waiting"),
            (PEOPLE_AT_ONCE + 1, "done"),
        ]
    worker.database.engine.dispose()


def test_a_part_that_fails_whole_is_done_row_by_row(keeper, report, monkeypatch):
    from app.engine.jobs import registry  # noqa: PLC0415  # only this test meddles with it

    real = registry.KINDS["audience"].do

    def breaks_on_boris(db, about, rows):
        if any(row.value.email == BORIS for row in rows):
            raise RuntimeError(BORIS)
        return real(db, about, rows)

    monkeypatch.setitem(registry.KINDS, "audience", registry.Kind(registry.KINDS["audience"].check, breaks_on_boris))
    keeper.import_({"email": ANNA}, {"email": BORIS}, {"phone": PHONE})
    job, remarks = report()
    assert (job.done, job.skipped) == (2, 1)
    assert remarks == [(2, "We had a problem with this row; it was left out")]
    assert keeper.knows(email=ANNA)
    assert keeper.knows(phone=PHONE)


def test_two_workers_do_nothing_twice(shop, settings, database, keeper):
    shop.send(imports.Audience(audience=[{"email": f"c{n}@example.com", "email_bulk": True} for n in range(50)]))
    first, second = Worker(settings), Worker(settings)
    with database.reading() as db:
        (part,), owner = db.query(JobPart).filter(JobPart.first == 1), shop_of(db, "shop")
    assert first._did(part, owner, [], [])
    assert not second._did(part, owner, [], [])
    work_until_idle(settings)
    with database.reading() as db:
        (job,) = db.query(Job)
        assert (job.done, job.state) == (50, "done")
    for worker in (first, second):
        worker.database.engine.dispose()


@ON_SQLITE
@pytest.mark.parametrize("audience", [[], "x", [1], ["a@b.c"], {"email": ANNA}, [[{"email": ANNA}]]])
def test_an_import_that_is_no_list_of_people_is_refused_at_once(wire, audience):
    said = {"shop_id": "shop", "shop_secret": "shop-secret", "audience": audience}
    for path in ("/import/audience", "/import/suppressed"):
        answer = wire.post(path, json=said)
        assert answer.status_code == 400
        assert answer.json["payload"]["message"].startswith("audience")


def test_a_middle_name_and_the_token_of_an_app_are_taken_from_an_import(keeper, report, shop, db):
    person = {"email": "app@example.com", "middle_name": "Maria"}
    keeper.import_(person | {"mobile_token": "T1", "mobile_token_platform": "iOS"})
    assert shop.send(subscriptions.Check(email="app@example.com")).mobile_push
    assert db.scalar(select(Customer.middle_name)) == "Maria"
    assert {change.contact_type for change in shop.send(subscriptions.Changes(channel="import"))} == {"mpush"}
    keeper.import_({"email": "half@example.com", "mobile_token": "T2"})
    assert report()[1][-1][1].startswith("Saved without the token")
