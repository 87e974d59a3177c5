"""Saved copies have languages: what is shown of a message is the copy that its recipient gets, and says which it is."""

import pytest

from app.store.campaigns import Campaign
from app.store.sends import Send

ANNA = "anna.kowalska@example.com"


@pytest.fixture
def register(marketer):
    """A campaign whose copy is English, with one in German."""
    page = marketer.get("/messages/campaigns/new?kind=multi").press(
        "Add the campaign", name="Hello", code="welcome", language="en", email_subject="Hello {{ name }}"
    )
    page = page.press("Write the copy", language="de")
    assert page.h1 == "Hello in German"
    return page.press("Save the copy", email_subject="Guten Tag {{ name }}", push="Hallo", push_subtitle="Neu")


def speak(agent, language, who=ANNA):
    """Give a customer a language, the way the shop does."""
    page = agent.get("/customers/").press("Find", within="main", who=who).follow("Edit")
    names = {one["name"]: one.get("value", "") for one in page.dom.select("[name^=custom-][name$=name]")}
    taken = next((name for name, value in names.items() if value == "language"), None)
    place = taken or next(name for name, value in names.items() if not value)
    fields = {place: "language", place.replace("-name", "-value"): language}
    page.press("Look it over", **fields).press("Save 1 change")


def review(marketer, campaign="Hello", **fields):
    page = marketer.get("/messages/new").follow(campaign)
    return page.press("Look at what will be sent", **{"email": ANNA, **fields})


def reads(page):
    return page.dom.find(id="reads").get_text(" ", strip=True)


def test_the_recipient_is_shown_the_copy_in_their_language(agent, marketer, register):
    speak(agent, "de-AT")
    page = review(marketer)
    assert "Guten Tag" in reads(page)
    assert "Neu" in reads(page)
    assert "In German, the recipient's language." in reads(page)
    assert "exactly what will be" not in page.text


def test_a_language_without_a_copy_is_said(agent, marketer, register):
    speak(agent, "fr")
    page = review(marketer)
    assert "Hello" in reads(page)
    assert "In English: no copy is kept in French, the recipient's language." in reads(page)


def test_a_language_that_is_not_known_is_said(marketer, register):
    page = review(marketer, email="nobody.yet@example.com")
    assert "In English. The profile does not say which language the recipient has." in reads(page)


def test_a_copy_of_which_nobody_said_the_language_is_not_called_any(agent, marketer):
    marketer.get("/messages/campaigns/new?kind=sms").press(
        "Add the campaign", name="Old", code="order_ready", sms="Order"
    )
    page = marketer.get("/messages/new").follow("Old").press("Look at what will be sent", phone="+7 999 123 45 67")
    assert "Neither the recipient's language nor that of this copy is known." in reads(page)


def test_what_was_sent_keeps_the_copy_in_their_language(agent, marketer, register, desk):
    speak(agent, "de")
    page = review(marketer).press("Send the message")
    assert "Guten Tag" in reads(page)
    with desk.reading() as db:
        (send,) = db.query(Send)
        assert (send.language, send.texts["email_subject"]) == ("de", "Guten Tag ")


def test_whoever_is_chosen_of_two_people_is_shown_their_copy(agent, marketer, register):
    speak(agent, "de")
    page = review(marketer, phone="+79990000002").press("Only to them", within="#person-1")
    assert "In German, the recipient's language." in reads(page)


def test_a_copy_that_is_emptied_is_gone(marketer, register, desk):
    page = register.follow("German")
    page.press("Save the copy", email_subject="", push="", push_subtitle="")
    with desk.reading() as db:
        assert db.query(Campaign).one().translations == {}


def test_a_copy_that_cannot_be_filled_is_refused(marketer, register):
    page = register.follow("German").press("Save the copy", push="{% if %")
    assert page.status == 422
    assert page.dom.find(id="push-error")


@pytest.mark.parametrize("language", ["en", "xx", "german", "%00"])
def test_there_is_no_second_copy_in_the_same_language_and_none_in_what_is_no_language(marketer, register, language):
    assert marketer.get(f"/messages/campaigns/1/languages/{language}").status == 404


def test_a_payload_that_is_no_json_is_named(marketer):
    marketer.get("/messages/campaigns/new?kind=multi").press(
        "Add the campaign", name="Hello", code="welcome", push="Hi", push_payload='{"order": {{ order }}}'
    )
    assert "The payload of the push is not JSON" in review(marketer, email=ANNA).text
    page = review(marketer, **{"rows-0-value": "7"})
    assert "is not JSON" not in page.text
    assert '{"order": 7}' in reads(page)
