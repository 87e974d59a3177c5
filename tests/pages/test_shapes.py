"""Pages work with REES46 as the newest documentation prints it, as the older one does, and with all in envelopes."""

import pytest

from tests.adapters import Answering, trouble
from tests.house.test_pages import plain_paths
from tests.page import upload
from tests.pages.bodies import ANNA, CODE, SHAPES, body_for, success

SILENCE = "REES46 did not say"


class Living(Answering):
    """A REES46 that answers each call with the body of its path; what it was asked is kept."""

    def __init__(self, bodies):
        super().__init__()
        self.bodies, self.url = bodies, ""

    def send(self, request, *args, **more):
        self.body = body_for(self.bodies, request.url)
        return super().send(request, *args, **more)


@pytest.fixture(params=SHAPES)
def living(request, app):
    return trouble(app, Living(dict(SHAPES[request.param])))


def test_people_are_found_and_shown_with_all_panels(living, admin):
    page = admin.get("/customers/").press("Find", who=ANNA)
    assert page.h1 == "Anna Petrova"
    order = page.dom.select_one("#orders li").get_text(" ", strip=True)
    assert order.startswith("A-15 ")
    assert "Kettle × 2" in order
    reach = [verdict.get_text(" ", strip=True) for verdict in page.dom.select(".verdict")]
    assert reach[1].startswith("SMS without marketing: ")
    assert reach[2:] == ["Web push on", "Mobile push no device"]
    assert "REES46 did not say" not in page.text.partition("does not say in which time zone")[0]
    key = page.path.rpartition("/")[2]
    for panel, words in (
        ("subscriptions", "Web push: has a browser that takes it"),
        ("segments", "Segment 8 Follows a rule"),
        ("communications", "Wants to return a kettle"),
        ("notifications", "Your kettle waits complained"),
        ("loyalty", "Order A-15"),
        ("messages", ""),
        ("promo_codes", ""),
        ("trail", ""),
    ):
        shown = admin.htmx(f"/{panel}/of/{key}", target=f"div#{panel}-body")
        assert shown.status == 200, panel
        assert words in shown.text
        assert "REES46 did not say" not in shown.text
    orders = admin.get(f"/customers/{key}/orders")
    assert "shipped" in orders.text
    assert "Money 2,900 Bonuses 200" in orders.text
    assert admin.get(f"/customers/{key}/edit").status == 200


def test_subscriptions_are_shown_newest_first_and_changed(living, agent):
    page = agent.get("/subscriptions/").press("Show subscriptions", who=ANNA)
    assert page.row("Triggered")[2] == "Subscribed · API: the shop or this desk · 2026-05-02 10:00"
    page = page.follow("Change them").press("Look what changes", email_bulk="false").press("Change 1 subscription")
    assert "REES46 accepted it" in page.messages
    rows = agent.get("/subscriptions/changes?from=2026-05-01&to=2026-05-31").rows()
    assert [row[4][:10] for row in rows[:2]] == ["2026-05-02", "2026-05-01"]


def test_promo_lists_are_counted_and_codes_handed_out(living, marketer):
    assert marketer.get("/promo_codes/").row("Spring")[2] == "340"
    page = marketer.get("/promo_codes/hand-out").press("Hand out the code", list="12", reason="Ticket 5")
    assert "KETTLE-1" in page.text
    page = marketer.get("/promo_codes/upload").press("Check the codes", list="12", codes="A1\nA2")
    assert "accepted" in page.press("Upload the codes").text.lower()
    living.bodies |= {"/promo_codes?": success({"promo_codes": "none"})}
    assert "REES46 answered something that does not belong" in marketer.get("/promo_codes/").text


def test_links_are_shortened_and_messages_sent(living, marketer, desk):
    page = marketer.get("/links/shorten").press("Shorten the link", url="https://shop.example/a")
    assert "https://s.example/x1" in page.text
    page = marketer.get("/messages/new?kind=sms").press("Look at what will be sent", code="order", phone="79001234567")
    page = page.press("Send the SMS")
    assert CODE in page.text


def test_the_home_page_and_its_panels_stand(living, agent):
    assert agent.get("/").status == 200
    assert "All promo lists have enough codes." in agent.htmx("/blocks/promo-codes-running-low").text
    assert agent.htmx("/changes").status == 200


def test_communications_and_segments_are_changed(living, agent):
    page = agent.get("/segments/find").press("Show segments", who=ANNA)
    assert "Added to segment 9" in page.press("Add to segment", segment_id="9").messages
    page = agent.get("/communications/").press("Open their log", who=ANNA)
    assert "Wants to return a kettle" in page.text


def test_every_page_that_needs_no_more_than_its_address_stands(living, app, admin):
    broken = {
        path: page.status for path in plain_paths(app, "demo").values() if (page := admin.get(path)).status >= 500
    }
    assert broken == {}


def test_what_rees46_leaves_out_is_told_and_never_read_as_no(app, agent, marketer):
    bodies = dict(SHAPES["newest"])
    bodies["/profile?"] = {"status": "success", "payload": {"first_name": "Anna", "email": ANNA}}
    bodies["/subscriptions/check"] = {"success": True, "payload": {"exists": True, "email_bulk": True}}
    bodies["/promo_codes?"] = {"success": True, "payload": [{"id": 12}]}
    bodies["/segments/get"] = {"status": "success", "payload": {"segments": [{"id": 7}]}}
    trouble(app, Living(bodies))
    page = agent.get("/customers/").press("Find", within="main", who=ANNA)
    reach = [verdict.get_text(" ", strip=True) for verdict in page.dom.select(".verdict")]
    assert reach[0].startswith("E-mail only bulk")
    assert reach[1:] == ["SMS REES46 did not say", "Web push REES46 did not say", "Mobile push REES46 did not say"]
    for what in ("about", "properties"):
        assert SILENCE in page.dom.find(id=what).get_text()
    assert "Bonuses: REES46 did not say whether there are any" in page.text
    key = page.path.rpartition("/")[2]
    of = agent.get(f"/subscriptions/of/{key}")
    assert of.row("Triggered")[1] == "REES46 did not say"
    assert "REES46 did not say everything that may stop e-mail" in of.text
    assert "SMS REES46 did not say REES46 did not say whether there is a phone number." in of.text
    assert "now on" in of.follow("Change them").text
    assert "kind: REES46 did not say" in agent.get(f"/segments/of/{key}").text
    assert marketer.get("/promo_codes/").row("12")[2:4] == ["–", "REES46 did not say"]
    assert (
        "REES46 did not say how many codes are left in 1 promo list."
        in agent.htmx("/blocks/promo-codes-running-low").text
    )
    assert "12 – REES46 did not say how many" in marketer.get("/promo_codes/hand-out").text


def test_an_import_subscribes_nobody_of_whom_rees46_did_not_say(app, marketer):
    bodies = SHAPES["newest"] | {"/crm/search/bulk": {"success": True, "payload": [{"email": ANNA}]}}
    adapter = trouble(app, Living(bodies))
    page = marketer.get("/imports/new").press("Read it", file=upload(f"e-mail;newsletter\n{ANNA};yes\n"))
    page = page.press("Check the rows")
    assert "REES46 did not say whether 1 customer is subscribed" in page.text
    page.press("Import 1 customer")
    sent = next(call for call in adapter.calls if "/import/audience" in call.url)
    assert b"email_bulk" not in sent.body
