"""Two people are never one message, and who gets it is said alike by the profile, its panel and the review."""

import pytest

from app.store.acts import Act
from app.store.sends import Send
from tests.adapters import Silent, trouble

ANNA, VERA, ELLA = "anna.kowalska@example.com", "vera.sokolova@example.com", "ella.email@example.com"
PHONE = "+79990000002"  # of somebody else than these


@pytest.fixture
def review(marketer):
    def review(**who):
        return marketer.get("/messages/new?kind=multi").press("Look at what will be sent", code="welcome", **who)

    return review


def sends(desk):
    with desk.reading() as db:
        return list(db.query(Send))


def acts(desk):
    with desk.reading() as db:
        return [act for act in db.query(Act) if act.what.startswith("messages.")]


def contacts(page):
    return sorted(one.get_text(" ", strip=True) for one in page.dom.select("#what .facts .breakable"))


def test_an_email_of_one_and_a_phone_of_another_are_not_sent(review, desk):
    page = review(email=ANNA, phone=PHONE)
    assert "This message leads to different people" in page.text
    assert [button.has_attr("disabled") for button in page.dom.select("#send button[type=submit]")] == [True]
    assert "Anna Kowalska" in page.dom.find(id="person-1").get_text()
    assert ANNA in page.dom.find(id="person-1").get_text()
    assert "+7 999 000-00-02" in page.dom.find(id="person-2").get_text().replace("\xa0", " ")
    refused = page.press("Send the message")
    assert refused.status == 422
    assert any("Choose one of them; nothing was sent." in words for words in refused.errors)
    assert acts(desk) == []


@pytest.mark.parametrize(("chosen", "stays"), [("#person-1", ANNA), ("#person-2", PHONE)])
def test_whoever_is_chosen_keeps_what_is_theirs(review, desk, chosen, stays):
    page = review(email=ANNA, phone=PHONE).press("Only to them", within=chosen)
    assert page.path.endswith("/review")
    assert "different people" not in page.text
    (send,) = sends(desk)
    assert list(send.who.values()) == [stays]
    page.press("Send the message")
    (act,) = acts(desk)
    assert act.customer_id == send.recipient_id


def test_nobody_else_can_be_chosen(review, marketer, desk):
    review(email=ANNA, phone=PHONE)
    (send,) = sends(desk)
    page = marketer.post(f"/messages/{send.id}/choose", {"person": "000000000000"})
    assert page.status == 409
    assert sends(desk)[0].who == send.who


def test_two_identifiers_of_one_person_are_one_message(review, desk):
    page = review(email=ANNA, phone="+44 7700 900101")
    assert "different people" not in page.text
    page.press("Send the message")
    assert [act.outcome for act in acts(desk)] == ["done"]


def test_an_identifier_of_nobody_beside_one_of_somebody_is_one_message(review):
    assert "different people" not in review(email=ANNA, phone="+7 999 123 45 67").text


def test_who_it_is_is_not_guessed_when_rees46_does_not_answer(app, review, marketer, desk):
    path = review(email=ANNA, phone=PHONE).full_path
    trouble(app, Silent(), only="/profile")
    page = marketer.get(path)
    assert "Whether this is one person could not be checked" in page.text
    assert page.press("Send the message").status == 502
    assert acts(desk) == []


def test_a_message_is_found_by_any_contact_of_its_recipient(review, marketer):
    review(email=ANNA, phone="+44 7700 900101").press("Send the message")
    for who in (ANNA, "+44 7700 900101"):
        assert marketer.get("/messages/").press("Show only theirs", who=who).row("welcome"), who


def reach(page):
    number = page.full_path.split("/")[-2]
    panel = page.visitor.htmx(f"/messages/{number}/reach", target="div#reach-body")
    return [row.get_text(" ", strip=True) for row in panel.dom.select("li")], panel.text


def test_the_review_says_of_each_channel_what_the_profile_says(review):
    rows, words = reach(review(email=ELLA))
    assert words.startswith("It reaches them.")
    assert next(row for row in rows if row.startswith("E-mail")).startswith("E-mail reachable On.")


def test_who_was_never_asked_gets_transactional_messages_everywhere_alike(agent, review):
    who = "never.asked@example.com"
    agent.get("/customers/new").press("Create the customer", email=who, first_name="Nina")
    rows, _words = reach(review(email=who))
    never = "Never asked; a transactional message needs no yes."
    assert f"E-mail reachable {never}" in rows
    profile = agent.get("/customers/").press("Find", within="main", who=who)
    assert "E-mail without marketing: never asked" in profile.text
    assert profile.row("Transactional") == ["Channel", "Bulk", "Triggered", "Transactional"]
    assert profile.rows(".reach-grid")[0] == ["E-mail", "Off", "Off", "May be sent"]
    key = profile.path.rpartition("/")[2]
    panel = agent.htmx(f"/subscriptions/of/{key}", target="div#subscriptions-body")
    assert "E-mail reachable Never asked: only what needs no yes may be sent (transactional)." in panel.text
    assert panel.row("Transactional") == ["Transactional", "Goes out, needs no yes", never]


def test_a_no_to_transactional_messages_is_a_no_everywhere(agent, review, desk):
    profile = agent.get("/customers/").press("Find", within="main", who=ELLA)
    change = agent.get("/subscriptions/").press("Show subscriptions", who=ELLA).follow("Change them")
    change.press("Look what changes", email_transactional="false").press("Change 1 subscription")
    page = review(email=ELLA)
    rows, words = reach(page)
    (email,) = [row for row in rows if row.startswith("E-mail")]
    assert email.startswith("E-mail not reachable Unsubscribed")
    assert words.startswith("It does not reach them")
    assert "transactional" not in agent.get(profile.full_path).dom.find(id="reach").get_text()
    page.press("Send the message")
    assert [act.outcome for act in acts(desk)] == ["refused"]
