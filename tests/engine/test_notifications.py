"""Notifications: what the box really sent to a customer, and what became of it."""

from datetime import timedelta

import pytest

from app.engine.store.identity import find
from app.engine.store.messages import Message
from app.engine.store.shops import shop_of
from app.rees46 import deliveries, events, notifications, profile
from app.rees46.errors import NotAllowed, NotFound
from tests.engine.asking import ON_SQLITE, SHOP

ANNA = {"email": "anna@example.com"}


@pytest.fixture
def post(database, db, shop):
    """Send a message of a kind over a channel to Anna; gives its code."""
    shop.send(profile.Set(**ANNA, first_name="Anna"))
    shop.send(profile.Set(**ANNA, did="annas-phone"))
    customer = find(db, ANNA).id
    numbers = iter(range(100))

    def send(kind="bulk", channel="email", days=1, **more):
        code = f"c{next(numbers)}"
        about = {"code": code, "kind": kind, "channel": channel, "sent": db.now - timedelta(days=days)}
        parts = {"subject": "Hi", "html": "<p>Hello</p>"}
        with database.writing() as session:
            session.add(
                Message(
                    shop_id=shop_of(session, SHOP).id,
                    customer_id=customer,
                    recipient=ANNA["email"],
                    language="en",
                    parts=parts,
                    missing=[],
                    **about,
                    **more,
                )
            )
        return code

    return send


def codes(client, **asked):
    return [message.code for message in client.send(notifications.List(**(ANNA | asked)))]


def test_what_was_sent_in_two_weeks_is_listed_newest_first(post, shop):
    older, newest = post(days=13), post(days=2)
    post(days=15)
    assert codes(shop) == [newest, older]
    (message, _) = shop.send(notifications.List(**ANNA))
    assert (message.subject, message.body, message.channel) == ("Hi", "<p>Hello</p>", "email")
    assert not any(message.statistics.model_dump().values())


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ({"type": ["bulk"]}, "bulk"),
        ({"type": ["trigger"]}, "chain"),
        ({"type": ["chain"]}, "chain"),
        ({"channel": ["sms"]}, "sms"),
        ({"channel": ["WhatsApp"]}, None),
    ],
)
@ON_SQLITE
def test_types_and_channels_choose(post, shop, asked, kept):
    sent = {"bulk": post(), "chain": post("chain"), "sms": post("transactional", "sms")}
    assert codes(shop, **asked) == ([sent[kept]] if kept else [])


@ON_SQLITE
def test_pages_follow_each_other_until_one_is_short(post, shop):
    sent = [post(days=day) for day in range(1, 6)]
    assert [codes(shop, limit=2, page=page) for page in (1, 2, 3)] == [sent[:2], sent[2:4], sent[4:]]


@ON_SQLITE
def test_a_test_is_sent_and_counted_nowhere(post, shop):
    code = post(is_test=True)
    assert codes(shop) == []
    with pytest.raises(NotFound):
        shop.send(notifications.OfMessage(code=code, type="bulk"))


def test_an_opening_a_click_and_an_order_are_told(post, shop):
    code = post()
    shop.send(deliveries.Opened(code=code))
    shop.send(deliveries.Clicked(code=code))
    shop.send(events.Track(**ANNA, event="purchase", item_id=["S1"], price=[10], order_id="A-1"))
    (message,) = shop.send(notifications.List(**ANNA))
    told = message.statistics
    assert (told.opened, told.clicked, told.purchased, told.complained) == (True, True, True, False)
    happened = [event.event for event in shop.send(notifications.OfMessage(code=code, type="bulk"))]
    assert happened == ["sent", "opened", "clicked", "purchased"]


def test_an_order_that_names_the_message_is_credited_to_it_alone(post, shop):
    named, other = post(), post()
    source = events.Source(source="bulk", code=named)
    shop.send(events.Track(**ANNA, event="purchase", item_id=["S1"], price=[10], order_id="A-1", source=source))
    bought = {message.code: message.statistics.purchased for message in shop.send(notifications.List(**ANNA))}
    assert bought == {named: True, other: False}


@pytest.mark.parametrize(
    ("event", "told"),
    [("hard_bounced", "hard_bounced"), ("complained", "complained"), ("unsubscribed", "unsubscribed")],
)
def test_what_a_mail_server_says_is_told_of_the_last_letter(post, keeper, shop, event, told):
    post(days=3)
    post(days=1)
    shop.send(profile.Set(**ANNA, phone="+79990000000"))
    keeper.callback(ANNA["email"], event)
    statistics = [getattr(message.statistics, told) for message in shop.send(notifications.List(phone="+79990000000"))]
    assert statistics == [True, False]


def test_messages_are_counted_by_channel_and_type(post, shop, db):
    shop.send(deliveries.Opened(code=post()))
    post()
    since = (db.now - timedelta(days=7)).date()
    one = shop.send(notifications.Counters(**ANNA, date_from=since, channel="email", type="bulk"))
    assert one.model_dump() == {"sent": 2, "opened": 1}
    asked = {"date_from": since, "channel": ["email", "max"], "type": ["bulk", "chain"]}
    every = shop.send(notifications.AllCounters(**ANNA, **asked)).model_dump()
    assert every == {"channels": {"email": {"bulk": {"sent": 2, "opened": 1}, "chain": {}}, "max": {}}}
    nobody = shop.send(notifications.Counters(email="no@b.c", date_from=since, channel="email", type="bulk"))
    assert nobody.model_dump() == {"sent": 0}


@ON_SQLITE
def test_an_app_reads_what_went_to_its_own_device_only(post, sdk, other_shop):
    sent = post()
    assert codes(sdk, did="annas-phone") == [sent]
    assert codes(sdk, did="a-stranger") == []
    assert codes(other_shop) == []
    with pytest.raises(NotAllowed):
        codes(sdk)
