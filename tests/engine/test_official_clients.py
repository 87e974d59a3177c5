"""What official apps and shop modules do that the reference does not print, each oddity by itself.

Whole requests of theirs are replayed by test_sdk_requests.
"""

import json
from urllib.parse import quote

import pytest

from app.engine.http.app import create_box
from app.engine.search.indexer import Indexer
from app.engine.store.customers import Customer
from app.engine.store.events import Event
from app.engine.store.messages import Message
from app.engine.store.triggers import Trigger
from app.engine.worker.main import Worker, work_until_idle
from app.rees46 import products, profile, subscriptions, triggers
from app.rees46.errors import Refused
from tests.engine.asking import ON_SQLITE, SECRET, SHOP

KEYS = {"shop_id": SHOP, "shop_secret": SECRET}
ITEM = {
    "id": "1",
    "name": "Lamp",
    "price": 100,
    "url": "https://s.example/1",
    "picture": "https://s.example/1.jpg",
    "categories": ["1"],
}
ANNA = "anna@example.com"


def worked(settings):
    work_until_idle(settings)
    worker = Worker(settings)
    worker.do_chores()
    worker.database.engine.dispose()


@pytest.mark.parametrize("zero", ["0", 0, "-1", False])
def test_guests_of_a_module_are_not_one_customer(wire, db, zero):
    for ssid in ("a", "b"):
        said = KEYS | {"ssid": ssid, "event": "view", "item_id": ["1"], "user_id": zero}
        assert wire.post("/push", json=said).json == {"status": "success"}
    assert db.query(Customer).count() == 2


def test_guests_who_order_are_not_one_customer(wire, settings, db):
    orders = [
        {"id": number, "user_id": "0", "user_email": f"g{number}@example.com", "items": [{"id": "1", "price": 5}]}
        for number in (1, 2)
    ]
    assert wire.post("/import/sync_orders", json=KEYS | {"orders": orders}).text == "OK"
    people = [{"id": 0, "email": "c@example.com"}, {"id": 0, "email": "d@example.com"}]
    assert wire.post("/import/audience", json=KEYS | {"audience": people}).status_code == 200
    work_until_idle(settings)
    assert {customer.email for customer in db.query(Customer)} == {
        "g1@example.com",
        "g2@example.com",
        "c@example.com",
        "d@example.com",
    }


@ON_SQLITE
@pytest.mark.parametrize(
    ("orders", "text"),
    [
        ([{"id": 7, "status": 1}], "OK"),
        ([{"id": 7, "user_id": 3, "user_email": ANNA, "date": 1, "items": []}], "OK"),
        ([{"id": 7, "status": "paid"}], ""),
        ([{"id": 7, "status": 1, "value": {"total": 5}}], ""),
        ([{"id": 7}], ""),
    ],
)
def test_a_module_of_old_reads_the_word_ok_and_all_others_json(wire, orders, text):
    answer = wire.post("/sync/orders", json=KEYS | {"orders": orders})
    if text:
        assert (answer.mimetype, answer.text) == ("text/plain", text)
    else:
        assert (answer.mimetype, answer.json) == ("application/json", {"status": "success"})


@ON_SQLITE
@pytest.mark.parametrize("way", ["top", "nested", "text", "both"])
@pytest.mark.parametrize("path", ["/push", "/push/custom"])
def test_what_led_here_is_known_wherever_it_stands(wire, db, path, way):
    source = {"from": "bulk", "code": "C1"}
    said = {
        "top": source,
        "nested": {"source": source},
        "text": {"source": json.dumps(source)},
        "both": {"source": source, "from": "chain", "code": "C2"},
    }[way]
    common = {"shop_id": SHOP, "did": "d", "event": "view", "item_id": ["1"]}
    assert wire.post(path, json=common | said).status_code == 200
    (event,) = db.query(Event)
    assert (event.source, event.source_code) == ("bulk", "C1")


FILTERS = {"Color": ["red", "blue"], "Size & fit": ["100%"]}


@ON_SQLITE
@pytest.mark.parametrize(
    "query",
    [
        "filters=" + quote(json.dumps(FILTERS)),
        "filters=" + quote(quote(json.dumps(FILTERS))),
        "filters=" + quote(json.dumps(FILTERS).replace(":", "%3A").replace(",", "%2C")),
        "filters[Color][0]=red&filters[Color][1]=blue&filters[Size %26 fit][]=100%25",
        "=" + quote(json.dumps(FILTERS)),
    ],
)
@pytest.mark.parametrize("path", ["/search", "/products", "/category/1"])
def test_filters_are_understood_however_they_are_encoded(box, monkeypatch, path, query):
    from app.engine.http import app as http  # noqa: PLC0415  # only its parsing is looked at

    heard = []
    monkeypatch.setattr(http, "_done", lambda _database, _answered, op, _at: heard.append(op) or b"{}")
    wire = box.test_client()
    wire.get(f"{path}?shop_id={SHOP}&did=d&type=full_search&search_query=x&{query}")
    assert heard[0].filters == FILTERS


@ON_SQLITE
@pytest.mark.parametrize(
    ("query", "brands", "did"),
    [
        ("brands=A&brands=B&did=d", ["A", "B"], "d"),
        ("brands=A,B&did=d", ["A", "B"], "d"),
        ("brands=A&did=d1&did=d2", ["A"], "d2"),
        ("brands[]=A&brands[]=B&did=d&shop_id=shop", ["A", "B"], "d"),
        ("brands=A&brands=&did=d", ["A"], "d"),
        ("brands=A&brands=A&did=d&did=d", ["A", "A"], "d"),
    ],
)
def test_a_key_that_comes_again_is_a_list_where_one_is_due(box, monkeypatch, query, brands, did):
    from app.engine.http import app as http  # noqa: PLC0415  # as above

    heard = []
    monkeypatch.setattr(http, "_done", lambda _database, _answered, op, _at: heard.append(op) or b"{}")
    answer = box.test_client().get(f"/search?shop_id={SHOP}&type=full_search&search_query=x&{query}")
    assert answer.status_code == 200
    assert (heard[0].brands, heard[0].did) == (brands, did)


@pytest.mark.parametrize("why", ["hard_bounced", "complained", "blacklisted"])
def test_a_yes_that_cannot_be_kept_is_refused_and_changes_nothing(keeper, why):
    keeper.manage(email=ANNA, phone="79990000001", email_bulk=True, sms_bulk=False)
    keeper.callback(ANNA, why)
    with pytest.raises(Refused):
        keeper.manage(email=ANNA, email_bulk=True, sms_bulk=True)
    assert "sms_bulk" not in keeper.on(phone="79990000001")
    keeper.manage(email=ANNA, email_bulk=False)  # what is off may be turned off


def test_waiting_for_a_product_that_is_not_known_yet_ends_when_it_comes(shop, sdk, settings, db):
    sdk.send(triggers.SubscribeToPriceDrop(email=ANNA, item="1", price=150))
    sdk.send(triggers.SubscribeToBackInStock(email="ben@example.com", item="1"))
    shop.send(products.Put(items=[ITEM]))
    worked(settings)
    assert {message.recipient for message in db.query(Message)} == {ANNA, "ben@example.com"}
    assert db.query(Trigger).count() == 0


def test_waiting_for_a_product_that_never_comes_ends_after_a_quarter(sdk, settings, db, time_machine):
    time_machine.move_to("2026-01-01 10:00")
    sdk.send(triggers.SubscribeToPriceDrop(email=ANNA, item="nothing", price=150))
    worked(settings)
    assert db.query(Trigger).count() == 1
    db.rollback()
    time_machine.move_to("2026-04-10 10:00")
    worked(settings)
    assert db.query(Trigger).count() == 0


def test_a_letter_of_a_trigger_has_its_campaigns_name_in_the_outbox(shop, sdk, wire, settings):
    sdk.send(triggers.SubscribeToPriceDrop(email=ANNA, item="1", price=150))
    shop.send(products.Put(items=[ITEM]))
    worked(settings)
    assert "Price drop" in wire.get("/outbox").text
    assert "Deleted campaign" not in wire.get("/outbox").text


def test_a_device_learns_what_is_documented_and_no_name(keeper, wire):
    kids, cars = [{"gender": "f", "birthday": "2014-02-10"}], [{"brand": "Acme", "model": "X", "vds": "V1"}]
    keeper.save(did="d1", email=ANNA, first_name="Anna", gender="f", kids=kids, auto=cars, size="L")
    seen = wire.get(f"/profile?shop_id={SHOP}&did=d1").json
    assert {"has_email", "computed_gender", "gender", "bought_something", "id", "custom_properties"} <= seen.keys()
    assert (seen["custom_properties"], seen["child_gender"], seen["id"].isdecimal()) == ({"size": "L"}, "f", True)
    assert seen["compatibility"] == [{"brand": "Acme", "model": "X"}]
    assert not any(secret in json.dumps(seen) for secret in ("Anna", ANNA, "2014"))


@ON_SQLITE
def test_what_was_sent_can_be_read_back_on_the_boxs_own_pages(wire):
    common = {"shop_id": SHOP, "did": "dev-1", "stream": "ios"}
    wire.post("/push/custom", json=common | {"event": "quiz", "category": "fun", "value": 3, "payload": {"a": "b"}})
    wire.post("/push", json=common | {"event": "view", "item_id": ["77"], "from": "bulk", "code": "C9"})
    wire.post("/track/clicked", json=common | {"code": "unknown-message", "type": "mobile_push_bulk"})
    wire.post(
        "/chat_reports", json=KEYS | {"code": "talk-1", "platform": "livetex", "email": ANNA, "data": {"hi": "there"}}
    )
    events, chats = wire.get("/events").text, wire.get("/chats").text
    for said in ("quiz", "category: fun", "dev-1", "ios", "item_id: 77", "bulk C9", "clicked", "unknown-message"):
        assert said in events, said
    assert "item_id: 77" not in wire.get("/events?kind=clicked").text
    assert "talk-1" in chats
    assert "there" in chats


@pytest.fixture
def newest(settings):
    app = create_box(settings.model_copy(update={"box_shapes": "newest"}))
    yield app.test_client()
    app.extensions["db"].engine.dispose()


@ON_SQLITE
def test_the_announced_shapes_are_given_to_who_asks_for_them(newest, shop, settings, wire):
    shop.send(products.Put(items=[ITEM]))
    shop.send(triggers.SubscribeToPriceDrop(email=ANNA, item="1", price=50))
    work_until_idle(settings)
    shop.send(profile.Set(email=ANNA, first_name="Anna"))

    def ask(path, **said):
        return newest.get(path, query_string=KEYS | said).json

    assert ask("/promo_codes") == {"success": True, "payload": []}
    assert ask("/nps/channels") == {"status": "success", "payload": {"channels": []}}
    assert ask("/products/get", item_id="1")["payload"]["product"]["uniqid"] == "1"
    found = ask("/search", did="d", type="full_search", search_query="x")
    assert found["payload"]["search"]["filters"] == {}
    assert ask("/orders/by_user", email=ANNA) == {"status": "success", "payload": {"orders": []}}
    assert ask("/products/cart", email=ANNA) == {"status": "success", "payload": {"cart_items": []}}
    (waits,) = ask("/products/subscribers/price")
    assert (waits["email"], waits["sku"], "subscribed_at" in waits) == (ANNA, "1", True)
    assert wire.get("/promo_codes", query_string=KEYS).json == []


@ON_SQLITE
def test_a_full_search_of_the_announced_shape_gives_ids_and_with_extended_products(newest, shop, settings):
    shop.send(products.Put(items=[ITEM]))
    work_until_idle(settings)
    Indexer(settings, newest.application.extensions["db"]).round()

    def found(kind, **more):
        said = KEYS | {"did": "d", "type": kind, "search_query": ITEM["name"]} | more
        return newest.get("/search", query_string=said).json["payload"]["search"]["products"]

    assert found("full_search") == ["1"]
    assert found("full_search", extended="1")[0]["id"] == "1"
    assert found("instant_search")[0]["id"] == "1"


@ON_SQLITE
@pytest.mark.parametrize(
    ("method", "path", "said"),
    [
        ("GET", "/promo_codes", {"shop_secret": "wrong"}),
        ("GET", "/promo_codes", {"limit": "many"}),
        ("GET", "/promo_codes/fetch", {"id": "none"}),
        ("POST", "/promo_codes", {"id": "none", "codes": ["A"]}),
        ("DELETE", "/promo_codes/delete", {"promo_code_list_id": "none", "codes": ["A"]}),
        ("DELETE", "/promo_codes/purge", {"id": "none"}),
        ("GET", "/loyalty/bonuses/balance", {"identifier": "79000000000"}),
        ("POST", "/loyalty/qr/check", {"code": "79000000000-1234"}),
        ("POST", "/url/create", {"links": []}),
    ],
)
def test_announced_refusals_of_the_newer_family_say_so_by_success(newest, wire, method, path, said):
    answer = newest.open(path, method=method, json=KEYS | said)
    assert answer.status_code in {400, 403, 404}
    assert answer.json == {"success": False, "payload": {"message": answer.json["payload"]["message"]}}
    today = wire.open(path, method=method, json=KEYS | said)
    told = today.status_code, today.json["status"], today.json["message"]
    assert told == (answer.status_code, "error", answer.json["payload"]["message"])


@ON_SQLITE
def test_announced_answers_of_the_newer_family_say_yes_by_success(newest):
    assert newest.post("/subscriptions/manage", json=KEYS | {"email": ANNA}).json == {"status": "success"}
    refused = newest.post("/subscriptions/manage", json=KEYS)
    assert refused.json["status"] == "error"
    joined = newest.post("/loyalty/members/join", json=KEYS | {"phone": "79001112233"})
    assert joined.json["status"] == "success"
    sent = newest.post("/loyalty/otp/send", json=KEYS | {"identifier": "79001112233", "event": "login"})
    assert sent.json == {"success": True}
    balance = newest.get("/loyalty/bonuses/balance", query_string=KEYS | {"identifier": "79001112233"})
    assert balance.json["success"] is True
    assert balance.json["payload"].keys() == {"balance"}


def test_our_own_client_reads_the_announced_shapes(newest, shop):
    from app.rees46.client import Client, new_session  # noqa: PLC0415  # only here
    from app.rees46.inprocess import BOX_URL, InProcess  # noqa: PLC0415  # only here

    client = Client(BOX_URL, SHOP, SECRET, session=new_session({BOX_URL: InProcess(newest.application)}))
    shop.send(subscriptions.Manage(email=ANNA, email_bulk=True))
    assert client.send(subscriptions.Check(email=ANNA)).email_bulk
