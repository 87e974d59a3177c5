"""Locations: what a product costs somewhere, and that what is wrong with one of them costs no other."""

import pytest

from app.engine.search.indexer import Indexer
from app.engine.store.product_collections import ProductCollection
from app.engine.store.products import product_of
from app.engine.store.recommenders import Recommender
from app.engine.store.shops import shop_of
from app.engine.worker.main import work_until_idle
from app.rees46 import categories, locations, products
from tests.engine.asking import ON_SQLITE, SHOP

PLACES = [
    {"id": "L1", "name": "Country"},
    {"id": "L2", "name": "City", "parent": "L1", "search_level_up": 1},
    {"id": "L3", "name": "Shop", "parent": "L2", "search_level_up": 1},
    {"id": "L4", "name": "Stall", "parent": "L3"},
]


def item(number, price, *places, **more):
    where = {"locations": [{"location": place} | said for place, said in places]} if places else {}
    return (
        {
            "id": str(number),
            "name": f"Lamp {number}",
            "price": price,
            "url": f"https://shop.example/{number}",
            "picture": f"https://shop.example/{number}.jpg",
            "categories": ["1"],
            "brand": f"B{number}",
        }
        | where
        | more
    )


ITEMS = [
    item(1, 13000, ("L3", {"price": 12500, "oldprice": 25000}), ("L2", {"price": 100})),
    item(2, 12700, params=[{"name": "Height", "value": 40, "unit": "cm"}], book={"author": "Ann", "year": 1999}),
    item(3, 20000, ("L2", {"price": 12600, "discount_percent": 7})),
    item(4, 10, ("L4", {})),
]


@pytest.fixture
def ask(wire, shop, settings, database):
    """A shop with prices of its own in its locations; ask it for anything, as an app does."""
    shop.send(categories.Import(categories=[{"id": "1", "name": "Lamps", "url": "https://shop.example/lamps?a=1"}]))
    shop.send(locations.Import(locations=PLACES))
    shop.send(products.Put(items=ITEMS))
    work_until_idle(settings)
    Indexer(settings, database).round()
    with database.writing() as db:
        number = shop_of(db, SHOP).id
        db.add(Recommender(shop_id=number, code="popular", title="Popular", rule="popular", size=10))
        db.add(ProductCollection(shop_id=number, number="9", name="Lamps", items=["1", "2", "3", "4"]))
    common = {
        "shop_id": SHOP,
        "did": "d",
        "type": "full_search",
        "search_query": "lamp",
        "extended": "1",
        "prevent_shuffle": "1",
    }
    return lambda path, **said: wire.get(path, query_string=common | said).json


def prices(answer):
    return {one["id"]: one["price"] for one in answer["products"]}


HERE = {"1": 12500, "2": 12700, "3": 12600}


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/search", "locations"),
        ("/products", "locations"),
        ("/category/1", "locations"),
        ("/recommend/popular", "locations"),
        ("/collection/9", "location"),
    ],
)
def test_whatever_gives_products_gives_them_at_the_prices_of_the_place_and_of_those_above(ask, path, name):
    assert prices(ask(path, **{name: "L3"})) == HERE
    assert prices(ask(path, **{name: "L4"})) == {"2": 12700, "4": 10}
    assert prices(ask(path, **{name: "L2"})) == {"1": 100, "2": 12700, "3": 12600}
    assert prices(ask(path)) == {"1": 13000, "2": 12700, "3": 20000, "4": 10}


@ON_SQLITE
@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({"sort_by": "price", "sort_dir": "asc"}, ["1", "3", "2"]),
        ({"sort_by": "price"}, ["2", "3", "1"]),
        ({"sort_by": "price", "limit": "1", "page": "2"}, ["3"]),
        ({"sort_by": "discount"}, ["1", "3", "2"]),
        ({"price_max": "12500"}, ["1"]),
        ({"price_min": "12650"}, ["2"]),
        ({"price_min": "13000"}, []),
        ({"price_min": "12600", "price_max": "12600", "sort_by": "price"}, ["3"]),
    ],
)
def test_a_search_at_a_place_sorts_and_narrows_by_its_prices(ask, said, found):
    answer = ask("/search", locations="L3", **said)
    assert [one["id"] for one in answer["products"]] == found
    assert answer["products_total"] == (3 if "limit" in said else len(found))


@ON_SQLITE
def test_the_span_of_prices_and_the_counts_are_those_of_the_place(ask):
    assert ask("/search", locations="L3")["price_range"] == {"min": 12500, "max": 12700}
    assert ask("/search")["price_range"] == {"min": 10, "max": 20000}
    narrowed = ask("/search", locations="L3", price_max="12600")
    assert narrowed["price_range"] == {"min": 12500, "max": 12600}
    assert sorted(brand["name"] for brand in narrowed["brands"]) == ["B1", "B3"]
    instant = ask("/search", locations="L3", type="instant_search")
    assert instant["price_range"] == {"min": 12500, "max": 12700}


@ON_SQLITE
def test_the_discount_of_a_place_is_given_or_worked_out(ask):
    (one,) = [product for product in ask("/recommend/popular", locations="L3")["recommends"] if product["id"] == "1"]
    assert (one["oldprice"], one["discount_percent"]) == (25000, 50)
    assert {one["id"]: one.get("discount_percent") for one in ask("/search", locations="L3")["products"]}["3"] == 7
    assert prices(ask("/recommend/popular", locations="L3", discount="1")) == {"1": 12500}
    assert prices(ask("/recommend/popular", discount="1")) == {}


@ON_SQLITE
@pytest.mark.parametrize(
    "path", ["/products/get?item_id=2", "/search", "/recommend/popular", "/collection/9", "/products"]
)
def test_niche_properties_and_units_come_back(ask, path):
    answer = ask(path.partition("?")[0], **({"item_id": "2"} if "get" in path else {}))
    (one,) = [product for product in answer.get("products", [answer]) if product["id"] == "2"]
    assert one["book"] == {"author": "Ann", "year": 1999}
    assert one["params"] == [{"key": "Height", "values": ["40"], "unit": "cm"}]
    assert one["categories"][0]["url_handle"] == "/lamps?a=1"


@ON_SQLITE
def test_a_product_tells_what_is_different_in_each_place(ask):
    assert ask("/products/get", item_id="3")["locations"] == {"L2": {"price": 12600, "discount_percent": 7}}
    assert ask("/products/get", item_id="3")["location_ids"] == ["L2"]
    assert ask("/products/get", item_id="2")["locations"] == {}


@ON_SQLITE
@pytest.mark.parametrize(
    ("said", "kept", "remarks"),
    [
        ({"locations": [{"location": "L1"}, {"location": "L2", "price": -1}, "x", None]}, ["L1"], 3),
        ({"locations": [{"price": 5}]}, [], 1),
        ({"locations": []}, None, 0),
        ({"locations": None}, None, 0),
        (
            {"locations": [{"location": f"L{number}", "price": 0} for number in range(50)] + [{"location": "L"}]},
            ["L"],
            21,
        ),
    ],
)
def test_a_wrong_location_is_left_out_alone_and_an_empty_list_is_none(shop, settings, db, said, kept, remarks):
    from app.engine.store import jobs  # noqa: PLC0415  # the fixture of this name would hide it

    shop.send(products.Put(items=[item(1, 5) | said]))
    work_until_idle(settings)
    found = product_of(db, "1")
    assert (
        found.locations if found.locations is None else [location["location"] for location in found.locations]
    ) == kept
    (job,) = jobs.last_jobs(db, 1)
    assert len(jobs.remarks_of(db, job.id)) == remarks


@ON_SQLITE
@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ({"book": {"year": 3000, "author": "Ann"}}, {"book": {"author": "Ann"}}),
        ({"book": {"year": "old", "author": "Ann"}}, {"book": {"author": "Ann"}}),
        (
            {"fashion": {"sizes": ["L", {}], "colors": [{"color": "red"}, 5]}},
            {"fashion": {"sizes": ["L"], "colors": [{"color": "red"}]}},
        ),
        ({"seasonality": [1, 13]}, {"seasonality": [1]}),
        (
            {"params": [{"name": "a", "value": [1, {}]}, {"name": "b", "value": {}}]},
            {"params": [{"name": "a", "value": [1]}]},
        ),
        ({"pharmacy": {"volumes": [{"price": -1}, {"price": 2}]}}, {"pharmacy": {"volumes": [{"price": 2.0}]}}),
        ({"child": {"age": {"min": "x", "max": 3}}}, {"child": {"age": {"max": 3.0}}}),
        ({"rating": 9}, {}),
    ],
)
def test_no_more_of_an_item_is_left_out_than_what_is_wrong(shop, settings, db, said, kept):
    shop.send(products.Put(items=[item(1, 5) | said]))
    work_until_idle(settings)
    assert product_of(db, "1").details == kept
