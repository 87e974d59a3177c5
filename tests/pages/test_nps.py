"""NPS: the score and its buckets, by channel and category, over the days, detractors, and saving a review."""

import json
from datetime import date, timedelta

import pytest

from app.pages.nps.scores import Score
from app.store import daily
from app.store.acts import Act
from tests.adapters import Answering, Dead, trouble

ANNA = "anna.kowalska@example.com"


def review(number, rate, channel="email", category="delivery", **more):
    return {"id": number, "rate": rate, "channel": channel, "category": category, "client_id": number, **more}


def told(app, *reviews):
    return trouble(app, Answering(body=json.dumps(list(reviews)).encode()), "/nps/reviews")


@pytest.mark.parametrize(
    ("rates", "value"),
    [
        ([9] * 10, 100),
        ([0] * 10, -100),
        ([10] * 5 + [6] * 5, 0),
        ([9] * 6 + [7] * 2 + [6] * 2, 40),
        ([9] * 9, None),
        ([], None),
    ],
)
def test_a_score_is_promoters_less_detractors(rates, value):
    score = Score()
    for rate in rates:
        score.count(rate)
    assert score.value == value


def test_the_report_splits_answers_and_says_the_rule(app, viewer):
    told(app, *(review(number, rate) for number, rate in enumerate([10] * 6 + [8] * 2 + [3] * 2)))
    page = viewer.get("/nps/")
    for words in ("40", "6 promoters (9 and 10), 60 %", "2 passives (7 and 8), 20 %", "2 detractors (0 to 6), 20 %"):
        assert words in page.text


def test_no_score_is_given_under_ten_answers(app, viewer):
    told(app, *(review(number, 9, channel="pos" if number else "email") for number in range(11)))
    page = viewer.get("/nps/")
    assert page.row("E-mail")[1].split() == ["–", "of", "1"]
    assert page.row("Till in the store")[1].split() == ["100", "of", "10"]


def test_a_thousand_reviews_are_called_cut(app, viewer):
    told(app, *(review(number, 9) for number in range(1000)))
    assert "the oldest are left out" in viewer.get("/nps/").text


def test_the_days_say_which_are_complete(app, viewer, desk):
    told(app, review(1, 9))
    today = date.today()  # noqa: DTZ011  # the zone of the tests is UTC
    with desk.writing() as db:
        for ago in range(1, 9):
            day = today - timedelta(days=ago)
            daily.keep(db, 1, daily.REVIEWS, daily.Reading(day, {"promoter": 2}, 2, is_whole=ago > 1))
    page = viewer.get("/nps/")
    states = [row[2] for row in page.rows("#days table")[-28:]]
    assert states[:3] == ["not read", "may still grow", "complete"]
    assert "100" in page.tree.cssselect("#nps-days")[0].text_content()


def test_a_detractor_is_taken_answered_and_waits_again(app, agent, desk):
    told(app, review(7, 2, comment="Nobody answers the phone."), review(8, 10))
    page = agent.get("/nps/")
    assert "Nobody answers the phone." in page.text
    taken = page.press("Take it")
    assert "Taken: Support" in taken.text
    assert "Nobody answers the phone." in agent.get("/nps/?shown=mine").text
    answered = taken.press("Dealt with", within="#detractors")
    assert "Nobody waits for an answer." in answered.text
    again = agent.get("/nps/?shown=answered").press("Let it wait again")
    assert "Nobody answers the phone." in again.text
    with desk.reading() as db:
        assert [act.after["state"] for act in db.query(Act).filter_by(what="nps.FollowUp")] == [
            "taken",
            "answered",
            "open",
        ]


@pytest.mark.parametrize(("role", "is_seen"), [("support", True), ("marketer", False)])
def test_who_gave_a_bad_review_is_masked_by_role(app, settings, someone, role, is_seen):
    app.extensions["settings"] = settings.model_copy(update={"masked": "viewer,marketer"})
    told(app, review(7, 2, email="zoe@x.example"))
    page = someone(role).get("/nps/")
    assert ("zoe@x.example" in page.html) is is_seen
    assert page.tree.cssselect("#detractors a[href*='/customers/']")


def test_a_review_is_saved_and_seen(agent):
    page = agent.get("/nps/add")
    assert "changes the first" in page.text
    done = page.press("Save the review", who=ANNA, channel="email", category="delivery", rate="1", comment="Late again")
    assert "The review is saved." in done.messages
    assert "Late again" in done.text


def test_changing_todays_review_is_said(app, agent, desk):
    told(app, review(7, 9, email=ANNA))
    done = agent.get("/nps/add").press("Save the review", who=ANNA, channel="email", category="delivery", rate="3")
    assert "9 became 3" in done.messages
    with desk.reading() as db:
        assert db.query(Act).filter_by(what="nps.Create").one().before == {"rate": 9}


@pytest.mark.parametrize(
    ("field", "value"), [("rate", "11"), ("rate", "-1"), ("rate", "x"), ("who", ""), ("channel", "x")]
)
def test_what_is_no_review_is_refused_at_its_field(agent, desk, field, value):
    data = {"who": ANNA, "channel": "email", "category": "delivery", "rate": "5"} | {field: value}
    page = agent.post("/nps/add", data)
    assert page.status == 422
    assert page.errors
    with desk.reading() as db:
        assert db.query(Act).count() == 0


def test_a_viewer_follows_nothing_up(app, viewer):
    told(app, review(7, 2))
    assert "Take it" not in viewer.get("/nps/").text
    assert viewer.post("/nps/follow-up", {"thing": "7", "state": "taken"}).status == 403


def test_without_an_answer_the_page_stands(app, viewer):
    trouble(app, Dead(), "/nps/")
    assert viewer.get("/nps/").status == 502
