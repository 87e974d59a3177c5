"""Push messages on the wire, held to the structures that the reference prints."""

import json

import pytest

from app.rees46.push_payloads import payloads

PARTS = {"title": "Black Friday!", "subtitle": "Discount", "body": "Check our big sale", "image": ""}


def push(channel="mobile_push", **parts):
    return payloads(channel, PARTS | parts, "chain", "72CONd54uF")


def test_a_basic_message_says_what_it_says_and_where_it_came_from():
    both = push()
    assert both["iOS"] == {
        "aps": {
            "alert": {"title": "Black Friday!", "subtitle": "Discount", "body": "Check our big sale", "badge": 1},
            "mutable-content": 1,
        },
        "src": {"type": "chain", "id": "72CONd54uF"},
    }
    assert both["Android"] == {
        "title": "Black Friday!",
        "body": "Check our big sale",
        "type": "chain",
        "id": "72CONd54uF",
    }


@pytest.mark.parametrize(
    ("event", "uri"),
    [("web", "https://example.com/landing/promo"), ("category", "BFRIDAY_CATEGORY_ID"), ("product", "PRODUCT123")],
)
def test_a_click_opens_what_the_event_names(event, uri):
    both = push(event=event, uri=uri)
    assert both["iOS"]["event"] == {"type": event, "uri": uri}
    assert json.loads(both["Android"]["event"]) == both["iOS"]["event"]


def test_a_custom_event_carries_a_payload_of_its_own():
    event = {"type": "custom", "uri": "order/status/36", "payload": {}}
    both = push(event="custom", uri="order/status/36")
    assert both["iOS"]["event"] == event
    assert json.loads(both["Android"]["event"]) == event


def test_an_image_is_named_as_each_system_wants_it():
    both = push(image="https://shop.test/a.png")
    assert both["iOS"]["image_url"] == both["Android"]["image"] == "https://shop.test/a.png"


def test_everything_on_android_is_text():
    assert all(isinstance(value, str) for value in push(event="custom", uri="x", image="y")["Android"].values())


def test_a_letter_and_an_sms_have_no_payload():
    assert push("email") == push("sms") == {}


def test_a_custom_event_hands_the_app_what_its_template_says():
    both = push(event="custom", uri="order/status/36", payload='{"order": 36, "tabs": ["a"]}')
    assert both["iOS"]["event"]["payload"] == {"order": 36, "tabs": ["a"]}
    assert json.loads(both["Android"]["event"])["payload"] == {"order": 36, "tabs": ["a"]}
    for broken in ("{", "[1]", "x"):
        assert push(event="custom", uri="u", payload=broken)["iOS"]["event"]["payload"] == {}


@pytest.mark.parametrize(("said", "shown"), [("", 1), ("0", 0), ("12", 12), ("many", 1), ("-1", 1)])
def test_the_badge_is_one_unless_the_template_says_otherwise(said, shown):
    assert push(badge=said)["iOS"]["aps"]["alert"]["badge"] == shown


def test_buttons_travel_to_android_as_the_json_text_they_are():
    buttons = {"actions": '[{"action": "b0", "title": "Open"}]', "action_urls": '["https://shop.test"]'}
    both = push(**buttons)
    assert {name: both["Android"][name] for name in buttons} == buttons
    assert "actions" not in both["iOS"]
