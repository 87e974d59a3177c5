"""Deliveries: devices report what became of a message."""

import pytest
from sqlalchemy import select

from app.engine.store.messages import Message
from app.engine.store.shops import shop_of
from tests.engine.asking import ON_SQLITE, SHOP

DONE = {"status": "success"}
PARTS = {"title": "Hello", "body": "World"}


@pytest.fixture
def sent(database, db):
    """A push over the app and the web under one code; gives what is known of it afterwards."""
    with database.writing() as session:
        shop = shop_of(session, SHOP)
        common = {"shop_id": shop.id, "code": "C1", "recipient": "T", "language": "en", "parts": PARTS, "missing": []}
        session.add_all(Message(**common, channel=channel, sent=db.now) for channel in ("mobile_push", "web_push"))

    def known(what):
        return [kept.channel for kept in db.scalars(select(Message).order_by(Message.id)) if getattr(kept, what)]

    return known


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("/web_push_subscriptions/clicked", "clicked"),
        ("/web_push_subscriptions/received", "received"),
        ("/track/clicked", "clicked"),
        ("/track/received", "received"),
        ("/track/delivered", "received"),
        ("/track/opened", "opened"),
        ("/track/closed", "closed"),
    ],
)
@ON_SQLITE
def test_what_a_device_reports_is_noted(wire, sent, path, what):
    answer = wire.post(path, json={"shop_id": SHOP, "code": "C1", "type": "mobile_push_transactional"})
    assert (answer.status_code, answer.json) == (200, DONE)
    assert sent(what) == ["mobile_push"]


def test_a_type_without_a_channel_means_every_message_of_the_code(wire, sent):
    assert wire.post("/web_push_subscriptions/clicked?shop_id=shop&code=C1&type=transactional").json == DONE
    assert sent("clicked") == ["mobile_push", "web_push"]


@ON_SQLITE
def test_a_code_that_nobody_sent_is_no_error_and_changes_nothing(wire, sent):
    assert wire.post("/track/clicked", data={"shop_id": SHOP, "code": "other", "type": "x"}).json == DONE
    assert wire.post("/track/clicked", data={"shop_id": "other", "code": "C1"}).json == DONE
    assert sent("clicked") == []


@ON_SQLITE
def test_the_outbox_shows_what_became_of_a_message(wire, sent):
    assert "Received" not in wire.get("/outbox/C1").text
    for what in ("received", "clicked"):
        wire.post(f"/track/{what}", json={"shop_id": SHOP, "code": "C1", "type": "web_push_chain"})
    page = wire.get("/outbox/C1").text
    assert page.count("Received") == page.count("Clicked") == 1
    assert "Closed" not in page
