"""The profile: who it is at once, panels beside it that load and fail alone."""

import pytest

from app.store import customers
from tests.adapters import Answering, Dead, Silent, trouble

ANNA = "anna.kowalska@example.com"
EVERY_PANEL = ("subscriptions", "segments", "communications", "trail")


def profile(visitor, who=ANNA):
    return visitor.post("/customers/find", {"who": who})


def test_the_head_shows_who_it_is_and_every_contact(agent):
    page = profile(agent)
    head = page.dom.select_one(".customer").get_text(" ")
    for known in (ANNA, "+44 7700 900101", "BIKE-0001", "anna.k@example.org", "+44 7700 900102", "OLD-77"):
        assert known in head
    copied = [button["data-copy"] for button in page.dom.select(".customer [data-copy]")]
    assert copied == [ANNA, "+44 7700 900101", "BIKE-0001"]


def test_the_title_of_the_window_names_nobody(agent):
    assert profile(agent).dom.title.get_text() == "Customer · Desk46"


def test_the_badges_say_how_they_can_be_reached(agent):
    assert badges(profile(agent)) == ["E-mail: all on", "SMS: all on", "Web push: on", "Mobile push: on"]
    assert badges(profile(agent, "vera.sokolova@example.com")) == [
        "E-mail: all on",
        "SMS: transactional",
        "Web push: no device",
        "Mobile push: on",
    ]


@pytest.mark.parametrize(
    ("who", "email"),
    [
        ("clara.complained@example.com", "E-mail: suppressed"),
        ("boris.blacklisted@example.com", "E-mail: blacklisted"),
        ("uma.unsubscribed@example.com", "E-mail: off"),
        ("79990000001", "E-mail: no address"),
    ],
)
def test_a_badge_names_what_stops_e_mail(agent, who, email):
    assert badges(profile(agent, who))[0] == email


def test_the_profile_shows_attributes_bonuses_tags_properties_and_orders(agent):
    page = profile(agent)
    facts = dict(zip(texts(page, "dt"), texts(page, "dd"), strict=True))
    assert facts["First name"] == "Anna"
    assert facts["Gender"] == "female"
    assert facts["Birthday"] == "Apr 17, 1988"
    assert facts["Status"] == "Gold"
    assert facts["Bonuses"] == "1,240"
    assert facts["club"] == "Hackney Wheelers"
    assert texts(page, ".tag") == ["vip", "gravel", "newsletter test"]
    assert page.row("BK-20977")[1] == "in transit"


def test_a_customer_with_nothing_shows_why_the_panels_are_empty(agent):
    page = profile(agent, "nora.new@example.com")
    for words in ("No orders", "Not in the loyalty programme", "No tags, no properties"):
        assert words in page.text


def test_one_page_asks_rees46_twice(agent, app):
    watched = Answering()
    path = profile(agent).path
    trouble(app, watched, only="nothing")
    calls = []
    watched.behind = Counting(calls, watched.behind)
    agent.get(path)
    assert [call.split("?")[0].rsplit("/", 1)[-1] for call in calls] == ["profile", "check"]


class Counting:
    """Writes down what is asked."""

    def __init__(self, calls, behind):
        self.calls, self.behind = calls, behind

    def send(self, request, *args, **more):
        self.calls.append(request.url)
        return self.behind.send(request, *args, **more)


def test_every_page_with_something_to_say_has_a_panel(agent):
    page = profile(agent)
    for name in EVERY_PANEL:
        assert page.panel(f"panel-{name}").status == 200, name


def test_a_panel_fails_alone(app, agent):
    page = profile(agent)
    trouble(app, Silent(), only="/segments/get")
    assert "did not answer" in page.panel("panel-segments").text
    assert agent.get(page.path).h1 == "Anna Kowalska"
    assert page.panel("panel-trail").status == 200


def test_without_the_profile_the_other_panels_stand(app, agent):
    path = profile(agent).path
    trouble(app, Dead(), only="/profile")
    page = agent.get(path)
    assert page.h1 == "Anna Kowalska"
    assert "REES46 did not answer" in page.text
    assert "safe to try again" in page.text
    assert page.panel("panel-segments").status == 200


def test_without_the_consents_the_profile_stands(app, agent):
    path = profile(agent).path
    trouble(app, Answering(503), only="/subscriptions/check")
    page = agent.get(path)
    assert "did not say how to reach them" in page.text
    assert page.row("BK-20977")


@pytest.mark.parametrize("body", [b"<html>", b"[]", b'{"orders": 7}', b"{" * 3000])
def test_a_garbled_profile_is_told(app, agent, body):
    path = profile(agent).path
    trouble(app, Answering(200, body), only="/profile")
    assert agent.get(path).h1 == "Anna Kowalska"


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
    assert texts(page, ".tag") == ["<i>tag</i>"]
    assert not page.dom.select("main script, main b")


def test_who_has_only_a_card_or_a_device_has_a_profile_too(agent):
    assert profile(agent, "CARD-ONLY-1").h1 == "Carl"
    assert profile(agent, "anonymous-device").h1 == "anonymous-device"


def test_a_viewer_is_offered_no_changes(viewer):
    page = profile(viewer)
    buttons = {text.strip() for text in texts(page, "main .page-head .button")}
    assert buttons == set()
    for action in ("edit", "email"):
        assert viewer.get(f"{page.path}/{action}").status == 403
        assert viewer.post(f"{page.path}/{action}").status == 403
    assert viewer.get("/customers/new").status == 403


def test_long_lists_of_orders_have_a_page_of_their_own(agent):
    page = profile(agent)
    assert "BK-20388" in [
        title.get_text(strip=True) for title in agent.get(f"{page.path}/orders").dom.select("main h2")
    ]


def badges(page):
    return texts(page, "#reach .badge")


def texts(page, selector):
    return [" ".join(one.get_text(" ").split()) for one in page.dom.select(selector)]
