"""A call costs the same among a million customers: whatever it looks up or changes, it finds by an index."""

import json
import re
import shutil

import pytest
from sqlalchemy import Engine, event

from app.config import Settings
from app.engine.store.categories import Category
from app.engine.store.db import Circumstances
from app.engine.store.product_collections import ProductCollection
from app.engine.store.products import Product
from app.engine.store.promo_codes import PromoList, list_to_change, upload
from app.engine.store.shops import shop_of
from app.engine.worker.main import work_until_idle
from app.rees46 import (
    baskets,
    bonuses,
    categories,
    communications,
    crm,
    deliveries,
    events,
    imports,
    legacy,
    listings,
    locations,
    orders,
    product_collections,
    products,
    profile,
    promo_codes,
    push_tokens,
    search_suggestions,
    segments,
    sessions,
    subscriptions,
)
from tests.engine.asking import SHOP

ANNA, PHONE = "anna@example.com", "79991112233"
CALL = dict.fromkeys(
    ("channel", "event", "location_id", "call_type", "call_theme", "comment", "author_type", "status"), "x"
)
BIKE = {"id": "1", "name": "Bike", "price": 1, "url": "https://a.b", "picture": "https://a.b/c", "categories": ["1"]}
CALLS = [
    sessions.Init(did="d1", seance="s1"),
    profile.Set(email=ANNA, first_name="Anna"),
    profile.Set(phone=PHONE, external_id="1", loyalty_id="L", telegram_id="T"),
    profile.Set(email=ANNA, phone=PHONE, did="d1", gender="f"),
    profile.Read(email=ANNA),
    profile.Read(did="d1"),
    segments.Add(email=ANNA, segment_id="1"),
    segments.Get(email=ANNA),
    segments.Remove(email=ANNA, segment_id="1"),
    subscriptions.Manage(email=ANNA, email_bulk=True),
    subscriptions.Check(phone=PHONE),
    subscriptions.Callback(email=ANNA, event="complained"),
    subscriptions.Changes(),
    subscriptions.Changes(event="subscribe", limit=50),
    subscriptions.Changes(channel="email_processing", limit=50),
    subscriptions.Changes(email=ANNA),
    communications.Save(email=ANNA, **CALL),
    communications.Read(email=ANNA),
    communications.Edit(id="1", email=ANNA, status="y"),
    events.Track(event="cart", did="d1", item_id=["37"], amount=[2], is_available=[True]),
    events.Track(event="remove_from_cart", did="d1", item_id=["37"]),
    events.Track(event="wish", did="d1", item_id=["37"], full_wish=True),
    events.Track(event="purchase", did="d1", item_id=["37"], order_id="N1"),
    events.Track(event="purchase", did="d1", item_id=["37"], order_id="N1"),
    events.Custom(did="d1", event="quiz"),
    push_tokens.Add(did="d1", token="T", platform="ios"),
    deliveries.Clicked(code="C", type="mobile_push_bulk"),
    orders.LastForUser(did="d1"),
    orders.ByUser(email=ANNA, date_from="2024-01-01"),
    baskets.Cart(did="d1"),
    search_suggestions.Search(did="d1"),
    segments.Includes(email=ANNA, segment_id="1"),
    products.Counters(item="37"),
    listings.OfCategory(category="1"),
    product_collections.Read(collection="9"),
    promo_codes.Delete(promo_code_list_id="9", codes=["A", "B"]),
    promo_codes.Purge(id="9"),
    legacy.GenerateSsid(),
    legacy.Recommend(recommender_type="see_also", ssid="d1", cart_item_id=["37"]),
    legacy.Disable(item_ids=["37"]),
    profile.ForceChangePhone(old_phone=PHONE, new_phone="79994445566", i_understand_what_i_am_doing="yes"),
    orders.Sync(orders=[{"id": "N1", "status": "paid", "email": ANNA, "items": [{"id": "37", "price": 1}]}]),
    bonuses.Import(bonuses=[{"email": ANNA, "balance": 1}]),
    crm.Search(by="email", ids=[ANNA]),
    crm.Search(by="birthday", ids=["1990-01-01"]),
    imports.Audience(audience=[{"email": ANNA, "email_bulk": True}, {"email": "new@example.com"}], segment_id="1"),
    imports.Suppressed(audience=[{"email": ANNA}]),
    profile.ForceChangeEmail(old_email=ANNA, new_email="other@example.com", i_understand_what_i_am_doing="yes"),
    subscriptions.Callback(email="other@example.com", event="hard_bounced"),
    categories.Import(categories=[{"id": "1", "name": "Bikes"}]),
    categories.Update(categories=["1", {"id": "2", "name": "Locks", "parent": "1"}]),
    categories.Remove(categories=["2"]),
    locations.Import(locations=[{"id": "msk", "name": "Moscow"}]),
    products.Put(items=[BIKE]),
    products.Sync(items=["1"]),
    products.Remove(items=["1"]),
    categories.Tree(only_discount=True),
]


@pytest.fixture
def settings(prepared, tmp_path):
    """SQLite alone: it tells its plan without having rows, where PostgreSQL rightly scans what is small."""
    shutil.copy(prepared, tmp_path / "box.db")
    return Settings(var=tmp_path, box_database_url=f"sqlite:///{tmp_path}/box.db")


@pytest.fixture
def plans(box):
    """Every plan by which something was looked up, by the box or by the worker."""
    plans = {}

    def look(_connection, cursor, statement, parameters, _context, many):
        if statement.lstrip().upper().startswith(("SELECT", "UPDATE", "DELETE")):
            cursor = cursor.connection.cursor()
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters[0] if many else parameters)
            plans[statement] = [row[3] for row in cursor.fetchall()]

    event.listen(Engine, "before_cursor_execute", look)
    yield plans
    event.remove(Engine, "before_cursor_execute", look)


@pytest.fixture
def stocked(database, settings):
    """A product in a category and in a collection, and a promo list."""
    with database.writing() as db:
        db.at = Circumstances(shop_of(db, SHOP), settings)
        mine = {"shop_id": db.shop.id}
        db.add(Category(**mine, external_id="1", name="Bikes"))
        db.add(
            Product(
                **mine,
                item_id="37",
                name="Bell",
                url="https://a.b",
                picture="https://a.b/c",
                price=1,
                categories=["1"],
                text=json.dumps(BIKE | {"id": "37"}),
                changed=db.now,
            )
        )
        db.add(ProductCollection(**mine, number="9", name="Spring", items=["37"]))
        db.add(PromoList(**mine, number="9", name="Spring"))
        db.flush()
        upload(db, list_to_change(db, "9"), ["A", "B", "C"])


@pytest.mark.usefixtures("stocked")
def test_no_call_and_no_job_reads_a_whole_table(shop, plans, settings):
    for call in CALLS:
        shop.send(call)
    work_until_idle(settings)
    assert len(plans) > 50
    scans = [(statement, plan) for statement, plan in plans.items() if whole_tables(plan)]
    assert scans == []


def test_changes_are_read_in_their_order_without_sorting(shop, plans):
    for filters in ({}, {"event": "complained"}, {"channel": "email_processing"}, {"email": ANNA}):
        shop.send(subscriptions.Changes(**filters, limit=50))
    feeds = [plan for statement, plan in plans.items() if "subscription_changes" in statement]
    assert len(feeds) == 4
    assert not any("TEMP B-TREE" in step for plan in feeds for step in plan)


def whole_tables(plan):
    """Steps that read a table from end to end; a list of given values is none, nor what another step has found."""
    return [step for step in plan if re.match(r"SCAN (?!(\d+ )?CONSTANT|\(subquery|json_each|anon_\d)", step)]
