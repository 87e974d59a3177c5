"""Newer parameters of searches and listings: merchants, sizes, discounts, parts of products, sorts, variants."""

import pytest

from app.engine.search.indexer import Indexer
from app.engine.store.recommenders import POPULAR, Recommender
from app.engine.store.shops import shop_of
from app.engine.worker.main import work_until_idle
from app.rees46 import categories, listings, locations, products, recommendations, search


def item(number, name, price=100, **more):
    where = {"url": f"https://shop.example/{number}", "picture": f"https://shop.example/{number}.jpg"}
    return {"id": str(number), "name": name, "price": price, "categories": ["1"], **where, **more}


ITEMS = [
    item(1, "Red bike", 300, brand="Acme", merchant=["A"], rating=3, date="2026-01-03", price_margin=10, group_id="G"),
    item(2, "Blue bike", 200, oldprice=400, brand="Bolt", merchant=["A", "B"], rating=5, date="2026-01-01")
    | {"group_id": "G"},
    item(3, "Green bike", merchant=["C"], rating=4, date="2026-01-02", price_margin=50)
    | {"fashion": {"sizes": ["42", "XL"]}},
    item(4, "Lamp", 10, brand="Bike", params=[{"name": "Power", "value": "bike"}], locations=[{"location": "msk"}]),
    item(5, "Novel", 20, book={"author": "Bike Rider"}, type_prefix="Book", model="Bike 7"),
]
NARROWED = [
    ({}, "123"),
    ({"merchants": "a"}, "12"),
    ({"merchants": "B,C"}, "23"),
    ({"excluded_merchants": "A"}, "23"),
    ({"excluded_merchants": "A,B"}, "3"),
    ({"excluded_merchants": ",".join(f"M{number}" for number in range(20)) + ",C"}, "12"),
    ({"excluded_brands": "acme"}, "23"),
    ({"exclude_brands": "acme, bolt"}, "3"),
    ({"fashion_sizes": "xl,43"}, "3"),
    ({"discount": "true"}, "2"),
    ({"discount": "false"}, "13"),
    ({"search_scope": "brand"}, "4"),
    ({"search_scope": "params,brand"}, "4"),
    ({"search_scope": "author"}, "5"),
    ({"search_scope": "model,author", "search_query": "bike rider"}, "5"),
    ({"search_scope": "type", "search_query": "book"}, "5"),
    ({"search_scope": "categories", "search_query": "things"}, "12345"),
    ({"search_scope": "name", "search_query": "!"}, ""),
    ({"search_scope": ""}, "12345"),
]
SORTED = [
    ({"sort_by": "rating"}, "231"),
    ({"sort_by": "rating", "order": "asc"}, "132"),
    ({"sort_by": "date"}, "132"),
    ({"sort_by": "price"}, "123"),
    ({"sort_by": "price", "order": "asc"}, "321"),
]


@pytest.fixture
def stocked(shop, settings, database):
    shop.send(categories.Import(categories=[{"id": "1", "name": "Things"}, {"id": "2", "name": "Empty"}]))
    cities = [{"id": "msk", "name": "Moscow", "type": "city"}, {"id": "spb", "name": "Piter"}]
    shop.send(locations.Import(locations=cities))
    shop.send(products.Put(items=ITEMS))
    work_until_idle(settings)
    Indexer(settings, database).round()


@pytest.fixture
def found(stocked, sdk):
    def found(**asked):
        usual = {"did": "d", "type": "full_search", "search_query": "bike", "search_scope": "name"} | asked
        op = search.Search.parse({name: value for name, value in usual.items() if value != ""})
        return [product.id for product in sdk.send(op).products]

    return found


def test_a_search_is_narrowed_and_sorted_by_what_is_asked(found):
    narrowed = {str(asked): "".join(sorted(found(**asked))) for asked, _ in NARROWED}
    assert narrowed == {str(asked): ids for asked, ids in NARROWED}
    assert {str(asked): "".join(found(**asked)) for asked, _ in SORTED} == {str(asked): ids for asked, ids in SORTED}
    assert found(sort_by="price_margin")[0] == "3"
    for by in ("relevance", "sales_rate", "popular"):
        assert set(found(sort_by=by)) == {"1", "2", "3"}


def test_variants_of_a_product_are_one_result_when_it_is_asked_for(found, sdk):
    assert set(found(collapse="false")) == set(found()) == {"1", "2", "3"}
    assert found(collapse="true", sort_by="price") == ["1", "3"]
    assert found(collapse="true", sort_by="price", limit=1, page=2) == ["3"]
    op = search.Search(did="d", type="full_search", search_query="bike", search_scope=["name"], collapse=True)
    assert sdk.send(op).products_total == 2


def test_filters_brands_and_listings_come_as_asked(stocked, sdk):
    asked = {"did": "d", "type": "full_search", "search_query": "bike"}
    assert len(sdk.send(search.Search(**asked, brand_limit=1)).brands) == 1
    for by in ("name", "quantity", "popularity"):
        assert [one.filter.name for one in sdk.send(search.Search(**asked, filters_search_by=by)).filters] == ["Power"]
    listed = sdk.send(listings.Products(sort_by="price", sort_dir="asc", excluded_brands=["Acme"], price_min=15))
    assert [product.id for product in listed.products] == ["5", "3", "2"]
    assert [product.id for product in sdk.send(listings.OfCategory(category="1", discount=True)).products] == ["2"]
    assert sdk.send(listings.Products(collapse=True)).products_total == 4


def test_the_tree_of_a_location_has_what_is_in_stock_there(stocked, shop):
    assert [one.external_id for one in shop.send(categories.Tree())] == ["1", "2"]
    assert [one.external_id for one in shop.send(categories.Tree(locations=["msk"]))] == ["1"]


def test_a_block_tells_where_its_products_are(stocked, sdk, database):
    with database.writing() as db:
        db.add(Recommender(shop_id=shop_of(db, "shop").id, code="b", title="B", rule=POPULAR, size=10))
    asked = {"did": "d", "recommender_code": "b", "extended": True}
    told = sdk.send(recommendations.Recommend(**asked, with_locations=True)).recommends
    places = {one.id: (one.location_ids, one.locations) for one in told}
    assert places["4"] == (["msk"], [{"id": "msk", "name": "Moscow", "type": "city"}])
    assert places["1"][0] == ["msk", "spb"]
    without = {
        recommend.id: recommend.locations for recommend in sdk.send(recommendations.Recommend(**asked)).recommends
    }
    assert without["4"] is None


def test_what_cannot_be_shown_is_listed(stocked, shop, settings):
    assert shop.send(products.NotWidgetable()).total == 0
    lost = [item(6, "Lost", categories=["99"]), item(7, "Gone", categories=["99"], available=False)]
    shop.send(products.Put(items=lost))
    work_until_idle(settings)
    told = shop.send(products.NotWidgetable())
    assert (told.total, [one.uniqid for one in told.items]) == (1, ["6"])
    assert told.items[0].price == 100
