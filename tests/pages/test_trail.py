"""The audit trail: every act, how it ended, and what nobody knows."""

import json
from datetime import datetime

import pytest

from app.store.acts import Act
from app.store.exchanges import Exchange
from tests.adapters import Answering, Dead, Silent, trouble
from tests.page import filled
from tests.schedules import run


def acts_of(desk):
    with desk.reading() as db:
        return list(db.query(Act).order_by(Act.id))


def fetch(marketer, desk, app, adapter=None):
    """Repeat a promo code fetch from the request log; gives the page one ends up on."""
    with desk.writing() as db:
        db.add(
            Exchange(
                key="abc",
                shop_id=1,
                operation="promo_codes.Fetch",
                method="GET",
                path="/promo_codes/fetch",
                asked='{"id": "3184", "did": "somebody"}',
                curl="curl",
                status=200,
                outcome="done",
                milliseconds=1,
                answer="{}",
            )
        )
    page = marketer.get("/requests/abc")
    if adapter:
        trouble(app, adapter)
    return page.press("Send promo_codes.Fetch again", sure="y", reason="a test")


def test_an_act_is_kept_with_who_what_why_and_how_it_ended(app, desk, marketer):
    fetch(marketer, desk, app)
    act = acts_of(desk)[-1]
    assert (act.person, act.what, act.outcome, act.reason) == ("Marketer", "promo_codes.Fetch", "done", "a test")
    page = marketer.get("/trail/").follow("Handed out a promo code")
    assert "Done" in page.text
    assert "curl" in page.text


@pytest.mark.parametrize(
    ("adapter", "outcome", "said"),
    [
        (Answering(404, b'{"message":"List is empty"}'), "refused", "List is empty"),
        (Dead(), "failed", "Nothing was changed."),
        (Silent(), "unknown", "We do not know whether it was changed."),
        (Answering(200, b"<html>"), "unknown", "We do not know whether it was changed."),
        (Answering(503, b""), "unknown", "We do not know whether it was changed."),
        (Answering(504, b"<html>"), "unknown", "We do not know whether it was changed."),
        (Answering(408, b""), "unknown", "We do not know whether it was changed."),
    ],
    ids=["refused", "dead", "silent", "garbled", "down", "late", "gave up"],
)
def test_what_was_refused_and_what_nobody_knows_is_kept_too(app, desk, marketer, adapter, outcome, said):
    page = fetch(marketer, desk, app, adapter)
    assert said in page.text
    assert acts_of(desk)[-1].outcome == outcome


def test_an_unknown_outcome_is_settled_by_a_person_once(app, desk, marketer, agent):
    fetch(marketer, desk, app, Silent())
    number = acts_of(desk)[-1].id
    page = agent.get(f"/trail/{number}")
    assert "Nobody knows whether this happened" in page.text
    page = page.press("Settle it", outcome="done", note="The customer has the code")
    assert "The customer has the code" in page.text
    settled, settling = acts_of(desk)[-2:]
    assert settled.settled["by"] == "Support"
    assert (settling.what, settling.settles, settling.shop_id, settling.person, settling.reason) == (
        "trail.Settle",
        number,
        1,
        "Support",
        "The customer has the code",
    )
    assert page.follow(f"Act {settling.id}").follow("See the act that was settled").path == f"/trail/{number}"
    answer = agent.post(f"/trail/{number}", {"outcome": "failed", "note": "no"})
    assert answer.status == 409
    assert [act.outcome for act in acts_of(desk)[-2:]] == ["done", "done"]
    assert acts_of(desk)[-2].state == "settled"


def test_a_viewer_reads_the_trail_and_settles_nothing(app, desk, marketer, viewer):
    fetch(marketer, desk, app, Silent())
    number = acts_of(desk)[-1].id
    page = viewer.get(f"/trail/{number}")
    assert "Settle it" not in page.html
    assert viewer.post(f"/trail/{number}", {"outcome": "done", "note": "x"}).status == 403


def test_a_second_click_leads_to_what_the_first_one_did(app, desk, marketer):
    fetch(marketer, desk, app)
    form, _ = marketer.get("/requests/abc").form("Send promo_codes.Fetch again")
    data = filled(form) | {"sure": "y"}
    first = marketer.post("/requests/abc", data)
    second = marketer.post("/requests/abc", data)
    assert first.h1 == "Request log"
    assert second.h1 == "Handed out a promo code"
    assert len(acts_of(desk)) == 2


def test_the_filters_stand_in_the_url_and_say_when_they_hide_everything(app, desk, marketer):
    fetch(marketer, desk, app)
    assert "Handed out a promo code" in marketer.get("/trail/?what=promo_codes.Fetch&outcome=done").text
    assert "Nothing matches these filters" in marketer.get("/trail/?outcome=refused").text
    assert marketer.get("/trail/?person=x&before=y&after=-1&what=" + "w" * 5000).status == 200


def test_fifty_rows_a_page_and_the_way_back(desk, admin):
    with desk.writing() as db:
        db.add_all([Act(person="Olga", what="people.Add", state="done", message=f"number {n}") for n in range(120)])
    page = admin.get("/trail/")
    assert len(page.rows()) == 50
    second = page.follow("Older")
    third = second.follow("Older")
    assert len(third.rows()) == 20
    assert [row[-1] for row in third.follow("Newer").rows()] == [row[-1] for row in second.rows()]


def test_an_act_of_another_shop_is_not_there_and_its_own_address_leads_to_it(app, desk, marketer):
    fetch(marketer, desk, app)
    number = acts_of(desk)[-1].id
    marketer.post("/shops/switch", {"shop": "2"})
    assert marketer.get(f"/s/second/trail/{number}").status == 404
    assert marketer.post(f"/s/second/trail/{number}", {"outcome": "done", "note": "x"}).status == 404
    assert acts_of(desk)[-1].id == number
    assert marketer.get(f"/s/demo/trail/{number}").status == 200


def test_the_list_says_to_whom_and_an_act_is_chosen_by_its_name(app, desk, agent):
    key = agent.post("/customers/find", {"who": "anna.kowalska@example.com"}).path.split("/")[-1]
    agent.get(f"/communications/of/{key}").press("Log it", comment="She asked for the bell", channel="phone")
    page = agent.get("/trail/")
    assert "Anna Kowalska" in page.row("Logged a communication")
    options = {option.text: option.get("value") for option in page.tree.cssselect("select[name=what] option")}
    assert options["Logged a communication"] == "communications.Save"
    narrowed = agent.get("/trail/?what=communications.Save&outcome=done")
    assert len(narrowed.rows()) == 1
    assert narrowed.link("Without “Act: Logged a communication”") == "/s/demo/trail/?outcome=done"


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("since=2026-11-02", 1),
        ("until=2026-11-01", 2),
        ("since=2026-11-01&until=2026-11-01", 1),
        ("since=2026-11-03", 0),
        ("since=nonsense&until=31.12.2026", 3),
        ("since=0001-01-01&until=9999-12-31", 3),
    ],
)
def test_the_trail_is_narrowed_to_days(desk, viewer, query, number):
    with desk.writing() as db:
        for day in ("2026-10-31T23:59", "2026-11-01T00:00", "2026-11-02T12:00"):
            db.add(Act(person="Olga", what="people.Add", state="done", at=datetime.fromisoformat(day)))
    page = viewer.get(f"/trail/?{query}")
    assert page.status == 200
    assert len(page.rows()) == number


def test_the_trail_is_had_as_a_file_with_the_same_rows(desk, viewer):
    with desk.writing() as db:
        db.add_all([Act(person="=cmd()", what="people.Add", state="done", message=f"number {n}") for n in range(60)])
    page = viewer.get(viewer.get("/trail/").link("As a file"))
    lines = page.html.splitlines()
    assert len(lines) == 61
    assert lines[0].startswith("\ufeffAct,Customer,Who")
    assert "'=cmd()" in lines[1]
    assert "<" not in page.html


class TestSeals:
    def test_an_administrator_checks_the_trail_on_a_page(self, app, desk, admin, marketer):
        fetch(marketer, desk, app)
        with desk.writing() as db:
            db.query(Act).update({"at": datetime(2026, 1, 1)})  # noqa: DTZ001  # as the database keeps moments
        run("trail.seal", app)
        page = admin.get("/trail/").follow("Check the seals").press("Check the whole trail")
        assert "The trail is as it was sealed" in page.text
        with desk.writing() as db:
            db.query(Act).update({"person": "Somebody else"})
        page = admin.get("/trail/seals").press("Check the whole trail")
        assert "The trail is not as it was sealed" in page.text
        assert "(person)" in page.text

    def test_nobody_else_does(self, marketer):
        assert marketer.get("/trail/seals").status == 403
        assert "Check the seals" not in marketer.get("/trail/").text

    def test_a_trail_that_is_long_is_left_to_the_command(self, admin, monkeypatch):
        monkeypatch.setattr("app.store.trail_check.MOST_ON_A_PAGE", -1)
        page = admin.get("/trail/seals").press("Check the whole trail")
        assert page.status == 422
        assert "--verify-trail" in page.text

    def test_the_trail_is_had_as_lines_of_json(self, app, desk, marketer):
        fetch(marketer, desk, app)
        answer = marketer.client.get("/trail/lines")
        lines = [json.loads(line) for line in answer.get_data(as_text=True).splitlines()]
        assert [(line["what"], line["person"], line["outcome"]) for line in lines] == [
            ("promo_codes.Fetch", "Marketer", "done")
        ]
