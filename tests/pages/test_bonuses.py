"""Bonuses for events: given with a reason, seen, and taken back; certificates."""

import pytest

from app.store.acts import Act
from tests.adapters import Answering, Silent, trouble

ANNA = "anna.kowalska@example.com"


def key_of(visitor, who=ANNA):
    return visitor.post("/customers/find", {"who": who}).path.rpartition("/")[2]


def test_bonuses_are_given_once_seen_and_taken_back(agent, desk):
    path = f"/bonuses/of/{key_of(agent)}"
    done = agent.get(path).press("Give them", event="sorry_for_delay", amount="150", why="Parcel was late")
    assert "takes it back" in done.messages
    row = done.row("sorry_for_delay")
    assert row[1] == "150"
    again = done.press("Give them", event="sorry_for_delay", amount="150", why="Twice")
    assert "already rewarded" in again.text
    gone = done.press("Take them back", transaction_id=row[3], why="Was not late")
    assert "Taken back" in gone.messages
    assert "can be taken back" not in gone.row("sorry_for_delay")[0]
    with desk.reading() as db:
        acts = [(act.what, act.reason, act.outcome) for act in db.query(Act).order_by(Act.id)]
    assert acts == [
        ("loyalty_bonuses.Reward", "Parcel was late", "done"),
        ("loyalty_bonuses.Reward", "Twice", "refused"),
        ("loyalty_bonuses.Cancel", "Was not late", "done"),
    ]


@pytest.mark.parametrize("wrong", [{"event": "за задержку"}, {"amount": "0"}, {"amount": "x"}, {"why": ""}])
def test_what_is_no_gift_is_refused_at_its_field(agent, desk, wrong):
    data = {"event": "gift", "amount": "5", "why": "x"} | wrong
    page = agent.post(f"/bonuses/of/{key_of(agent)}/reward", data)
    assert page.status == 422
    with desk.reading() as db:
        assert db.query(Act).count() == 0


def test_an_answer_that_never_came_is_unknown_and_given_no_second_time(app, agent, desk):
    page = agent.get(f"/bonuses/of/{key_of(agent)}")
    trouble(app, Silent(), "/event_bonus", "POST")
    lost = page.press("Give them", event="gift", amount="5", why="x")
    assert lost.status == 502
    assert page.press("Give them", event="gift", amount="5", why="x").status == 409
    with desk.reading() as db:
        assert [act.outcome for act in db.query(Act)] == ["unknown"]


def test_certificates_show_the_end_of_their_code(agent):
    page = agent.get(f"/bonuses/of/{key_of(agent)}")
    assert page.tree.cssselect("#certificates .mono")[0].text_content().startswith("•••")


def test_who_has_no_number_sees_why(agent):
    assert "No phone number" in agent.get(f"/bonuses/of/{key_of(agent, 'nora.new@example.com')}").text


def test_what_is_not_offered_leaves_the_page(app, agent):
    key = key_of(agent)
    trouble(app, Answering(404, b""), "/loyalty/")
    page = agent.get(f"/bonuses/of/{key}")
    assert page.status == 200
    assert "REES46 did not say what was given." in page.text


def test_a_viewer_gives_nothing(viewer):
    key = key_of(viewer)
    assert "Give them" not in viewer.get(f"/bonuses/of/{key}").text
    assert viewer.post(f"/bonuses/of/{key}/reward", {"event": "x", "amount": "1", "why": "x"}).status == 403
