"""Editing a profile: what changes is shown first, only that is sent, and it is read back."""

import json

import pytest
from sqlalchemy import select

from app.rees46.client import Client
from app.rees46.inprocess import BOX_URL
from app.rees46.profile import Read, Set
from app.store.acts import Act
from app.store.exchanges import Exchange
from tests.adapters import Answering, Silent, trouble

ANNA = "anna.kowalska@example.com"


@pytest.fixture
def rees46(app):
    """REES46 itself, as another system would use it."""
    return Client(BOX_URL, "demo", "demo-secret", session=app.extensions["rees46_session"])


@pytest.fixture
def form(agent):
    """The form of Anna's profile."""
    return agent.post("/customers/find", {"who": ANNA}).follow("Edit")


def test_the_form_holds_what_is_known(form):
    said = {one["name"]: one.get("value") for one in form.dom.select("main input")}
    assert said["first_name"] == "Anna"
    assert said["birthday"] == "1988-04-17"
    assert said["loyalty_bonuses"] == "1240"
    assert "club" in said.values()


def test_before_and_after_are_shown_before_anything_is_sent(form, rees46):
    page = form.press("Look it over", last_name="Nowak", loyalty_bonuses="1300")
    assert page.h1 == "2 changes for Anna Kowalska"
    assert page.row("Last name") == ["Last name", "Kowalska", "Nowak"]
    assert page.row("Bonuses") == ["Bonuses", "1240", "1300"]
    assert rees46.send(Read(email=ANNA)).last_name == "Kowalska"


def test_only_what_changed_is_sent_and_it_is_read_back(form, rees46, desk):
    page = form.press("Look it over", last_name="Nowak").press("Save 1 change", reason="She married")
    assert page.h1 == "Anna Nowak"
    assert "Saved: Last name. Read back and confirmed." in page.messages
    assert rees46.send(Read(email=ANNA)).last_name == "Nowak"
    act = last_act(desk)
    assert act.asked == {"email": ANNA, "last_name": "Nowak"}
    assert (act.before, act.after) == ({"last_name": "Kowalska"}, {"last_name": "Nowak"})
    assert (act.reason, act.outcome, act.what) == ("She married", "done", "profile.Set")


def test_the_call_is_shown_after_it(form):
    page = form.press("Look it over", last_name="Nowak").press("Save 1 change")
    assert "/profile/set" in page.text
    assert "$REES46_SECRET" in page.text


def test_nothing_changed_sends_nothing(form, desk):
    page = form.press("Look it over")
    assert page.status == 422
    assert "Nothing is changed" in page.errors[0]
    assert last_act(desk) is None


def test_a_field_cannot_be_emptied_and_the_page_says_so(form):
    page = form.press("Look it over", first_name="", location="")
    assert page.status == 422
    assert "First name, Location" in page.errors[0]


def test_somebody_elses_change_of_the_same_field_is_shown(form, rees46):
    rees46.send(Set(email=ANNA, last_name="Wiśniewska"))
    page = form.press("Look it over", last_name="Nowak")
    assert "you saw “Kowalska”, now it is “Wiśniewska”" in page.text
    assert page.row("Last name") == ["Last name", "Wiśniewska", "Nowak"]


def test_somebody_elses_change_of_another_field_is_left_alone(form, rees46):
    rees46.send(Set(email=ANNA, first_name="Anne"))
    page = form.press("Look it over", last_name="Nowak").press("Save 1 change")
    assert page.h1 == "Anne Nowak"


def test_a_change_during_the_review_stops_the_save(form, rees46):
    review = form.press("Look it over", last_name="Nowak")
    rees46.send(Set(email=ANNA, last_name="Wiśniewska"))
    page = review.press("Save 1 change")
    assert "Nothing was sent" in page.text
    assert rees46.send(Read(email=ANNA)).last_name == "Wiśniewska"
    assert page.press("Save 1 change").h1 == "Anna Nowak"


def test_a_change_that_somebody_made_already_is_none(form, rees46):
    rees46.send(Set(email=ANNA, last_name="Nowak"))
    assert "Nothing is changed" in form.press("Look it over", last_name="Nowak").errors[0]


def test_going_back_to_the_form_keeps_what_was_typed(form):
    page = form.press("Look it over", last_name="Nowak").press("Back to the form")
    assert page.dom.find("input", {"name": "last_name"})["value"] == "Nowak"
    assert page.press("Look it over").row("Last name") == ["Last name", "Kowalska", "Nowak"]


def test_custom_properties_are_changed_and_added(form, rees46):
    names = {one["value"]: one["name"] for one in form.dom.select("main input[readonly]") if one.get("value")}
    club = names["club"].replace("-name", "-value")
    blank = blank_property(form)
    more = {blank: "helmet", blank.replace("-name", "-value"): "L"}
    page = form.press("Look it over", **{club: "Camden Riders"}, **more)
    assert page.row("club") == ["club", "Hackney Wheelers", "Camden Riders"]
    assert page.row("helmet") == ["helmet", "not set", "L"]
    page.press("Save 2 changes")
    known = rees46.send(Read(email=ANNA)).custom_properties
    assert (known["club"], known["helmet"], known["visits"]) == ("Camden Riders", "L", 41)


def test_one_more_row_keeps_what_was_typed(form):
    page = form.press("One more property", last_name="Nowak")
    assert page.status == 200
    assert page.dom.find("input", {"name": "last_name"})["value"] == "Nowak"
    assert (
        len(page.dom.select("#custom-fields .entries > li")) == len(form.dom.select("#custom-fields .entries > li")) + 1
    )


def test_a_property_cannot_take_the_name_of_something_else(form):
    blank = blank_property(form)
    for name in ("email", "shop_secret", "did", "first_name"):
        page = form.press("Look it over", **{blank: name, blank.replace("-name", "-value"): "x"})
        assert page.status == 422
        assert "keeps this name for itself" in page.text, name


def test_children_are_replaced_blindly_and_the_page_says_so(form, agent):
    page = form.press("Look it over", **{"kids-0-gender": "f", "kids-0-birthday": "2020-01-31"})
    assert page.row("Children")[1] == "REES46 does not show it"
    page = page.press("Save 1 change")
    assert "Saved: Children." in page.messages
    assert "confirmed" not in page.messages


def test_a_phone_is_added_in_any_format(agent, rees46):
    form = agent.post("/customers/find", {"who": "ella.email@example.com"}).follow("Edit")
    page = form.press("Look it over", phone="8 (999) 123-45-67")
    assert page.row("Phone") == ["Phone", "not set", "+7 999 123-45-67"]
    page.press("Save 1 change")
    assert rees46.send(Read(email="ella.email@example.com")).phone == "79991234567"


def test_a_contact_of_somebody_else_is_not_sent(form, rees46, desk):
    page = form.press("Look it over", phone="8 999 000 00 02")
    assert "somebody else's already" in page.text
    assert "Вера Соколова" in page.text
    with pytest.raises(AssertionError, match="no button"):
        page.press("Save 1 change")
    page.visitor.post(
        page.path, {"step": "save", "phone": "79990000002", "seen": "{}", "shown": '{"phone": "447700900101"}'}
    )
    assert rees46.send(Read(email=ANNA)).phone == "447700900101"
    assert last_act(desk) is None


def test_the_only_identifier_cannot_change_itself(agent):
    form = agent.post("/customers/find", {"who": "79990000001"}).follow("Edit")
    page = form.press("Look it over", phone="79991234567")
    assert "could not tell whom to change" in page.text


def test_an_e_mail_that_is_there_is_not_edited(form):
    page = form.press("Look it over", email="other@example.com")
    assert page.status == 422
    assert "Change e-mail" in page.text


BAD = [
    {"age": "many"},
    {"age": "-1"},
    {"birthday": "31.02.2000"},
    {"phone": "call me"},
    {"gender": "x"},
    {"first_name": "x" * 256},
    {"first_name": "a\0b"},
    {"custom-0-value": "a\0b"},
    {"first_name": "x" * 1_000_000},
    {"loyalty_bonuses": "1e9"},
    {"kids-0-birthday": "soon"},
    {"auto-0-brand": "x" * 300},
    {"seen": "[]"},
    {"seen": "{" * 5000},
    {"seen": '{"a": 1}'},
]


def test_bad_input_gets_a_clear_error_and_changes_nothing(form, desk):
    for typed in BAD:
        page = form.visitor.post(form.path, {"first_name": "Anne", "seen": "{}", "step": "review", **typed})
        assert 400 <= page.status < 500, typed
    assert last_act(desk) is None


def test_a_refusal_is_told_in_rees46s_own_words(app, form, desk):
    review = form.press("Look it over", last_name="Nowak")
    trouble(
        app,
        Answering(400, json.dumps({"status": "error", "payload": {"message": "Not today"}}).encode()),
        only="/profile/set",
    )
    page = review.press("Save 1 change")
    assert page.status == 422
    assert "Not today" in page.text
    assert "Nothing was changed" in page.text
    assert page.dom.find("input", {"name": "last_name"})["value"] == "Nowak"
    assert last_act(desk).outcome == "refused"


def test_silence_leaves_it_open_whether_it_was_changed(app, form, desk):
    review = form.press("Look it over", last_name="Nowak")
    trouble(app, Silent(), only="/profile/set")
    page = review.press("Save 1 change")
    assert page.status == 502
    assert "We do not know whether it was changed" in page.text
    assert last_act(desk).outcome == "unknown"


def test_what_is_not_visible_yet_is_said(app, form):
    review = form.press("Look it over", last_name="Nowak")
    trouble(app, Answering(200, b'{"status": "success"}'), only="/profile/set")
    assert "Not visible yet: Last name" in review.press("Save 1 change").messages


def test_pressing_save_twice_saves_once(form, desk):
    review = form.press("Look it over", last_name="Nowak")
    review.press("Save 1 change")
    assert "Nothing is changed" in review.press("Save 1 change").errors[0]
    with desk.reading() as db:
        assert len(db.scalars(select(Exchange).where(Exchange.operation == "profile.Set")).all()) == 1


def last_act(desk):
    with desk.reading() as db:
        return db.scalar(select(Act).order_by(Act.id.desc()).limit(1))


def blank_property(form):
    """The name of the first empty field for the name of a property."""
    return next(one["name"] for one in form.dom.select("#custom-fields input") if not one.get("value"))
