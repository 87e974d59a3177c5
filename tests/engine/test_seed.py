"""The demo shop: believable, the same every time, and with every id that the reference's examples use."""

import itertools
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import Engine, event, func, select

from app import engine
from app.config import Settings
from app.database import Database
from app.engine import seed
from app.engine.http.app import create_box
from app.engine.seed.catalogue import CATEGORIES, NAMES
from app.engine.store.base import Base
from app.engine.store.campaigns import Template
from app.engine.store.customers import Customer, Identity
from app.engine.store.db import Db
from app.engine.store.events import Event
from app.engine.store.orders import Order
from app.engine.store.shops import Shop
from app.engine.store.subscription_log import SubscriptionChange
from app.engine.store.suppressions import DoNotUse
from app.rees46 import communications, crm, profile, promo_codes, segments, subscriptions
from app.rees46.client import Client, new_session
from app.rees46.inprocess import BOX_URL, InProcess
from app.vault import unlock

TODAY = datetime(2026, 11, 21, 12, tzinfo=UTC)
PRODUCTS = ("37", "187", "3323", "100500", "ABCDEF", "PRODUCT123", "ITEM-ID-1", "6335", "133", "ID1", "ID2")
CATEGORY_IDS = ("1", "146", "100500", "479", "480", "482", "483", "BFRIDAY_CATEGORY_ID")


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The whole demo shop, made once, and how many statements that took."""
    settings = Settings(var=tmp_path_factory.mktemp("whole"), public_url="http://localhost")
    engine.upgrade(settings)
    statements = itertools.count()

    def count(*_statement):
        next(statements)

    event.listen(Engine, "before_cursor_execute", count)
    with time_machine.travel(TODAY):
        seed.demo(settings)
    event.remove(Engine, "before_cursor_execute", count)
    return settings, next(statements)


@pytest.fixture(scope="module")
def shop(whole):
    box = create_box(whole[0])
    yield Client(BOX_URL, "demo", "demo-secret", session=new_session({BOX_URL: InProcess(box)}))
    box.extensions["db"].engine.dispose()


@pytest.fixture(scope="module")
def db(whole):
    """A look at what the demo shop holds."""
    database = Database(whole[0].box_database, Db)
    with database.reading() as db:
        yield db
    database.engine.dispose()


def number_of(db, model, *conditions):
    demo = select(Shop.id).where(Shop.shop_id == "demo").scalar_subquery()
    return db.scalar(select(func.count()).select_from(model).where(model.shop_id == demo, *conditions))


def rows_of(settings):
    """All rows of all tables."""
    database = Database(settings.box_database, Db)
    with database.reading() as db:
        rows = {table.name: db.execute(select(table)).all() for table in Base.metadata.sorted_tables}
    database.engine.dispose()
    return rows


def test_it_is_made_with_few_statements(whole):
    settings, statements = whole
    assert statements < sum(map(len, rows_of(settings).values())) / 4


def test_it_has_the_size_of_a_real_shop(db, shop):
    assert number_of(db, Customer) == 5000
    assert number_of(db, Order) > 3000
    assert len(shop.send(promo_codes.Lists())) == 6
    assert 180 <= len(NAMES) <= 220


def test_it_has_customers_of_every_kind(db):
    assert number_of(db, Customer, Customer.first_name.between("А", "я")) > 2000
    with_email = select(Identity.customer_id).where(Identity.kind == "email")
    with_phone = select(Identity.customer_id).where(Identity.kind == "phone")
    assert number_of(db, Customer, Customer.id.not_in(with_email), Customer.id.in_(with_phone)) > 300
    for reason in ("bounced", "suppressed", "blacklisted"):
        assert number_of(db, DoNotUse, DoNotUse.reason == reason) > 10


def test_one_list_is_empty_one_nearly_and_the_one_of_the_reference_has_what_it_prints(shop):
    left = {found.id: found.available for found in shop.send(promo_codes.Lists())}
    assert (left["3184"], left["3189"], left["3188"]) == (3744, 0, 3)


def test_the_change_log_covers_a_year_with_quiet_weekends_and_one_bad_day(db):
    days = Counter(at.date() for at in db.scalars(select(SubscriptionChange.at)))
    assert min(days) >= date(2025, 11, 20)
    assert max(days) >= date(2026, 11, 19)
    gone = Counter(
        at.date() for at in db.scalars(select(SubscriptionChange.at).where(SubscriptionChange.event != "subscribe"))
    )
    (worst, number), (_, second) = gone.most_common(2)
    assert worst == TODAY.date() - timedelta(days=41)
    assert number > 3 * second
    working = [number for day, number in days.items() if day.weekday() < 5 and day != worst]
    weekend = [number for day, number in days.items() if day.weekday() >= 5 and day != worst]
    assert sum(working) / len(working) > 1.3 * sum(weekend) / len(weekend)


def test_the_log_ends_where_the_consents_are(shop):
    for email in ("uma.unsubscribed@example.com", "anna.kowalska@example.com", "clara.complained@example.com"):
        with time_machine.travel(TODAY):
            log = shop.send(subscriptions.Changes(from_=date(2025, 11, 1), email=email))
        status = shop.send(subscriptions.Check(email=email)).model_dump()
        last = {change.campaign_type: change.event for change in reversed(log)}
        assert all(status[f"email_{kind}"] == (event == "subscribe") for kind, event in last.items())


def test_every_id_of_the_reference_exists(shop):
    assert set(PRODUCTS) <= set(NAMES)
    assert set(CATEGORY_IDS) <= {category.id for category in CATEGORIES}
    assert {found.loyalty_id for found in shop.send(crm.Search(by="loyalty_id", ids=["L01", "L02"]))} == {"L01", "L02"}
    ursula = shop.send(profile.Read(email="user@example.com"))
    assert {"N318", "yKsvZbWpCL", "ORDER-3341"} == {order.id for order in ursula.orders}
    kinds = {found.id: found.type for found in shop.send(segments.Get(email="user@example.com"))}
    assert (kinds[313], kinds[314]) == ("static", "dynamic")
    assert shop.send(profile.Read(did="gN7WW9zXpM")).email == "user@example.com"


def test_anna_has_everything(shop):
    anna = shop.send(profile.Read(email="Anna.Kowalska@example.com"))
    assert (len(anna.orders), anna.loyalty_bonuses, anna.additional_emails) == (3, 1240, ["anna.k@example.org"])
    assert len(shop.send(communications.Read(email="anna.kowalska@example.com"))) == 20
    assert all(order.items[0].name for order in anna.orders)


def test_it_is_the_same_every_time_and_making_it_twice_changes_nothing(tmp_path):
    made = []
    for name in ("first", "second"):
        settings = Settings(var=tmp_path / name)
        engine.upgrade(settings)
        with time_machine.travel(TODAY, tick=False):
            seed.small(settings)
        made.append(rows_of(settings))
        seed.small(settings)
        assert rows_of(settings) == made[-1]
        shops = made[-1]["shops"]
        made[-1]["shops"] = [{**shop._mapping, "secret": unlock(shop.secret, settings.key)} for shop in shops]
    assert made[0] == made[1]


def test_the_second_shop_has_other_customers(tmp_path):
    settings = Settings(var=tmp_path)
    engine.upgrade(settings)
    seed.small(settings)
    emails = Counter(row.value for row in rows_of(settings)["identities"] if row.kind == "email")
    assert max(emails.values()) == 1


def test_it_can_be_made_on_postgresql(postgres, tmp_path):
    settings = Settings(var=tmp_path, box_database_url=postgres.fresh())
    engine.upgrade(settings)
    seed.small(settings)
    assert len(rows_of(settings)["customers"]) == 72


def test_visitors_of_the_last_four_weeks_looked_searched_and_filled_carts(db):
    kinds = dict(db.execute(select(Event.kind, func.count()).group_by(Event.kind)).all())
    assert min(kinds["view"], kinds["search"] + kinds["category"]) > 1500
    assert kinds["cart"] > 300
    assert kinds["wish"] > 100
    first, last = db.execute(select(func.min(Event.at), func.max(Event.at))).one()
    assert timedelta(days=20) < last - first <= timedelta(days=29)
    assert set(db.scalars(select(Event.item_id).where(Event.item_id.is_not(None)).distinct())) <= set(NAMES)


def test_campaigns_send_a_push_of_every_kind(db):
    pushes = db.scalars(select(Template.parts).where(Template.channel == "mobile_push"))
    kinds = {parts.get("event", "basic") for parts in pushes}  # one says what it is given
    assert kinds == {
        "basic",
        "web",
        "category",
        "product",
        "custom",
        "{{ event }}",
    }


def test_somebody_ordered_five_hundred_times(shop):
    olaf = shop.send(profile.Read(email="olaf.orders@example.com"))
    assert len({order.id for order in olaf.orders}) == len(olaf.orders) >= 100
