"""The page of a customer: who it is, and what each page knows of them; a source that fails is a line."""

import re

import pytest

from app.store import customers
from tests.adapters import Answering, Dead, Silent, trouble

ANNA = "anna.kowalska@example.com"


def profile(visitor, who=ANNA):
    return visitor.post("/customers/find", {"who": who})


def test_the_head_shows_who_it_is_and_every_contact(agent):
    page = profile(agent)
    head = page.dom.select_one(".who").get_text(" ")
    for known in (ANNA, "+44 7700 900101", "BIKE-0001", "anna.k@example.org", "+44 7700 900102", "OLD-77"):
        assert known in head
    copied = [button["data-copy"] for button in page.dom.select(".who [data-copy]")]
    assert copied == [ANNA, "+44 7700 900101", "BIKE-0001"]


def test_the_title_of_the_window_names_nobody(agent):
    assert profile(agent).dom.title.get_text() == "Customer · Desk46"


def test_the_head_says_how_they_can_be_reached(agent):
    assert verdicts(profile(agent)) == ["E-mail all on", "SMS all on", "Web push on", "Mobile push on"]
    email, sms, web, mobile = verdicts(profile(agent, "vera.sokolova@example.com"))
    assert (email, web, mobile) == ("E-mail all on", "Web push no device", "Mobile push on")
    assert re.fullmatch("SMS without marketing: unsubscribed on .+, Unsubscribe page", sms)


@pytest.mark.parametrize(
    ("who", "email"),
    [
        ("clara.complained@example.com", "E-mail suppressed after a complaint, or by an import"),
        ("boris.blacklisted@example.com", "E-mail blacklisted by a mail provider"),
        ("uma.unsubscribed@example.com", "E-mail off: unsubscribed on "),
        ("79990000001", "E-mail no address"),
    ],
)
def test_the_head_names_what_stops_e_mail(agent, who, email):
    assert verdicts(profile(agent, who))[0].startswith(email)


def test_the_page_shows_attributes_bonuses_tags_properties_and_orders(agent):
    page = profile(agent)
    facts = dict(zip(texts(page, ".rail dt"), texts(page, ".rail dd"), strict=True))
    assert facts["Gender"] == "female"
    assert facts["Birthday"] == "17 Apr 1988"
    assert facts["Status"] == "Gold"
    assert facts["Bonuses"] == "1,240"
    assert facts["club"] == "Hackney Wheelers"
    assert texts(page, "#properties .tag") == ["vip", "gravel", "newsletter test"]
    assert texts(page, "#orders summary strong")[0] == "BK-20977"
    assert "in transit" in texts(page, ".order summary span")[0]


def test_the_figures_that_are_asked_for_first_stand_in_one_line(agent):
    page = profile(agent)
    figures = {div.dt.get_text(strip=True): div.get_text(" ", strip=True) for div in page.dom.select(".fact-row > div")}
    assert list(figures) == ["Last order", "Orders", "Bonuses", "Last contact", "Still open"]
    assert "BK-20977, in transit" in figures["Last order"]
    assert "49,279 in all" in figures["Orders"]
    assert "the profile says 1,240" in figures["Bonuses"]


def test_of_a_customer_with_nothing_nothing_empty_is_shown(agent):
    page = profile(agent, "nora.new@example.com")
    assert [part["id"] for part in page.dom.select(".rail-part") if part["id"] in {"orders", "bonuses"}] == []
    assert "No tags, no properties" in page.text
    assert texts(page, ".attention li, .feed-gap") == []


def test_orders_contacts_messages_and_acts_stand_in_one_timeline(agent):
    page = profile(agent)
    kinds = {event["data-kind"] for event in page.dom.select(".event")}
    assert {"orders", "contacts", "messages"} <= kinds
    assert "Order BK-20977, 1,308" in page.text
    assert "REES46 gives the last 20" in texts(page, ".feed-foot")[0]


def test_the_timeline_is_narrowed_by_kind_and_words_and_goes_on(agent):
    page = profile(agent)
    orders = page.visitor.htmx(f"{page.path}/timeline", {"kind": "orders"}, target="div#timeline-place")
    assert {event["data-kind"] for event in orders.dom.select(".event")} == {"orders"}
    found = page.visitor.htmx(f"{page.path}/timeline", {"words": "WINTER service"}, target="div#timeline-place")
    assert len(found.dom.select(".event")) == 1
    more = page.visitor.htmx(f"{page.path}/timeline", {"shown": "70"}, target="div#timeline-place")
    assert len(more.dom.select(".event")) > len(page.dom.select(".event"))
    whole = page.press("Search", words="winter service")
    assert len(whole.dom.select(".event")) == 1


def test_what_somebody_did_here_stands_in_the_timeline_with_why_and_can_be_undone(agent):
    page = profile(agent, "uma.unsubscribed@example.com")
    page = page.press("Nothing at all")
    assert "Changed: SMS: bulk → off" in page.messages
    assert verdicts(page)[1].startswith("SMS off: unsubscribed on ")
    event = next(text for text in texts(page, ".event") if "Changed subscriptions" in text)
    assert "SMS: bulk: on → off" in event
    assert "reason: Nothing at all" in event
    assert "Support" in event
    assert len([text for text in texts(page, ".event") if "Unsubscribed: SMS" in text]) <= 1  # ours folded into the act
    page = page.press("Undo")
    assert verdicts(page)[1] == "SMS all on"


def test_one_opening_asks_each_question_once(agent, app):
    watched = Answering()
    path = profile(agent).path
    trouble(app, watched, only="nothing")
    calls = []
    watched.behind = Counting(calls, watched.behind)
    agent.get(path)
    assert len(calls) <= 12
    assert len(calls) == len(set(calls))
    calls.clear()
    profile(agent)  # to find them reads the profile, and their page takes it over
    assert len([call for call in calls if "/profile?" in call]) == 1


class Counting:
    """Writes down what is asked."""

    def __init__(self, calls, behind):
        self.calls, self.behind = calls, behind

    def send(self, request, *args, **more):
        self.calls.append(request.url)
        return self.behind.send(request, *args, **more)


def test_a_source_fails_alone(app, agent):
    page = profile(agent)
    trouble(app, Silent(), only="/segments/get")
    page = agent.get(page.path)
    assert page.h1 == "Anna Kowalska"
    assert texts(page, ".feed-gap") == ["Segments: REES46 did not answer."]
    assert "BK-20977" in page.text


def test_without_the_profile_the_other_sources_stand(app, agent):
    path = profile(agent).path
    trouble(app, Dead(), only="/profile")
    page = agent.get(path)
    assert page.h1 == "Anna Kowalska"
    assert "REES46 did not answer" in page.text
    assert "safe to try again" in page.text
    assert page.dom.select("#segments .chip")


def test_without_the_consents_the_page_stands(app, agent):
    path = profile(agent).path
    trouble(app, Answering(503), only="/subscriptions/check")
    page = agent.get(path)
    assert "did not say how to reach them" in page.text
    assert "BK-20977" in page.text


@pytest.mark.parametrize("body", [b"<html>", b"[]", b'{"orders": 7}', b"{" * 3000])
def test_a_garbled_profile_is_told(app, agent, body):
    path = profile(agent).path
    trouble(app, Answering(200, body), only="/profile")
    assert agent.get(path).h1 == "Anna Kowalska"


def test_what_comes_late_fills_in_and_is_asked_once(app, agent):
    path = profile(agent).path
    app.config["PATIENCE"] = 0.0
    page = agent.get(path)
    waits = page.dom.select_one(".late")
    assert page.h1 == "Anna Kowalska"
    assert "Still coming" in waits.get_text()
    whole = agent.htmx(waits["hx-get"], target="div#customer")
    assert not whole.dom.select(".late")
    assert "BK-20977" in whole.text


def test_a_customer_who_is_gone_is_said_to_be_gone(app, agent):
    path = profile(agent).path
    trouble(app, Answering(404, b'{"status": "error", "payload": {"message": "Profile not found"}}'), only="/profile")
    page = agent.get(path)
    assert page.status == 404
    assert "does not know this customer any more" in page.text


def test_an_unknown_key_is_not_found(agent):
    for key in ("0123456789ab", "x" * 300, "%00", "..%2f..", "ключ"):
        assert agent.get(f"/customers/{key}").status == 404


def test_a_customer_of_another_shop_is_not_there(agent, desk):
    with desk.writing() as db:
        key = customers.remember(db, 2, "email", "someone@example.com").key
    assert agent.get(f"/s/demo/customers/{key}").status == 404


def test_a_key_follows_the_customer_to_a_better_identifier(agent, desk):
    """What was known by phone alone becomes known by e-mail; the link and its history stay."""
    path = profile(agent, "79990000001").path
    agent.get(path).follow("Edit").press("Look it over", email="petr@example.com").press("Save 1 change")
    with desk.reading() as db:
        assert customers.by_key(db, path.rpartition("/")[2]).identity == {"email": "petr@example.com"}


def test_markup_of_a_customer_stays_text(agent):
    page = profile(agent, "html@example.com")
    assert texts(page, "#properties .tag") == ["<i>tag</i>"]
    assert not page.dom.select("main script, main b")


@pytest.mark.parametrize(("who", "name"), [("CARD-ONLY-1", "Carl"), ("anonymous-device", "anonymous-device")])
def test_who_has_only_a_card_or_a_device_has_a_quiet_page(agent, who, name):
    page = profile(agent, who)
    assert page.h1 == name
    assert "REES46 refused" not in page.text
    assert texts(page, ".feed-gap, [data-state=failed]") == []


def test_a_viewer_is_offered_no_changes(viewer):
    page = profile(viewer)
    offered = {text.strip() for text in texts(page, ".who .button, .who .menu-item, .event-by .button, .composer")}
    more = {"", "Bonuses and certificates", "What they wait for"}  # the button has no text
    assert offered == {"Subscriptions Reach", "History", *more}
    for action in ("edit", "email"):
        assert viewer.get(f"{page.path}/{action}").status == 403
        assert viewer.post(f"{page.path}/{action}").status == 403
    assert viewer.get("/customers/new").status == 403


def test_long_lists_of_orders_have_a_page_of_their_own(agent):
    page = profile(agent)
    assert "BK-20388" in [
        title.get_text(strip=True) for title in agent.get(f"{page.path}/orders").dom.select("main h2")
    ]


def verdicts(page):
    return texts(page, ".verdict")


def texts(page, selector):
    return [" ".join(one.get_text(" ").split()) for one in page.dom.select(selector)]
