"""Bonuses for events: given with a reason, seen, and taken back; certificates."""

import pytest
from sqlalchemy import select

from app.engine.store.loyalty_certificates import Certificate
from app.store.acts import Act
from app.store.exchanges import Exchange
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


# Certificates


def address_of_one(agent):
    return agent.get(f"/bonuses/of/{key_of(agent)}").tree.cssselect("#certificates a")[0].get("href")


SPENDABLE = "can be spent"


def status_on(page):
    return page.tree.cssselect("#certificate dd")[0].text_content().strip()


def test_a_certificate_is_made_activated_blocked_unblocked_and_ended(agent, desk):
    page = agent.get(f"/bonuses/of/{key_of(agent)}")
    page = page.press("Make it", code="GIFT5000", why="For the trouble", at_once="")
    assert "Activate it, so that it can be spent." in page.messages
    page = agent.get(page.tree.cssselect("#certificates a")[-1].get("href"))
    for verb, status in (("activate", SPENDABLE), ("block", "blocked for now"), ("unblock", SPENDABLE)):
        page = page.press("Do it", verb=verb, why="Asked for")
        assert status_on(page) == status
    unsure = page.press("Do it", verb="deactivate", why="Lost")
    assert unsure.status == 422
    assert "nobody can activate it again" in unsure.text
    page = page.press("Do it", verb="deactivate", why="Lost", sure="y")
    assert status_on(page) == "ended for ever"
    assert not page.tree.cssselect("#change")
    with desk.reading() as db:
        acts = [(act.what.rpartition(".")[2], act.reason, act.outcome) for act in db.query(Act).order_by(Act.id)]
    verbs = ["Activate", "Block", "Unblock"]
    assert acts == [
        ("Create", "For the trouble", "done"),
        *((verb, "Asked for", "done") for verb in verbs),
        ("Deactivate", "Lost", "done"),
    ]


def test_a_certificate_that_is_made_can_be_spent_at_once(agent, desk):
    page = agent.get(f"/bonuses/of/{key_of(agent)}").press("Make it", code="GIFT5000", nominal="700", why="Sorry")
    assert "can be spent" in page.messages
    assert f"700 · {SPENDABLE}" in page.text
    with desk.reading() as db:
        made, activated = db.query(Act).order_by(Act.id)
    assert (made.outcome, activated.outcome, activated.reason) == ("done", "done", "Sorry")


def test_a_certificate_of_no_pool_or_worth_more_than_its_pool_allows_is_refused_with_all_that_was_typed(agent):
    page = agent.get(f"/bonuses/of/{key_of(agent)}")
    for wrong in ({"code": "NO-POOL"}, {"nominal": "90000"}, {"nominal": "-1"}, {"nominal": "1e999"}):
        shown = page.press("Make it", **({"code": "GIFT5000", "nominal": "700", "why": "Sorry"} | wrong))
        assert shown.status == 422
        assert shown.tree.cssselect("#certificate-why")[0].get("value") == "Sorry"


def test_the_code_of_a_certificate_stands_in_no_address_trail_or_request_log(agent, desk, box):
    with box.extensions["db"].reading() as there:
        codes = set(there.scalars(select(Certificate.code)))
    page = agent.get(address_of_one(agent))
    assert not any(code in page.text or code in page.path for code in codes)
    page.press("Do it", verb=page.tree.cssselect("[name=verb]")[0].get("value"), why="x")
    with desk.reading() as db:
        (act,) = db.query(Act)
        asked = [str(one.asked) for one in db.query(Exchange).filter(Exchange.act_id == act.id)]
    assert asked
    assert not any(code in text for code in codes for text in (str(act.asked), *asked))


def test_a_certificate_of_somebody_else_is_not_there(agent):
    other = address_of_one(agent).replace(key_of(agent), key_of(agent, "79990000002"))
    assert agent.get(other).status == 404


@pytest.mark.parametrize("wrong", [{"verb": "unblock"}, {"verb": "x"}, {"verb": ""}, {"why": ""}])
def test_what_its_status_does_not_allow_is_refused_before_it_is_sent(agent, desk, wrong):
    data = {"verb": "block", "why": "x"} | wrong
    assert agent.post(address_of_one(agent), data).status == 422
    with desk.reading() as db:
        assert db.query(Act).count() == 0


def test_a_form_that_takes_bonuses_back_shows_what_was_typed_where_none_are_listed(app, agent):
    key = key_of(agent)
    trouble(app, Answering(404, b""), "/loyalty/")
    page = agent.post(f"/bonuses/of/{key}/cancel", {"transaction_id": "x", "why": "Typed for nothing"})
    assert page.status == 422
    assert "Typed for nothing" in [one.get("value") for one in page.tree.cssselect("#cancel-why")]
