"""Triggers: who waits for a lower price or for a return into stock is told once, when it is so."""

import pytest

from app.engine.store.messages import Message
from app.engine.store.triggers import Trigger
from app.engine.worker.main import Worker, work_until_idle
from app.rees46 import products, profile, subscriptions, triggers
from app.rees46.errors import NotAllowed
from tests.engine.asking import ON_SQLITE

JOHN = "john.doe@store.example"


@pytest.fixture
def catalogue(shop, settings):
    """Import one product, and let the worker tell whoever waited."""

    def put(**said):
        item = {
            "id": "3323",
            "name": "Trail <26>",
            "price": 160,
            "url": "https://shop.example/3323?a=1#top",
            "picture": "https://shop.example/3323.jpg",
            "categories": ["3"],
        }
        shop.send(products.Put(items=[item | said]))
        tell(settings)

    put()
    return put


def tell(settings):
    work_until_idle(settings)
    worker = Worker(settings)
    worker.do_chores()
    worker.database.engine.dispose()


@pytest.fixture
def letters(db):
    def letters():
        db.rollback()
        return [(message.channel, message.recipient, message.parts) for message in db.query(Message).order_by("id")]

    return letters


def waits_for_price(client, **who):
    return client.send(triggers.CheckPriceDrop(item="3323", **(who or {"email": JOHN})))


def waits_for_stock(client, **who):
    return client.send(triggers.CheckBackInStock(item="3323", **(who or {"email": JOHN})))


def test_a_lower_price_is_told_once_and_ends_the_subscription(shop, sdk, catalogue, letters):
    sdk.send(triggers.SubscribeToPriceDrop(email=JOHN, item="3323", price=160))
    assert waits_for_price(shop)
    catalogue(price=160)
    catalogue(price=170)
    assert letters() == []
    catalogue(price=150)
    ((channel, recipient, parts),) = letters()
    assert (channel, recipient) == ("email", JOHN)
    assert "Trail &lt;26&gt; now costs 150 RUB" in parts["html"]
    assert "https://shop.example/3323?a=1&amp;recommended_by=chain&amp;recommended_code=" in parts["html"]
    assert not waits_for_price(shop)
    catalogue(price=140)
    assert len(letters()) == 1


def test_a_price_still_above_the_one_that_was_seen_is_not_told(shop, catalogue, letters):
    catalogue(price=200)
    shop.send(triggers.SubscribeToPriceDrop(email=JOHN, item="3323", price=160))
    catalogue(price=180)
    assert letters() == []
    assert waits_for_price(shop)


def test_a_price_that_fell_while_the_product_was_away_is_told_when_it_is_back(shop, catalogue, letters):
    shop.send(triggers.SubscribeToPriceDrop(email=JOHN, item="3323", price=160))
    catalogue(price=150, available=False)
    assert letters() == []
    catalogue(price=150, available=True)
    assert len(letters()) == 1


@pytest.mark.parametrize("way", ["put", "patch"])
def test_a_return_into_stock_is_told_once(shop, settings, catalogue, letters, way):
    shop.send(triggers.SubscribeToBackInStock(email=JOHN, item="3323", properties={"fashion_size": "L"}))
    shop.send(products.Remove(items=["3323"]))
    tell(settings)
    assert waits_for_stock(shop)
    if way == "put":
        catalogue()
    else:
        shop.send(products.Sync(items=["3323"]))
        tell(settings)
    assert [recipient for _channel, recipient, _parts in letters()] == [JOHN]
    assert not waits_for_stock(shop)
    shop.send(products.Remove(items=["3323"]))
    catalogue()
    assert len(letters()) == 1


def test_who_is_told_nothing_now_waits_on(shop, catalogue, letters):
    """A no to triggers is respected, and the wish is not lost."""
    shop.send(triggers.SubscribeToPriceDrop(email=JOHN, item="3323", price=160))
    shop.send(subscriptions.Manage(email=JOHN, email_chain=False))
    catalogue(price=150)
    assert letters() == []
    assert waits_for_price(shop)
    shop.send(subscriptions.Manage(email=JOHN, email_chain=True))
    catalogue(price=140)
    assert len(letters()) == 1


def test_an_address_that_must_not_be_used_is_not_used(shop, catalogue, letters):
    shop.send(triggers.SubscribeToPriceDrop(email=JOHN, item="3323", price=160))
    shop.send(subscriptions.Callback(email=JOHN, event="blacklisted"))
    catalogue(price=150)
    assert letters() == []


def test_a_message_speaks_the_language_of_the_customer(shop, catalogue, letters):
    shop.send(profile.Set(email=JOHN, language="ru"))
    shop.send(triggers.SubscribeToPriceDrop(email=JOHN, item="3323", price=160))
    catalogue(price=150)
    assert letters()[0][2]["subject"] == "Цена снизилась: Trail <26>"


def test_one_unsubscribes_from_some_products_or_from_all(shop, sdk, db):
    def waited_for():
        db.rollback()
        return sorted(trigger.item_id for trigger in db.query(Trigger))

    shop.send(triggers.SubscribeToPriceDrop(email=JOHN, item_ids=["1", "2", "3"], price=5))
    sdk.send(triggers.UnsubscribeFromPriceDrop(email=JOHN, item_ids=["2", "7"]))
    assert waited_for() == ["1", "3"]
    sdk.send(triggers.UnsubscribeFromBackInStock(email=JOHN, item_ids=[]))
    assert waited_for() == ["1", "3"]
    sdk.send(triggers.UnsubscribeFromPriceDrop(email=JOHN, item_ids=[]))
    assert waited_for() == []


def test_who_subscribes_again_waits_once_for_what_was_said_last(shop, db):
    for price in (100, 90):
        shop.send(triggers.SubscribeToPriceDrop(email=JOHN, item="3323", price=price))
    assert [trigger.price for trigger in db.query(Trigger)] == [90]


def test_two_halves_of_a_person_that_both_wait_are_told_once(shop, catalogue, letters):
    shop.send(triggers.SubscribeToPriceDrop(email=JOHN, item="3323", price=160))
    shop.send(triggers.SubscribeToPriceDrop(phone="79990000002", item="3323", price=160))
    shop.send(profile.Set(email=JOHN, phone="79990000002"))
    (waiting,) = shop.send(triggers.WaitingForPrice())
    assert (waiting.quantity, waiting.contacts) == (1, [JOHN])
    catalogue(price=150)
    assert len(letters()) == 1


def test_a_device_asks_for_itself_alone_and_others_need_the_secret(shop, sdk):
    sdk.send(triggers.SubscribeToBackInStock(did="d1", item="3323"))
    assert waits_for_stock(sdk, did="d1")
    assert not waits_for_stock(sdk, did="d2")
    assert not waits_for_stock(sdk, did="d1", email="somebody@else.example")
    with pytest.raises(NotAllowed):
        waits_for_stock(sdk, email=JOHN)


@ON_SQLITE
@pytest.mark.parametrize("wrong", [{"price": "0"}, {"price": "cheap"}, {"item": ""}, {"email": ""}])
def test_what_is_wrong_is_refused(wire, wrong):
    said = {"shop_id": "shop", "email": JOHN, "item": "3323", "price": "160"} | wrong
    assert wire.post("/subscriptions/subscribe_for_product_price", data=said).status_code == 400


def test_reports_name_products_with_who_waits_for_them(shop, sdk, other_shop, catalogue, db):
    catalogue(barcode="BC101")
    for email in ("b@example.com", "a@example.com"):
        shop.send(triggers.SubscribeToBackInStock(email=email, item="3323"))
    shop.send(triggers.SubscribeToBackInStock(phone="79990000002", item="3323"))
    sdk.send(triggers.SubscribeToBackInStock(did="d1", item="unknown"))
    found = {waiting.id: waiting for waiting in shop.send(triggers.WaitingForStock())}
    assert set(found) == {"3323", "unknown"}
    bike = found["3323"]
    assert (bike.barcode, bike.quantity, bike.subscribers, bike.date) == ("BC101", 3, 3, db.now.date())
    assert sorted(bike.contacts) == ["79990000002", "a@example.com", "b@example.com"]
    assert (found["unknown"].quantity, found["unknown"].contacts) == (1, [])
    assert shop.send(triggers.WaitingForPrice()) == []
    assert shop.send(triggers.WaitingForStock(date_to="2020-01-01")) == []
    assert other_shop.send(triggers.WaitingForStock()) == []
    with pytest.raises(NotAllowed):
        sdk.send(triggers.WaitingForStock())
