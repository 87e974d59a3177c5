"""The oldest dialect, as the PHP and Java clients and the modules of many shop systems still put it on the wire."""

import uuid

import pytest

from app.engine.recommendations.compute import RecommendationWorker
from app.engine.store.orders import Order
from app.engine.store.products import product_of
from app.engine.worker.main import work_until_idle
from app.rees46 import events, legacy, products
from app.rees46.errors import NotAllowed, Refused
from tests.engine.asking import ON_SQLITE, SECRET, SHOP

KEYS = {"shop_id": SHOP, "shop_secret": SECRET}
JAVA = "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2"


@pytest.fixture
def goods(shop, settings, database):
    """Products 1 to 4; whoever bought 1 bought 2 too, and the worker has counted that."""
    shop.send(
        products.Put(
            items=[
                {
                    "id": str(number),
                    "name": f"No {number}",
                    "price": 100 + number,
                    "url": f"https://shop.example/{number}",
                    "picture": f"https://shop.example/{number}.png",
                    "categories": ["1"],
                }
                for number in range(1, 5)
            ]
        )
    )
    work_until_idle(settings)
    for number in range(3):
        shop.send(events.Track(event="purchase", did=f"buyer{number}", item_id=["1", "2"]))
    RecommendationWorker(settings, database).compute()


def test_a_device_id_is_given_as_bare_text_and_is_known_from_then_on(wire, keeper):
    answer = wire.get("/generate_ssid", query_string={"shop_id": SHOP}, headers={"Accept": JAVA})
    assert (answer.status_code, answer.mimetype, len(answer.text)) == (200, "text/plain", 36)
    assert str(uuid.UUID(answer.text)) == answer.text
    keeper.save(did=answer.text, email="anna@example.com")
    assert keeper.profile(did=answer.text).email == "anna@example.com"


@ON_SQLITE
def test_a_refusal_is_json_even_where_the_answer_would_be_text(wire, sdk):
    answer = wire.get("/generate_ssid", query_string={"shop_id": "nobody"})
    assert (answer.status_code, answer.json["message"]) == (401, "Shop not found")
    assert len(sdk.send(legacy.GenerateSsid())) == 36


@pytest.mark.parametrize(
    "kind", ["popular", "recently_viewed", "interesting", "also_bought", "similar", "see_also", "buying_now"]
)
@ON_SQLITE
def test_every_kind_of_list_is_answered_with_bare_ids(wire, goods, kind):
    said = {
        "shop_id": SHOP,
        "ssid": "d1",
        "user_id": 33,
        "user_email": "mk@example.com",
        "limit": 3,
        "item_id": 1,
        "recommender_type": kind,
        "cart_count": 2,
        "cart_item_id[0]": 3,
        "cart_item_id[1]": 999,
    }
    answer = wire.get("/recommend", query_string=said)
    assert answer.status_code == 200
    assert isinstance(answer.json, list)
    assert not {"1", "3"} & set(answer.json)


def test_a_list_is_chosen_by_its_kind(sdk, goods):
    ask = lambda kind, **said: sdk.send(legacy.Recommend(recommender_type=kind, ssid="d1", **said))  # noqa: E731  # short
    assert set(ask("popular")[:2]) == {"1", "2"}
    assert ask("also_bought", item_id="1") == ["2"]
    assert ask("see_also", cart_item_id=["2", "3"]) == ["1"]
    sdk.send(events.Track(event="view", did="d1", item_id=["4"]))
    assert ask("recently_viewed") == ["4"]
    assert len(ask("popular", limit=1)) == 1
    with pytest.raises(Refused, match="item_id"):
        ask("similar")


@pytest.mark.parametrize("path", ["/import/orders", "/import/sync_orders"])
def test_orders_are_taken_and_answered_with_ok(wire, settings, db, path):
    item = {
        "id": 105,
        "price": 3400,
        "category_uniqid": 14,
        "is_available": 1,
        "amount": 2,
        "categories": "6,46",
        "attributes": '{"brand":"X"}',
    }
    order = {"id": "order3", "user_id": 334, "user_email": "anna@example.com", "date": 1406057494, "items": [item]}
    answer = wire.post(path, json=KEYS | {"orders": [order]}, headers={"Accept": JAVA})
    assert (answer.status_code, answer.mimetype, answer.text) == (200, "text/plain", "OK")
    assert wire.post(path, json=KEYS | {"orders": {"id": "order3", "status": 1}}).text == "OK"  # one module wraps none
    work_until_idle(settings)
    kept = db.query(Order).one()
    assert (kept.number, kept.status, kept.total, kept.items[0].quantity) == ("order3", "1", 6800, 2)


@pytest.mark.parametrize(
    ("method", "said"),
    [
        ("GET", {"query_string": KEYS | {"item_ids": "1,3"}}),
        ("POST", {"json": KEYS | {"item_ids": ["1", "3"]}}),
        ("POST", {"data": KEYS | {"item_ids": "1,3"}}),
    ],
)
@ON_SQLITE
def test_products_are_taken_out_of_stock_at_once(wire, goods, db, method, said):
    assert wire.open("/import/disable", method=method, **said).text == "OK"
    assert {number: product_of(db, number).is_available for number in "1234"} == {
        "1": False,
        "2": True,
        "3": False,
        "4": True,
    }


@ON_SQLITE
def test_a_single_number_is_a_product_too_and_an_unknown_one_is_no_error(wire, goods, db):
    assert wire.post("/import/disable", json=KEYS | {"item_ids": 2}).text == "OK"
    assert wire.post("/import/disable", json=KEYS | {"item_ids": 999}).text == "OK"
    assert not product_of(db, "2").is_available


@ON_SQLITE
def test_without_the_secret_nothing_is_imported(sdk, wire):
    with pytest.raises(NotAllowed):
        sdk.send(legacy.Disable(item_ids=["1"]))
    with pytest.raises(NotAllowed):
        sdk.send(legacy.SyncOrders(orders=[{"id": "1", "status": 0}]))
    assert wire.head("/import/disable?item_ids=1").status_code == 405
