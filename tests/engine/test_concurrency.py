"""Many at once: nobody is made twice, nothing is lost, and people's saves get through beside an import."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from app.engine.store.baskets import CART, inside
from app.engine.store.customers import Customer, Identity
from app.engine.store.events import Event
from app.engine.store.orders import Order
from app.engine.store.segments import Member
from app.engine.store.subscription_log import SubscriptionChange
from app.rees46 import events, imports, profile, segments, sessions, subscriptions

ANNA, PHONE = "anna@example.com", "79991112233"


@pytest.fixture
def at_once():
    """Do all of it at the same time."""

    def at_once(act, items):
        with ThreadPoolExecutor(16) as pool:
            return list(pool.map(act, items))

    return at_once


def test_a_customer_saved_by_many_at_once_is_made_once_and_loses_nothing(shop, at_once, db, keeper):
    at_once(lambda n: shop.send(profile.Set(email=ANNA, phone=PHONE, **{f"property_{n}": n})), range(32))
    assert db.query(Customer).count() == 1
    assert db.query(Identity).count() == 2
    assert len(keeper.profile(email=ANNA).custom_properties) == 32


def test_two_halves_joined_by_many_at_once_are_one_person(shop, keeper, at_once, db):
    keeper.save(email=ANNA, first_name="Anna")
    keeper.save(phone=PHONE, last_name="Petrova")
    at_once(lambda _: shop.send(profile.Set(email=ANNA, phone=PHONE)), range(16))
    assert db.query(Customer).count() == 1
    anna = keeper.profile(phone=PHONE)
    assert (anna.first_name, anna.last_name) == ("Anna", "Petrova")


def test_joining_a_segment_many_times_at_once_is_joining_it_once(shop, at_once, db):
    at_once(lambda _: shop.send(segments.Add(email=ANNA, segment_id="1")), range(16))
    assert db.query(Member).count() == 1


def test_the_same_yes_said_many_times_at_once_is_one_change(shop, at_once, db):
    at_once(lambda _: shop.send(subscriptions.Manage(email=ANNA, email_bulk=True)), range(16))
    assert db.query(SubscriptionChange).count() == 1


def test_the_same_bounce_told_many_times_at_once_is_logged_once(shop, at_once, db):
    at_once(lambda _: shop.send(subscriptions.Callback(email=ANNA, event="hard_bounced")), range(16))
    assert db.query(SubscriptionChange).count() == 3


def test_a_device_that_starts_many_visits_at_once_is_one_device(sdk, at_once):
    started = at_once(lambda n: sdk.send(sessions.Init(did="d1", seance=f"s{n % 4}")), range(16))
    assert {visit.did for visit in started} == {"d1"}


def test_imports_accepted_at_once_are_all_done(shop, at_once, settings, db, keeper):
    from app.engine.worker.main import work_until_idle  # noqa: PLC0415  # beside its use

    people = [{"email": f"c{number}@example.com"} for number in range(20)]
    at_once(lambda n: shop.send(imports.Audience(audience=[p | {f"p{n}": n} for p in people])), range(12))
    work_until_idle(settings)
    assert db.query(Customer).count() == 20
    assert len(keeper.profile(email="c7@example.com").custom_properties) == 12


def test_an_order_reported_many_times_at_once_is_one_order_and_one_event(sdk, at_once, db):
    said = {"event": "purchase", "order_id": "N1", "item_id": ["37"], "price": [318]}
    at_once(lambda n: sdk.send(events.Track(did=f"d{n % 3}", **said)), range(12))
    assert db.query(Order).count() == 1
    assert db.query(Event).count() == 1


def test_what_is_put_into_a_cart_many_times_at_once_is_all_in_it(sdk, at_once, db):
    at_once(lambda _: sdk.send(events.Track(did="d1", event="cart", item_id=["37"], amount=[2])), range(12))
    assert inside(db, db.query(Customer).one().id, CART) == {"37": 24}
