"""Push bench: built, drawn, its targets looked at, sent to one device, and what the device says pressed for it."""

import pytest

from app.engine.seed.campaigns import PASSED_ON
from app.pages.messages import push_checks
from app.pages.messages.push_checks import checks_of, trouble_of_address
from app.store.acts import Act
from app.store.campaigns import OF_CHANNEL, Campaign
from app.web.pictures import Picture
from tests.adapters import Dead, over, trouble

MINE = {theirs: ours for ours, theirs in OF_CHANNEL["mobile_push"].items()}
BUILT = {"title": "Only today", "body": "Rain jackets at 20 % off", "event": "product", "uri": "1012"}


@pytest.fixture
def carrier(desk):
    """The campaign whose copy prints what it is given, as the box has it."""
    copy = {MINE[part]: text for part, text in PASSED_ON.items()}
    with desk.writing() as db:
        db.add(Campaign(shop_id=1, kind="multi", code="push_bench", name="Carrier", templates=copy))
        db.flush()
        return str(db.query(Campaign).one().id)


def built(visitor, button, **said):
    return visitor.get("/messages/push").press(button, **BUILT | said)


def checks(page):
    return {
        row.cssselect("span")[0].text_content().split()[0]: row.text_content()
        for row in page.tree.cssselect("#looks .rows li")
    }


def test_a_push_is_drawn_with_its_limits_and_payloads(agent, carrier):
    page = built(agent, "Draw and check it", subtitle="Sale", campaign=carrier)
    assert [device.get("aria-label") for device in page.tree.cssselect(".push")] == ["iOS", "Android"]
    assert "Payload for APNs" in page.text
    assert '"uri": "1012"' in page.text
    assert "carries it" in page.text
    assert "right" in checks(page)["Target"]


def test_a_campaign_that_says_something_else_is_told_apart(agent, desk, carrier):
    with desk.writing() as db:
        db.query(Campaign).one().templates = {"push_title": "Always this", "push": "Text"}
    assert "says something else" in built(agent, "Draw and check it", campaign=carrier).text
    with desk.writing() as db:
        db.query(Campaign).one().templates = {"sms": "Only this"}
    assert "the desk cannot know" in built(agent, "Draw and check it", campaign=carrier).text


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"event": "product", "uri": "no-such"}, "wrong"),
        ({"event": "product", "uri": "9" * 300}, "wrong"),
        ({"event": "category", "uri": "no-such"}, "wrong"),
        ({"event": "category", "uri": "9" * 300}, "wrong"),
        ({"event": "web", "uri": "https://shop.example.com/sale"}, "right"),
        ({"event": "web", "uri": "javascript:alert(1)"}, "wrong"),
        ({"event": "web", "uri": ""}, "Nothing says what a tap opens."),
        ({"event": "custom", "uri": "", "payload": "{}"}, "right"),
        ({"event": "", "uri": ""}, "A tap opens the app."),
    ],
)
def test_targets_are_looked_at(agent, said, words):
    assert words in checks(built(agent, "Draw and check it", **said))["Target"]


def test_a_target_that_cannot_be_read_is_doubtful(app, agent):
    silent = trouble(app, Dead(), "/products")
    assert "REES46 did not answer." in checks(built(agent, "Draw and check it"))["Target"]
    over(app, silent)


def test_a_push_goes_to_one_device_and_what_it_says_is_counted(agent, marketer, carrier, desk):
    token = {"did": "desk46-push-1", "token": "t" * 40, "platform": "android"}
    marketer.get("/push_tokens/add").press("Register it", **token)
    page = built(agent, "Look at it and send it", campaign=carrier, to="desk46-push-1")
    assert "Only today" in page.text
    sent = page.press("Send the message")
    delivered = sent.panel("delivered")
    assert "Rain jackets at 20 % off" in delivered.text
    assert "1 sent, 0 opened, 0 clicked" in sent.panel("tracked").text
    number = sent.path.rsplit("/", 1)[1]
    for sign, words in (
        ("Received", "received by the device"),
        ("Opened", "1 opened"),
        ("Clicked", "1 clicked"),
        ("Closed", "closed"),
    ):
        seen = agent.get(f"/messages/{number}/tracked").press(sign).panel("tracked")
        assert words in seen.text
    with desk.reading() as db:
        whats = [act.what for act in db.query(Act).filter(Act.what.like("deliveries.%")).order_by(Act.id)]
    assert whats == [f"deliveries.{name}" for name in ("Received", "Opened", "Clicked", "Closed")]


@pytest.mark.parametrize(
    ("said", "words"), [({"to": "x"}, "Choose the campaign"), ({"campaign": "1"}, "Say who gets it.")]
)
def test_what_is_missing_is_said_before_anything_is_kept(agent, carrier, said, words):
    page = built(agent, "Look at it and send it", **({"campaign": ""} | said))
    assert (page.status, words in page.text) == (422, True)


def test_a_message_that_nobody_sent_is_not_tracked(agent, viewer, carrier):
    page = built(agent, "Look at it and send it", campaign=carrier, to="desk46-push-2")
    number = page.path.split("/")[-2]
    assert agent.get(f"/messages/{number}/tracked").status == 404
    assert agent.post(f"/messages/{number}/track", {"sign": "opened"}).status == 404
    assert viewer.get("/messages/push").status == 403


@pytest.mark.parametrize(
    "url",
    [
        "",
        "shop",
        "//shop.example.com",
        "ftp://shop.example.com",
        "https://",
        "https://localhost/x",
        "https://shop/x",
        "https://10.0.0.1/",
        "https://[::1]/",
        "https://printer.local/",
        "https://shop.example.com/a b",
        "http://[",
    ],
)
def test_an_address_that_no_phone_could_open_is_refused(app, url):
    with app.test_request_context():
        assert trouble_of_address(url)


def test_a_picture_is_fetched_as_anybody_would(app, monkeypatch):
    with app.test_request_context():
        monkeypatch.setattr(push_checks.pictures, "read", lambda _url: Picture(b"x" * 4000, "image/png"))
        parts = {"title": "a", "body": "b", "image": "https://shop.example.com/a.png"}
        assert [(check.state, check.words) for check in checks_of(parts)][-1] == ("right", "4 kB, image/png")
        monkeypatch.setattr(push_checks.pictures, "read", lambda _url: Picture(b"", "image/svg+xml", 0.0))
        assert checks_of(parts)[-1].state == "wrong"
        assert checks_of(parts | {"image": "https://10.0.0.1/a.png"})[-1].words == "This host is not on the internet."


@pytest.mark.parametrize(
    ("parts", "state"),
    [({"payload": "{"}, "wrong"), ({"payload": "{}"}, "doubtful"), ({"payload": "{}", "event": "custom"}, "right")],
)
def test_a_payload_is_an_object_that_something_takes(app, parts, state):
    with app.test_request_context():
        assert checks_of({"title": "a", "body": "b"} | parts)[-1].state == state
