"""Listings: pages of the catalogue and of a category, the search before the first letter, and what happens with a
product."""

from datetime import datetime, timedelta

import pytest
import time_machine

from app.engine.search.indexer import Indexer
from app.engine.store.product_collections import ProductCollection
from app.engine.store.shops import shop_of
from app.engine.worker.main import work_until_idle
from app.rees46 import categories, events, listings, product_collections, products, search_suggestions, triggers
from app.rees46.errors import NotFound
from tests.engine.asking import ON_SQLITE, SHOP

BIKE = {"id": "1", "name": "Bicycles", "url": "https://shop.example/bikes", "alias": "bikes"}
TREE = [BIKE, {"id": "2", "name": "Mountain bikes", "parent": "1"}, {"id": "3", "name": "Empty"}]


def item(number, category="1", **more):
    return {
        "id": str(number),
        "name": f"Bike {number}",
        "price": 100 * number,
        "url": f"https://shop.example/{number}",
        "picture": f"https://shop.example/{number}.png",
        "categories": [category],
    } | more


ITEMS = [
    item(1, brand="Ridgeline", params=[{"name": "Wheel", "value": ["29"]}]),
    item(2, "2", brand="Boulevard", params=[{"name": "Wheel", "value": ["26"]}]),
    item(3, "2", brand="Ridgeline", params=[{"name": "Wheel", "value": ["29"]}]),
    item(4, "4", available=False),
]


@pytest.fixture
def stocked(shop, settings, database):
    shop.send(categories.Import(categories=TREE))
    shop.send(products.Put(items=ITEMS))
    work_until_idle(settings)
    Indexer(settings, database).round()


def test_the_catalogue_is_listed_in_pages_and_narrowed(sdk, stocked):
    everything = sdk.send(listings.Products())
    assert {product.id for product in everything.products} == {"1", "2", "3"}
    assert (everything.products_total, everything.price_range.max) == (3, 300)
    assert {brand.name for brand in everything.brands} == {"Ridgeline", "Boulevard"}
    assert everything.filters["Wheel"].model_dump() == {"count": 3, "values": {"29": 2, "26": 1}}
    second = sdk.send(listings.Products(limit=2, page=2))
    assert (len(second.products), second.products_total) == (1, 3)
    narrowed = sdk.send(listings.Products(brands=["Ridgeline"], categories=["2"], filters={"Wheel": ["29"]}))
    assert [product.id for product in narrowed.products] == ["3"]


def test_a_product_of_a_listing_has_its_own_address_and_its_picture_under_both_names(sdk, stocked):
    (bike,) = sdk.send(listings.Products(filters={"Wheel": ["26"]})).products
    assert (bike.url, bike.picture, bike.image_url) == ("https://shop.example/2", *["https://shop.example/2.png"] * 2)
    assert [category.name for category in bike.categories] == ["Mountain bikes"]


@ON_SQLITE
def test_a_product_is_read_as_newer_apps_read_it(wire, stocked):
    bike = wire.get("/products/get", query_string={"shop_id": SHOP, "item_id": "2"}).json
    assert (bike["id"], bike["uniqid"], bike["category_ids"]) == ("2", "2", ["2"])
    assert bike["categories"] == [
        {
            "id": "2",
            "name": "Mountain bikes",
            "parent": "1",
            "url": None,
            "alias": None,
            "parent_id": "1",
            "name_with_parent": "Bicycles - Mountain bikes",
            "level": "2",
        }
    ]
    assert bike["params"] == [{"key": "Wheel", "values": ["26"]}]


@pytest.mark.parametrize("name", ["1", "bikes"])
def test_a_category_lists_what_lies_in_it_and_below_and_names_itself_first(wire, stocked, name):
    # as an app asks that follows a push: a GET that says it is JSON and repeats itself in its body
    answer = wire.get(f"/category/{name}?shop_id={SHOP}", json={"shop_id": SHOP, "stream": None, "did": "d1"})
    shelf = answer.json
    assert {one["id"] for one in shelf["products"]} == {"1", "2", "3"}
    assert shelf["categories"][0] == {**BIKE, "parent": None}
    assert "Wheel" in shelf["filters"]


@ON_SQLITE
def test_an_empty_category_is_no_error_and_an_unknown_one_is(sdk, stocked):
    empty = sdk.send(listings.OfCategory(category="3"))
    assert (empty.products, empty.products_total, empty.categories[0].name) == ([], 0, "Empty")
    with pytest.raises(NotFound):
        sdk.send(listings.OfCategory(category="nothing"))


def test_a_collection_gives_what_is_in_stock_in_its_order_at_the_prices_of_the_place(shop, sdk, settings, database):
    here = [{"location": "msk", "price": 90}]
    shop.send(products.Put(items=[*ITEMS, item(5, locations=here), item(6, locations=[{"location": "spb"}])]))
    work_until_idle(settings)
    with database.writing() as db:
        items = ["5", "4", "gone", "6", "1"]
        db.add(ProductCollection(shop_id=shop_of(db, SHOP).id, number="9", name="Spring", items=items))

    def read(**said):
        return {
            product.id: product.price for product in sdk.send(product_collections.Read(collection="9", **said)).products
        }

    assert list(read().items()) == [("5", 500), ("6", 600), ("1", 100)]
    assert read(location="msk", email="anna@example.com") == {"5": 90, "1": 100}
    with pytest.raises(NotFound):
        sdk.send(product_collections.Read(collection="10"))


@ON_SQLITE
def test_before_the_worker_has_seen_a_product_a_listing_is_empty(sdk):
    assert sdk.send(listings.Products()).products_total == 0


def test_before_the_first_letter_a_visitor_is_offered_what_they_and_others_looked_for(sdk, stocked):
    for did, query in (("d1", "Red  bike"), ("d2", "helmet"), ("d2", "helmet"), ("d1", "bell")):
        sdk.send(events.Track(event="search", did=did, search_query=query))
    sdk.send(events.Track(event="view", did="d1", item_id=["2"]))
    mine = sdk.send(search_suggestions.Search(did="d1"))
    assert [query.name for query in mine.last_queries] == ["bell", "red bike"]
    assert mine.suggests[0].name == "helmet"
    assert (mine.last_products, [product.id for product in mine.products]) == (True, ["2"])


@ON_SQLITE
def test_a_stranger_is_offered_what_the_shop_has(wire, stocked):
    offered = wire.get("/search/blank", query_string={"shop_id": SHOP}).json
    assert offered["last_queries"] == offered["suggests"] == []
    assert offered["last_products"] is False
    assert {one["id"] for one in offered["products"]} == {"1", "2", "3"}


def test_what_happens_with_a_product_is_counted(sdk, shop, stocked):
    now = datetime.now().astimezone()
    for ago, event in ((1500, "view"), (60, "view"), (60, "cart"), (5, "view"), (5, "purchase")):
        with time_machine.travel(now - timedelta(minutes=ago), tick=False):
            sdk.send(events.Track(event=event, did="d1", item_id=["1"]))
    shop.send(triggers.SubscribeToPriceDrop(email="a@example.com", item_id="1", price=100))
    counted = sdk.send(products.Counters(item="1"))
    assert counted.daily.model_dump() == {"view": 2, "cart": 1, "purchase": 1}
    assert counted.now.model_dump() == {"view": 1, "cart": 0, "purchase": 1}
    assert counted.triggers.model_dump() == {"back_in_stock": 0, "price_drop": 1}
    with pytest.raises(NotFound):
        sdk.send(products.Counters(item="nothing"))
