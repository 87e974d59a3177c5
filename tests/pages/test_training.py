"""Training: an administrator lets REES46 go wrong in a test shop, and everybody there sees how the desk bears it."""

import pytest

from app.store import shops
from app.store.acts import Act


def begin(admin, mood, calls="*"):
    return admin.get("/training/").press("Begin", mood=mood, calls=calls)


@pytest.mark.usefixtures("stage")
def test_a_training_begins_goes_on_for_everybody_and_ends(admin, agent, desk):
    page = begin(admin, "refusing", "profile.*")
    assert page.row("Refusing")[1:3] == ["Profiles", "0"]
    assert agent.get("/segments/").status == 200
    seen = agent.post("/customers/find", {"who": "anna.kowalska@example.com"})
    assert "status 503" in seen.text
    assert page.press("Let REES46 be well again").messages == "REES46 is well again."
    assert "Anna" in agent.post("/customers/find", {"who": "anna.kowalska@example.com"}).text
    with desk.reading() as db:
        told = [(act.what, act.state) for act in db.query(Act).filter(Act.what.like("training.%")).order_by(Act.id)]
    assert told == [("training.Start", "done"), ("training.End", "done")]


@pytest.mark.parametrize("mood", ["slow", "refusing", "busy", "silent", "lost", "garbled"])
def test_each_mood_is_said_in_its_own_words(admin, stage, mood):
    label = str(next(row for row in begin(admin, mood).rows("#now table"))[0])
    form, _button = admin.get("/training/").form("Begin")
    assert label in form.text_content()
    (fault,) = stage.faults()
    assert (fault.left, fault.until is None, fault.operation) == (None, False, "*")


@pytest.mark.usefixtures("stage")
def test_what_is_chosen_wrongly_is_said(admin):
    page = admin.post("/training/", {"calls": "*", "minutes": "1"})
    assert (page.status, "Choose one of the list." in page.text) == (422, True)
    assert admin.post("/training/", {"mood": "slow", "calls": "x", "minutes": "999"}).status == 422


def test_a_box_that_takes_no_orders_says_so(admin):
    page = admin.get("/training/")
    assert "DESK46_BOX_CONTROL=true" in page.text
    assert page.tree.cssselect("main form") == []
    assert admin.post("/training/", {"mood": "slow", "calls": "*", "minutes": "1"}).status >= 400


def test_a_live_shop_is_never_trained_in(admin, desk, stage):
    with desk.writing() as db:
        db.get_one(shops.Shop, 1).kind = "live"
    assert "Only in test shops" in admin.get("/training/").text
    assert admin.post("/training/", {"mood": "slow", "calls": "*", "minutes": "1"}).status == 404
    assert admin.post("/training/end").status == 404
    assert stage.faults() == []


def test_only_administrators_train(marketer, agent):
    for visitor in (marketer, agent):
        assert visitor.get("/training/").status == 403
        assert visitor.post("/training/", {"mood": "slow"}).status == 403
