"""The undo window: what goes to many or cannot be reversed waits, and is taken back before anything went out."""

import pytest
from sqlalchemy import select

from app.store import brakes
from app.store.acts import Act
from app.store.base import now
from app.store.brakes import Brake
from app.store.people import Person
from app.store.works import Work
from app.work.worker import Worker
from tests.adapters import Silent, trouble
from tests.pages.jobs.looking import PAGE, states, work_of, work_off

ELLA, PHONE = "ella.email@example.com", "8 (999) 000-00-02"


@pytest.fixture
def windows(desk):
    """Everybody has ten seconds, and as many for a single message."""
    with desk.writing() as db:
        for person in db.scalars(select(Person)):
            person.undo_seconds, person.undo_seconds_single = 10, 10


@pytest.fixture
def held(windows, marketer):
    page = marketer.get("/links/shorten-many").press("Shorten the links", lines=f"{PAGE}/1\n{PAGE}/2")
    assert "Nothing has gone out yet" in page.text
    return page


@pytest.fixture
def worker(app):
    return Worker(app)


def window_ends(desk):
    with desk.writing() as db:
        for work in db.scalars(select(Work).where(Work.state == "held")):
            work.due = now()


def act_of(desk, what):
    with desk.reading() as db:
        return db.scalars(select(Act).where(Act.what == what).order_by(Act.id.desc())).first()


def test_a_batch_waits_in_its_window_and_goes_out_by_itself_when_it_is_over(held, worker, desk):
    work_off(worker)
    assert (work_of(desk).state, act_of(desk, "links.Batch").state) == ("held", "held")
    assert set(states(desk)) == {"waiting"}
    window_ends(desk)
    work_off(worker)
    assert set(states(desk)) == {"made"}
    assert (work_of(desk).state, act_of(desk, "links.Batch").state) == ("done", "done")


def test_undo_takes_it_back_before_anything_went_out_and_it_can_be_decided_anew(held, marketer, worker, desk):
    page = held.press("Undo (10 s)")
    assert "Taken back: nothing was sent." in page.text
    window_ends(desk)
    work_off(worker)
    assert states(desk) == []
    assert (work_of(desk).state, act_of(desk, "links.Batch").state) == ("undone", "withdrawn")
    assert act_of(desk, "jobs.Undo").outcome == "done"
    again = marketer.get(held.path)
    assert again.press(again.dom.select_one("#main form button").get_text(strip=True)).status < 400


def test_undo_comes_too_late_once_it_went_out(held, marketer, worker, desk):
    window_ends(desk)
    work_off(worker)
    page = marketer.post(f"/jobs/{work_of(desk).key}/undo", {})
    assert "too late" in page.text
    assert set(states(desk)) == {"made"}


def test_the_outbox_lists_what_waits_with_who_and_how_much(held, marketer, viewer, desk):
    row = marketer.get("/jobs/outbox").row("Create short links")
    assert row[1:4] == ["Goes out soon", "Marketer", "2"]
    assert "Undo" not in viewer.get("/jobs/outbox").row("Create short links")[-1]
    assert "Goes out soon" in marketer.get("/jobs/tray").text
    marketer.get("/jobs/outbox").press("Undo (10 s)")
    assert "Nothing waits" in marketer.get("/jobs/outbox").text


@pytest.mark.parametrize("role", ["viewer", "support"])
def test_only_who_may_do_the_work_takes_it_back(held, someone, desk, role):
    assert someone(role).post(f"/jobs/{work_of(desk).key}/undo", {}).status == 403
    assert act_of(desk, "links.Batch").state == "held"


def test_a_brake_freezes_the_window_and_lifting_it_gives_back_what_was_left(held, worker, desk):
    with desk.writing() as db:
        brake = brakes.put(db, Brake(kind="read_only", reason="Stop", person="Admin"))
        began, until = brake.at, db.scalars(select(Act).where(Act.what == "links.Batch")).one().until
    window_ends(desk)
    work_off(worker)
    assert work_of(desk).state == "held"
    with desk.writing() as db:
        brakes.lift(db, brake.id)
    assert work_of(desk).due - now() <= until - began
    assert work_of(desk).due > until
    window_ends(desk)
    work_off(worker)
    assert set(states(desk)) == {"made"}


def test_who_lost_the_role_meanwhile_has_nothing_sent(held, admin, worker, desk):
    with desk.writing() as db:
        db.scalars(select(Person).where(Person.email == "marketer@desk46.test")).one().role = "viewer"
    window_ends(desk)
    work_off(worker)
    assert (work_of(desk).state, act_of(desk, "links.Batch").state) == ("stopped", "held")
    assert admin.get("/jobs/outbox").press("Undo (0 s)").status == 200
    assert (work_of(desk).state, act_of(desk, "links.Batch").state) == ("undone", "withdrawn")


def test_a_single_link_has_no_window(windows, marketer, desk):
    page = marketer.get("/links/shorten-many").press("Shorten the links", lines=f"{PAGE}/1")
    assert "Nothing has gone out yet" not in page.text
    assert states(desk) == ["made"]


def test_a_report_of_an_address_waits_and_the_next_page_has_its_undo(windows, agent, worker, desk):
    page = agent.get("/subscriptions/report").press("Look first", email=ELLA)
    said = {"event": "complained", "reason": "She called", "typed": ELLA}
    next_page = page.press("Report it to REES46", **said)
    assert "Report of an address: nothing has gone out yet" in next_page.messages
    assert "Every kind may be sent." in next_page.text
    assert "nothing was done a second time" in page.press("Report it to REES46", **said).text
    window_ends(desk)
    work_off(worker)
    assert "Suppressed: after a complaint" in agent.get(next_page.path).text
    assert (act_of(desk, "subscriptions.Callback").outcome, work_of(desk).state) == ("done", "done")


def test_a_report_that_is_taken_back_was_never_sent(windows, agent, worker, desk):
    page = agent.get("/subscriptions/report").press("Look first", email=ELLA)
    page = page.press("Report it to REES46", event="complained", reason="She called", typed=ELLA).press("Undo (10 s)")
    window_ends(desk)
    work_off(worker)
    assert "Every kind may be sent." in agent.get(page.path).text
    assert act_of(desk, "subscriptions.Callback").outcome == "withdrawn"


@pytest.mark.parametrize("is_undone", [False, True])
def test_a_single_message_waits_where_its_person_wants_it(windows, marketer, worker, desk, is_undone):
    page = marketer.get("/messages/new?kind=sms").press("Look at what will be sent", code="courier", phone=PHONE)
    page = page.press("Send the SMS")
    assert "It waits to be sent" in page.text
    if is_undone:
        assert "It was taken back" in page.press("Undo (10 s)").text
    window_ends(desk)
    work_off(worker)
    assert ("REES46 took it" in marketer.get(page.path).text) != is_undone
    assert act_of(desk, "messages.Sms").outcome == ("withdrawn" if is_undone else "done")


def test_a_single_message_that_got_no_answer_is_unknown_and_never_sent_again(windows, app, marketer, worker, desk):
    page = marketer.get("/messages/new?kind=sms").press("Look at what will be sent", code="courier", phone=PHONE)
    page = page.press("Send the SMS")
    silent = trouble(app, Silent(), only="sms")
    window_ends(desk)
    work_off(worker)
    assert len(silent.calls) == 1
    assert "Nobody knows whether it was sent" in marketer.get(page.path).text
    assert work_of(desk).state == "done"


def test_an_import_goes_back_to_its_review(windows, marketer, worker, desk):
    page = marketer.get("/imports/new").press("Read it", text="new@example.com")
    page = page.press("Check the rows") if page.path.endswith("/columns") else page
    page = page.press("Import 1 customer")
    assert "Nothing has gone out yet" in page.text
    page = page.press("Undo (10 s)")
    assert "What will happen" in page.text
    page.press("Import 1 customer")
    window_ends(desk)
    work_off(worker)
    assert "REES46 accepted 1 customer" in marketer.get(page.path).text
    assert "1 of 1" in marketer.get("/trail/").row("Let an import run")[4]


def test_a_person_chooses_their_window_in_the_account(agent, desk):
    page = agent.get("/account/").press("Save preferences", undo_seconds="61")
    assert page.status == 422
    assert "Between 0 and 60 seconds." in page.text
    agent.get("/account/").press("Save preferences", undo_seconds="25", undo_seconds_single="3")
    with desk.reading() as db:
        person = db.scalars(select(Person).where(Person.email == "support@desk46.test")).one()
    assert (person.undo_seconds, person.undo_seconds_single) == (25, 3)


def test_the_trail_has_long_work_once_and_its_parts_behind_it(left, marketer, worker, desk):
    work_off(worker)
    trail = marketer.get("/trail/")
    assert trail.row("Created many short links")[4] == "101 of 101"
    assert "Shortened links" not in {row[0] for row in trail.rows()}
    act = act_of(desk, "links.Batch")
    parts = marketer.get(f"/trail/{act.id}/parts")
    assert parts.text.count("Shortened links") == 2
    part = marketer.get(f"/trail/{act_of(desk, 'links.Create').id}")
    assert "A part of: Created many short links" in part.text
    assert act.ended
