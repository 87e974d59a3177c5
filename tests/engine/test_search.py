"""Search: words in any form, mistakes forgiven, results narrowed, sorted and counted, and nothing shown that is not
for sale."""

import threading

import pytest
import time_machine
from tantivy import Index

from app.engine.search.checkpoint import Mark
from app.engine.search.indexer import Indexer
from app.engine.search.schema import taught
from app.engine.store.missed_queries import MissedQuery, forget_old
from app.engine.store.products import Product, set_availability
from app.engine.store.shops import shop_of
from app.engine.worker.compute import run as run_compute
from app.engine.worker.main import work_until_idle
from app.rees46 import categories, locations, orders, products, search
from app.rees46.errors import NotAllowed
from tests.engine.asking import ON_SQLITE
from tests.patience import wait_until

CATEGORIES = [
    {"id": "1", "name": "Bicycles", "url": "https://shop.example/bikes"},
    {"id": "100500", "name": "Off the road", "parent": "1"},
    {"id": "2", "name": "Sportswear", "url": "javascript:alert(1)"},
]
LOCATIONS = [{"id": "msk", "name": "Moscow"}, {"id": "shop1", "name": "Arbat", "parent": "msk", "search_level_up": 1}]


def item(number, name, price=100, category="1", **more):
    return {
        "id": str(number),
        "name": name,
        "price": price,
        "url": f"https://shop.example/{number}?a=1",
        "picture": f"https://shop.example/{number}.jpg",
        "categories": [category],
    } | more


ITEMS = [
    item(
        1,
        "Горный велосипед Ridgeline",
        50000,
        "100500",
        brand="Ridgeline",
        oldprice=60000,
        params=[{"name": "Wheel", "value": "29", "priority": 5}, {"name": "Цвет", "value": ["Красный", "Чёрный"]}],
    ),
    item(
        2,
        "Mountain bike Ridgeline Trail",
        40000,
        "100500",
        brand="Ridgeline",
        brand_picture="https://b.example/r",
        barcode="4600001",
        params=[{"name": "Wheel", "value": "26"}, {"name": "Code", "value": 7, "searchable": 0}],
    ),
    item(3, "City bike Boulevard", 20000, brand="Boulevard", is_new=True, fashion={"colors": [{"color": "Red"}]}),
    item(4, "Running shoes <b>Stride</b>", 5000, "2", brand="Stride", locations=[{"location": "msk", "price": 4500}]),
    item(5, "Bike out of stock", 1, available=False),
    item(6, "Bike ignored", 1, ignored=True),
    item(7, "Перчатки ёжик", 900, "2", description="Warm gloves for winter rides"),
]


@pytest.fixture
def index(settings, database):
    """The indexer of a worker: call it to let it catch up."""
    return Indexer(settings, database).round


@pytest.fixture
def stocked(shop, settings, index):
    shop.send(categories.Import(categories=CATEGORIES))
    shop.send(locations.Import(locations=LOCATIONS))
    shop.send(products.Put(items=ITEMS))
    work_until_idle(settings)
    index()


@pytest.fixture
def look(sdk):
    def look(query, kind="full_search", **said):
        return sdk.send(search.Search(did="d", type=kind, search_query=query, **said))

    return look


def ids(found):
    return {product.id for product in found.products}


@ON_SQLITE
@pytest.mark.usefixtures("stocked")
def test_words_are_found_in_any_form_in_both_languages(look):
    expected = {
        "велосипеды": {"1"},
        "ГОРНЫХ велосипедов": {"1"},
        "bikes": {"2", "3"},
        "run shoe": {"4"},
        "ежики": {"7"},
        "winter glove": {"7"},
        "4600001": {"2"},
        "красный": {"1"},
        "ridgeline": {"1", "2"},
        "!?": set(),
    }
    assert {query: ids(look(query)) for query in expected} == expected


@ON_SQLITE
@pytest.mark.usefixtures("stocked")
def test_typing_mistakes_and_the_wrong_keyboard_are_forgiven(look):
    expected = {"велосипет": {"1"}, "mountian bike": {"2"}, "Boulvard": {"3"}, "dtkjcbgtl": {"1"}, "ыещку": set()}
    assert {query: ids(look(query)) for query in expected} == expected
    assert not any(ids(look(query, no_clarification=True)) for query in expected)


@pytest.mark.usefixtures("stocked")
def test_an_instant_search_takes_the_last_word_for_the_beginning_of_one(look):
    assert ids(look("mountain bi", "instant_search")) == {"2"}
    assert ids(look("вел", "instant_search")) == {"1"}
    assert ids(look("вел", no_clarification=True)) == set()
    assert ids(look("r", "instant_search")) == {"1", "2", "4"}
    assert ids(look("red", "instant_search")) == {"3"}, "a short word may also be whole, anywhere in a product"
    found = look("ridge", "instant_search")
    assert [brand.name for brand in found.brands] == ["Ridgeline"]
    assert [category.name for category in found.categories] == ["Off the road"]
    assert (found.price_range.min, found.price_range.max, found.filters) == (40000, 50000, [])


@pytest.mark.usefixtures("stocked")
def test_what_is_ignored_or_out_of_stock_is_never_shown(look, index, database):
    assert ids(look("stock")) == ids(look("ignored")) == set()
    with database.writing() as db:
        db.at = type("At", (), {"shop": shop_of(db, "shop")})
        set_availability(db, "3", available=False)
        set_availability(db, "5", available=True)
    index()
    assert ids(look("bike")) == {"2", "5"}


@pytest.mark.usefixtures("stocked")
def test_the_answer_has_what_is_documented(look):
    found = look("ridgeline", extended=True, sort_by="price")
    first, second = found.products
    assert (found.products_total, found.search_query) == (2, "ridgeline")
    assert (first.id, first.price_formatted, first.old_price, first.oldprice) == ("1", "50 000 RUB", "60000", 60000)
    assert first.url == "https://shop.example/1?a=1&recommended_by=full_search&recommended_code=ridgeline"
    assert (second.old_price, second.is_new, second.barcode) == ("0", None, "4600001")
    assert [(one.id, one.name, one.parent) for one in second.categories] == [("100500", "Off the road", "1")]
    assert {param.key: param.values for param in second.params} == {"Wheel": ["26"], "Code": ["7"]}
    assert [(brand.name, brand.picture) for brand in found.brands] == [("Ridgeline", "https://b.example/r")]
    assert (found.price_range.min, found.price_range.max) == (40000, 50000)
    assert [category.id for category in found.categories] == ["100500"]


@pytest.mark.usefixtures("stocked")
def test_filters_count_values_in_order_of_priority_without_what_is_not_searchable(look):
    filters = [one.filter for one in look("ridgeline").filters]
    assert [(one.name, one.count) for one in filters] == [("Wheel", 2), ("Цвет", 1)]
    assert {(value.value, value.count) for value in filters[0].values} == {("29", 1), ("26", 1)}


NARROWED = [
    ({"categories": ["1"]}, {"1", "2"}),  # what lies below it too
    ({"categories": ["2"]}, set()),
    ({"brands": ["ridgeline", "x"]}, {"1", "2"}),
    ({"filters": {"wheel": ["29", "28"]}}, {"1"}),
    ({"filters": {"Wheel": ["26"], "code": ["7"]}}, {"2"}),
    ({"filters": {"wheel": [], "code": ["7"]}}, {"2"}),  # nothing is ticked
    ({"colors": ["красный"]}, {"1"}),
    ({"price_min": 45000}, {"1"}),
    ({"price_max": 40000}, {"2"}),
    ({"price_min": 2, "price_max": 1}, set()),
    ({"exclude": ["1"]}, {"2"}),
    ({"locations": ["spb"]}, {"1", "2"}),  # without locations it is in stock everywhere
]


@ON_SQLITE
@pytest.mark.usefixtures("stocked")
def test_results_are_narrowed(look):
    found = [look("ridgeline", **said) for said, _ in NARROWED]
    assert [ids(one) for one in found] == [expected for _, expected in NARROWED]
    assert [one.products_total for one in found] == [len(expected) for _, expected in NARROWED]


@pytest.mark.usefixtures("stocked")
def test_a_location_is_searched_at_its_own_price_and_as_far_up_as_it_says(look):
    (shoe,) = look("shoes", locations=["msk"]).products
    assert shoe.price == 4500
    assert ids(look("shoes", locations=["shop1"])) == {"4"}
    assert ids(look("shoes", locations=["spb"])) == set()
    assert look("shoes").products[0].price == 5000


WAYS = [
    ("sort_by=price&order=asc", ["3", "2"]),
    ("sort_by=price", ["2", "3"]),
    ("sort_by=price&sort_dir=ASC&limit=1&page=2", ["2"]),
    ("sort_by=price&sort_dir=asc&limit=1&offset=0", ["3"]),
    ("limit=0", []),
    ("offset=100001", []),
    ("brands[0]=Ridgeline", ["2"]),
    ("brands=Boulevard,Stride", ["3"]),
    ("categories=100500&extended=1", ["2"]),
    ("filters=%7B%22wheel%22%3A%5B%2226%22%5D%7D", ["2"]),
    ("filters=%7B%22wheel%22%3A26%7D", ["2"]),
]


@ON_SQLITE
@pytest.mark.usefixtures("stocked")
def test_every_way_of_asking_is_understood(wire):
    for said, expected in WAYS:
        answer = wire.get(f"/search?shop_id=shop&did=d&seance=s&type=full_search&search_query=bike&{said}")
        assert (answer.status_code, said) == (200, said)
        assert (said, [one["id"] for one in answer.json["products"]]) == (said, expected)
        assert all(("barcode" in one) == ("extended" in said) for one in answer.json["products"])


@ON_SQLITE
@pytest.mark.usefixtures("stocked")
def test_a_query_encoded_twice_is_understood(wire):
    answer = wire.get("/search?shop_id=shop&did=d&type=full_search&search_query=running+%2526+shoes")
    assert answer.json["search_query"] == "running & shoes"
    assert [one["id"] for one in answer.json["products"]] == ["4"]


@ON_SQLITE
@pytest.mark.parametrize(
    "said",
    [
        "type=full_search",
        "search_query=a",
        "type=x&search_query=a",
        "type=full_search&search_query=a&limit=x",
        "type=full_search&search_query=a&sort_by=name",
        "type=full_search&search_query=a&filters=x",
    ],
)
def test_what_makes_no_sense_is_refused(wire, said):
    assert wire.get(f"/search?shop_id=shop&did=d&{said}").status_code == 400


@pytest.mark.usefixtures("stocked")
def test_nobody_is_searched_for_without_a_device_or_an_address(sdk):
    with pytest.raises(ValueError, match="did"):
        search.Search(type="full_search", search_query="bike")
    assert sdk.send(search.Search(email="a@b.example", type="full_search", search_query="bike")).products_total == 2


@pytest.mark.usefixtures("stocked")
def test_the_html_lets_no_name_and_no_address_run_code(look):
    found = look("shoes")
    assert "&lt;b&gt;Stride" in found.html
    assert "javascript:" not in found.html
    assert 'href="https://shop.example/4?a=1&amp;recommended_by=full_search' in found.html


@pytest.mark.usefixtures("stocked")
def test_sorting_by_popularity_counts_what_was_bought_lately(shop, settings, database, look):
    shop.send(orders_of({"3": 5, "2": 1}))
    work_until_idle(settings)
    Indexer(settings, database).round()
    assert [product.id for product in look("bike", sort_by="popular").products] == ["3", "2"]
    assert [product.id for product in look("bike", sort_by="popular", sort_dir="asc").products] == ["2", "3"]


def orders_of(bought):
    items = [{"id": item_id, "quantity": pieces, "price": 1} for item_id, pieces in bought.items()]
    return orders.Sync(orders=[{"id": "o1", "email": "a@b.example", "items": items}])


@pytest.mark.usefixtures("stocked")
def test_full_searches_in_vain_are_counted_the_most_frequent_first(look, shop, sdk):
    for query in ("Unicycle", "unicycle ", "Tandem rack"):
        look(query)
    look("bike", brands=["x"])  # it is the brand that is missing, not the bike
    look("unicyc", "instant_search")
    missed = shop.send(search.NoResultQueries())
    assert [(one.query, one.quantity) for one in missed] == [("unicycle", 2), ("tandem rack", 1)]
    with pytest.raises(NotAllowed):
        sdk.send(search.NoResultQueries())


def test_what_was_searched_in_vain_is_forgotten_after_two_weeks(look, shop, stocked, database):
    with time_machine.travel("2026-03-01 12:00", tick=False):
        look("unicycle")
    with time_machine.travel("2026-03-14 12:00", tick=False):
        look("unicycle")
        assert [one.quantity for one in shop.send(search.NoResultQueries())] == [2]
    with time_machine.travel("2026-03-15 12:00", tick=False):
        assert [one.quantity for one in shop.send(search.NoResultQueries())] == [1]
        with database.writing() as db:
            forget_old(db)
            assert [missed.quantity for missed in db.query(MissedQuery)] == [1]


def test_an_index_is_brought_up_to_date_by_what_changed(stocked, look, shop, settings, index):
    shop.send(products.Put(items=[item(1, "Unicycle"), item(8, "Unicycle two")]))
    work_until_idle(settings)
    assert ids(look("unicycle")) == set()
    index()
    assert ids(look("unicycle")) == {"1", "8"}
    assert ids(look("ridgeline")) == {"2"}
    shop.send(products.Remove(items=["1"]))
    work_until_idle(settings)
    index()
    assert ids(look("unicycle")) == {"8"}


def test_an_index_that_is_gone_or_of_another_database_is_built_anew(stocked, look, settings, database):
    (current,) = (settings.var / "search").iterdir()
    former = current.rename(current.with_name(f"{current.name.partition('-')[0]}-v1"))
    assert ids(look("bike")) == set()
    Indexer(settings, database).round()
    assert ids(look("bike")) == {"2", "3"}
    assert not former.exists(), "what an older version wrote is of no use to anybody"
    with database.writing() as db:
        db.query(Product).filter(Product.item_id == "3").delete()  # as if the database were an older one
    worker = Indexer(settings, database)
    for _ in range(3):
        worker.round()
    assert ids(look("bike")) == {"2"}


def test_a_damaged_index_is_built_anew(stocked, look, settings, database):
    for kept in (settings.var / "search").rglob("meta.json"):
        kept.write_text("{")
    assert ids(look("bike")) == set()
    worker = Indexer(settings, database)
    for _ in range(3):
        worker.round()
    assert ids(look("bike")) == {"2", "3"}


def test_only_one_indexer_writes_at_a_time_and_the_other_goes_on(stocked, look, shop, settings, database):
    shop.send(products.Put(items=[item(8, "Unicycle")]))
    work_until_idle(settings)
    (path,) = (settings.var / "search").iterdir()
    held = taught(Index.open(str(path))).writer(20_000_000, 1)
    second = Indexer(settings, database)
    second.round()
    assert ids(look("unicycle")) == set()
    held.wait_merging_threads()
    second.round()
    assert ids(look("unicycle")) == {"8"}


def test_an_indexer_that_is_killed_before_its_mark_does_it_again(stocked, look, shop, settings, database, monkeypatch):
    shop.send(products.Put(items=[item(8, "Unicycle"), item(9, "Tandem")]))
    work_until_idle(settings)
    with monkeypatch.context() as killing:
        killing.setattr(Mark, "leave", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            Indexer(settings, database).round()
    Indexer(settings, database).round()
    assert look("unicycle").products_total == look("tandem").products_total == 1


@ON_SQLITE
def test_the_compute_process_keeps_the_index_up_by_itself(look, shop, settings):
    told_to_stop = threading.Event()
    work = threading.Thread(target=run_compute, args=[settings, told_to_stop])
    work.start()
    try:
        shop.send(products.Put(items=ITEMS))
        work_until_idle(settings)
        assert wait_until(lambda: ids(look("ridgeline"))) == {"1", "2"}
    finally:
        told_to_stop.set()
        work.join()
