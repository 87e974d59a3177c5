"""Work that goes on by itself: what a request leaves is done by a worker, and no death does anything twice."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from app.store.acts import Act
from app.store.base import now
from app.store.people import Person
from app.store.works import Work
from app.work.worker import Worker
from tests.adapters import Answering, Dead, Silent, over, trouble
from tests.pages.jobs.looking import states, work_of, work_off


def test_what_a_request_leaves_is_done_by_a_worker_while_nobody_looks(left, marketer, worker, desk):
    work_off(worker)
    assert states(desk) == ["made"] * 101
    work = work_of(desk)
    assert (work.state, work.done, work.total, work.left_out) == ("done", 101, 101, 0)
    assert marketer.get(left.path).h1 == "101 short links"
    assert marketer.get("/jobs/").row("Create short links")[1:5] == ["Done", "101 of 101", "–", "Marketer"]


def test_the_parts_stand_in_the_trail_in_the_name_of_who_started_it(left, worker, desk):
    work_off(worker)
    with desk.reading() as db:
        acts = db.scalars(select(Act).where(Act.what == "links.Create")).all()
    assert [(act.person, act.outcome, act.request_id, act.ip) for act in acts] == [
        ("Marketer", "done", work_of(desk).key, None)
    ] * 2


def test_a_part_that_was_begun_when_its_worker_died_is_unknown_and_not_sent_again(left, marketer, app, worker, desk):
    class Killed(BaseException):
        """What a killed process does not even see."""

    class Killing(Answering):
        def answer(self):
            raise Killed

    killing = trouble(app, Killing())
    with pytest.raises(Killed):
        worker.step()
    over(app, killing)
    assert states(desk).count("sending") == 100
    with desk.writing() as db:  # its leases end
        db.scalars(select(Work)).one().until = now() - timedelta(seconds=1)
        db.scalars(select(Act).where(Act.parent_id.is_not(None))).one().until = now() - timedelta(seconds=1)
    work_off(Worker(app))
    assert sorted(set(states(desk))) == ["made", "unknown"]
    assert states(desk).count("unknown") == 100
    page = marketer.get(left.path)
    assert "It is not known whether 100 links were created" in page.text
    page.press("Create them again")
    work_off(Worker(app))
    assert set(states(desk)) == {"made"}


@pytest.mark.parametrize("adapter", [Dead(), Answering(429, headers={"Retry-After": "60"})])
def test_where_nothing_was_changed_it_tries_again_by_itself_later(left, marketer, app, worker, desk, adapter):
    trouble(app, adapter)
    work_off(worker)
    work = work_of(desk)
    assert (work.state, work.tries) == ("waiting", 1)
    assert work.due > now()
    assert set(states(desk)) == {"waiting"}
    assert "It waits, and tries again by itself" in marketer.get(left.path).text
    over(app, adapter)
    with time_machine.travel(now() + timedelta(seconds=61)):
        work_off(worker)
    assert set(states(desk)) == {"made"}


@pytest.mark.parametrize("adapter", [Silent(), Answering(403), Answering(502)])
def test_where_nobody_knows_or_nothing_helps_it_stops_and_says_why(left, marketer, app, worker, desk, adapter):
    trouble(app, adapter)
    work_off(worker)
    assert work_of(desk).state == "stopped"
    page = marketer.get(left.path)
    assert "It stopped" in page.text
    assert len(adapter.calls) == 1
    assert marketer.get("/jobs/?state=stopped").cell("Create short links", "How it went").startswith("REES46")


def test_whoever_lost_the_role_has_nothing_done_in_their_name(left, admin, worker, desk):
    with desk.writing() as db:
        db.scalars(select(Person).where(Person.email == "marketer@desk46.test")).one().role = "viewer"
    work_off(worker)
    assert set(states(desk)) == {"waiting"}
    page = admin.get(left.path)
    assert "Marketer may not do this any more" in page.text
    page.press("Continue")
    work_off(worker)
    assert set(states(desk)) == {"made"}
    assert work_of(desk).person == "Admin"


def test_a_fault_of_our_own_stops_it_with_words_and_without_a_second_try(left, marketer, worker, desk, monkeypatch):
    monkeypatch.setattr("app.store.short_links.counts", lambda *_: 1 / 0)
    work_off(worker)
    monkeypatch.undo()
    assert work_of(desk).state == "stopped"
    assert "Something in Desk46 broke" in marketer.get(left.path).text
