"""Events: they are written down, and change what they mean for stock, carts, wishes and orders."""

import json

import pytest
from sqlalchemy import func, select

from app.engine.store.baskets import CART, WISHES, inside
from app.engine.store.devices import Visit
from app.engine.store.events import CustomEvent, Event
from app.engine.store.orders import Order
from app.engine.store.products import product_of
from app.engine.worker.main import work_until_idle
from app.rees46 import baskets, events, orders
from app.rees46.errors import NotAllowed
from tests.engine.asking import ON_SQLITE, SECRET, SHOP

ANNA = "anna@example.com"
DONE = {"status": "success"}


@pytest.fixture
def push(wire):
    """Send an event as a form does, and see that it was taken."""

    def send(event, did="d1", **said):
        answer = wire.post("/push", data={"shop_id": SHOP, "did": did, "event": event} | said)
        assert (answer.status_code, answer.json, answer.mimetype) == (200, DONE, "application/json")

    return send


@pytest.fixture
def noted(db):
    def look():
        db.rollback()  # what was seen before is seen anew
        return db.scalars(select(Event).order_by(Event.id)).all()

    return look


@pytest.fixture
def basket(db, noted):
    return lambda name=CART: inside(db, noted()[-1].customer_id, name)


@pytest.fixture
def goods(wire, settings):
    """Two products, 37 for 318 and 187 for 5000."""
    common = {"url": "https://shop.test/", "picture": "https://shop.test/p.png", "categories": ["1"]}
    items = [
        common | {"id": name, "name": f"No {name}", "price": price} for name, price in (("37", 318), ("187", 5000))
    ]
    answer = wire.put("/import/products", json={"shop_id": SHOP, "shop_secret": SECRET, "items": items})
    assert answer.status_code == 204
    work_until_idle(settings)


def test_an_event_is_written_down_with_all_that_led_to_it(push, noted, db):
    push(
        "view",
        **{
            "item_id[0]": "37",
            "seance": "s1",
            "stream": "ios",
            "segment": "B",
            "recommended_by": "dynamic",
            "recommended_code": "R1",
            "source": '{"from": "chain", "code": "M1"}',
        },
    )
    (event,) = noted()
    assert (event.kind, event.item_id, event.did, event.seance) == ("view", "37", "d1", "s1")
    assert (event.stream, event.segment, event.recommended_by, event.recommended_code) == ("ios", "B", "dynamic", "R1")
    assert (event.source, event.source_code) == ("chain", "M1")
    assert db.scalar(select(Visit.stream)) == "ios"


@pytest.mark.parametrize(
    "said",
    [
        {"item_id[0]": "37", "item_id[1]": "187", "amount[0]": "2", "amount[1]": "1", "is_available[0]": "1"},
        {"item_id[1]": "187", "item_id[0]": "37", "quantity[0]": "2", "quantity[1]": "1"},
        {"items": '[{"id": 37, "quantity": 2, "stock": true}, {"id": "187", "amount": "1", "price": "NaN"}]'},
        {"items": '[{"id": 37, "amount": 2}, {"id": ""}, {"id": "187"}]'},
    ],
)
@pytest.mark.parametrize("how", ["form", "query", "json"])
@ON_SQLITE
def test_items_are_understood_however_they_are_written(wire, basket, said, how):
    said = {"shop_id": SHOP, "ssid": "d1", "event": "cart", "full_cart": "true", "stream": "null"} | said
    if how == "json":
        said = {name: json.loads(value) if name == "items" else value for name, value in said.items()}
        lists = {name: value for name, value in said.items() if "[" in name}
        said = {name: value for name, value in said.items() if name not in lists}
        for name in sorted(lists):
            said.setdefault(name.partition("[")[0], []).append(lists[name])
    answer = wire.post(
        "/push", **{"form": {"data": said}, "query": {"query_string": said}, "json": {"json": said}}[how]
    )
    assert (answer.status_code, answer.json) == (200, DONE)
    assert basket() == {"37": 2, "187": 1}


def test_what_is_put_into_the_cart_adds_up_and_can_be_taken_out(push, basket):
    push("cart", **{"item_id[0]": "37", "amount[0]": "2"})
    push("cart", **{"item_id[0]": "37"})
    push("cart", **{"item_id[0]": "187", "amount[0]": "5000"})
    assert basket() == {"37": 3, "187": 1000}
    push("remove_from_cart", **{"item_id[0]": "37"})
    assert basket() == {"187": 1000}


def test_a_full_cart_replaces_the_cart_and_may_be_empty(push, basket):
    push("cart", **{"item_id[0]": "37"})
    push("cart", **{"item_id[0]": "187", "full_cart": "true"})
    assert basket() == {"187": 1}
    push("cart", full_cart="true")
    assert basket() == {}


@ON_SQLITE
def test_a_wish_is_remembered_once_until_it_is_withdrawn(push, basket):
    push("wish", item_id="37")
    push("wish", item_id="37")
    push("wish", item_id="187")
    assert basket(WISHES) == {"37": 1, "187": 1}
    push("remove_wish", item_id="37")
    assert basket(WISHES) == {"187": 1}
    push("wish", items='[{"id": 1}, {"id": 2}]', full_wish="true")
    assert basket(WISHES) == {"1": 1, "2": 1}


def test_availability_in_an_event_overwrites_the_catalogue(push, goods, db):
    push("view", **{"item_id[0]": "37", "is_available[0]": "0"})
    push("view", item_id="187", stock="true")
    push("view", item_id="unknown", stock="true")
    assert (product_of(db, "37").is_available, product_of(db, "187").is_available) == (False, True)


def test_a_purchase_is_an_order_in_the_profile_and_empties_the_cart(push, keeper, sdk, basket, goods):
    keeper.save(email=ANNA, did="d1")
    push("cart", item_id="37")
    push(
        "purchase",
        **{
            "order": "N318",
            "order_price": "29999",
            "item_id[0]": "37",
            "amount[0]": "3",
            "price[0]": "318",
            "item_id[1]": "187",
            "amount[1]": "1",
            "price[1]": "5000",
            "promocode": "JULY",
        },
    )
    known = keeper.profile(email=ANNA)
    (order,) = known.orders
    assert (order.id, order.value, known.bought_something) == ("N318", 29999, True)
    assert [(item.id, item.name, item.price, item.quantity) for item in order.items] == [
        ("37", "No 37", 318, 3),
        ("187", "No 187", 5000, 1),
    ]
    assert basket() == {}
    assert [product.id for product in sdk.send(orders.LastForUser(did="d1"))] == ["37", "187"]


def test_a_purchase_with_a_known_number_changes_nothing(push, keeper, noted, goods, db):
    keeper.save(email=ANNA, did="d1")
    push("purchase", order_id="N1", item_id="37")
    push("cart", item_id="187")
    push("purchase", order_id="N1", item_id="187", stock="false", order_price="1")
    assert [order.value for order in keeper.profile(email=ANNA).orders] == [318]
    assert [event.kind for event in noted()] == ["purchase", "cart"]
    assert product_of(db, "187").is_available


@ON_SQLITE
def test_without_number_and_price_the_box_finds_its_own(push, goods, db):
    push("purchase", **{"item_id[0]": "37", "amount[0]": "2", "item_id[1]": "187", "amount[1]": "1", "price[1]": "9"})
    push("purchase", item_id="37")
    first, second = db.scalars(select(Order).order_by(Order.id)).all()
    assert (first.total, second.total) == (5636, 318)
    assert first.number != second.number


def test_an_event_of_a_named_person_is_theirs_and_binds_the_device(push, keeper, noted):
    keeper.save(email=ANNA)
    push("view", item_id="37", user_email=ANNA)
    push("view", item_id="187")
    assert len({event.customer_id for event in noted()}) == 1
    assert keeper.knows(did="d1")


def test_baskets_of_two_halves_of_a_person_come_together(push, keeper, basket):
    keeper.save(email=ANNA, did="d1")
    push("cart", item_id="37")
    push("cart", did="d2", item_id="37")
    push("cart", did="d2", item_id="187")
    keeper.save(email=ANNA, did="d2")
    push("category", did="d2", category_id="100500")
    assert set(basket()) == {"37", "187"}


@ON_SQLITE
def test_a_search_is_noted_as_it_was_typed_also_when_encoded_twice(push, noted):
    push("search", search_query="ноутбук 14")
    push("search", search_query="laptop %26 co")
    assert [event.search_query for event in noted()] == ["ноутбук 14", "laptop & co"]


@pytest.mark.parametrize(
    "said",
    [
        {"event": "view"},
        {"event": "purchase", "item_id[0]": ""},
        {"event": "category"},
        {"event": "search"},
        {"event": "dance", "item_id": "1"},
        {"item_id": "1"},
        {"event": "view", "item_id": "1", "did": ""},
        {"event": "view", "item_id": "1", "segment": "C"},
    ],
)
@ON_SQLITE
def test_an_event_that_makes_no_sense_is_refused_and_leaves_no_trace(wire, noted, said):
    answer = wire.post("/push", data={"shop_id": SHOP, "did": "d1"} | said)
    assert answer.status_code == 400
    assert answer.json["payload"]["message"]
    assert noted() == []


def test_an_event_of_the_shops_own_registers_its_name(sdk, noted, db):
    sdk.send(events.Custom(did="d1", event="quiz", category="c", label="l", value=42, payload={"a": [1]}))
    sdk.send(events.Custom(did="d1", event="quiz"))
    first, second = noted()
    assert (first.kind, first.name, first.category, first.label, first.value) == ("custom", "quiz", "c", "l", 42)
    assert (first.payload, second.value) == ({"a": [1]}, None)
    assert db.scalar(select(func.count()).select_from(CustomEvent)) == 1


def test_what_a_visitor_rates_is_written_down_and_changes_nothing(push, noted, basket):
    push("rate", **{"item_id[0]": "37", "rating": "3.5", "recommended_by[0]": "popular"})
    (event,) = noted()
    assert (event.kind, event.item_id, event.payload) == ("rate", "37", {"rating": 3.5})
    assert event.recommended_by == "popular"
    assert basket() == {}


def test_the_cart_can_be_read_as_apps_read_it(push, wire, sdk, shop, keeper):
    keeper.save(email=ANNA, did="d1")
    push("cart", **{"item_id[0]": "187", "amount[0]": "2"})
    push("cart", item_id="unknown")
    items = [{"uniqid": "187", "quantity": 2}, {"uniqid": "unknown", "quantity": 1}]
    answer = wire.get("/products/cart", query_string={"shop_id": SHOP, "did": "d1", "seance": "s1", "sid": "s1"})
    assert answer.json == {"status": "success", "data": {"items": items}}
    assert shop.send(baskets.Cart(email=ANNA)) == [baskets.Piece(**item) for item in items]
    assert sdk.send(baskets.Cart(did="stranger")) == []
    with pytest.raises(NotAllowed):
        sdk.send(baskets.Cart(email=ANNA))


@pytest.mark.parametrize("method", ["DELETE", "GET"])
@ON_SQLITE
def test_a_cart_is_emptied_by_who_may(push, wire, sdk, shop, keeper, noted, method):
    keeper.save(email=ANNA, did="d1")
    push("cart", item_id="187")
    with pytest.raises(NotAllowed):
        sdk.send(baskets.Clear(email=ANNA))
    sdk.send(baskets.Clear(did="stranger"))
    assert shop.send(baskets.Cart(email=ANNA)) != []
    keys = {"shop_id": SHOP, "shop_secret": SECRET}
    answer = wire.open("/products/cart/clear", method=method, query_string=keys | {"email": ANNA})
    assert (answer.status_code, answer.json) == (200, {"status": "success"})
    assert shop.send(baskets.Cart(email=ANNA)) == []
    assert [event.kind for event in noted()] == ["cart"]


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        (
            "application/x-www-form-urlencoded",  # the PHP and Java clients
            "event=view&ssid=d7&user_id=5&user_email=anna%40example.com&count=1&item_id%5B0%5D=37&is_available%5B0%5D=true",
        ),
        (
            "application/json",  # the module for Bitrix
            json.dumps(
                {
                    "event": "purchase",
                    "shop_secret": SECRET,
                    "did": "d7",
                    "email": ANNA,
                    "phone": "+7 999 111-22-33",
                    "order_id": 17,
                    "items": [{"id": 37, "amount": 2, "price": 10.5}],
                    "order_price": 21,
                    "stream": None,
                    "source": '{"from": "bulk", "code": "M1"}',
                }
            ),
        ),
        (
            "application/json",  # the React Native SDK 4
            json.dumps(
                {
                    "event": "cart",
                    "did": "d7",
                    "sid": "s1",
                    "seance": "s1",
                    "segment": "A",
                    "email": ANNA,
                    "items": [{"id": "37", "quantity": 1}],
                    "source": {"from": "chain", "code": "M2"},
                }
            ),
        ),
        ("application/x-www-form-urlencoded", ""),  # the React Native SDK 1.5.5
        (
            "application/json",  # the React Native SDK 1.6, which names the keys of its JSON as those of a form
            json.dumps(
                {
                    "event": "view",
                    "did": "d7",
                    "stream": None,
                    "item_id[0]": 37,
                    "is_available[0]": 1,
                    "email": ANNA,
                    "categories[0]": "9,10",
                    "price[0]": 318,
                    "recommended_by": "dynamic",
                }
            ),
        ),
        (
            "application/x-www-form-urlencoded",  # the PHP client says of each product what recommended it
            "event=rate&ssid=d7&user_email=anna%40example.com&count=1&item_id[0]=37&rating=3.5&recommended_by[0]=popular",
        ),
    ],
)
@ON_SQLITE
def test_what_real_clients_send_is_taken_for_what_it_means(wire, keeper, noted, content_type, body):
    keeper.save(email=ANNA)
    query = "shop_id=shop" if body else f"shop_id=shop&did=d7&event=view&item_id[0]=37&stream=null&email={ANNA}"
    answer = wire.post(f"/push?&{query}", data=body, content_type=content_type)
    assert (answer.status_code, answer.json) == (200, DONE)
    (event,) = noted()
    assert (event.item_id, event.did, event.stream) == ("37", "d7", None)
    assert keeper.profile(did="d7").email == ANNA
