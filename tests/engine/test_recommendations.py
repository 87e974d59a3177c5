"""Recommendations: blocks by code, counted from what the shop's own customers did."""

import threading

import pytest

from app.database import Database
from app.engine.recommendations.compute import RecommendationWorker
from app.engine.search.indexer import Indexer
from app.engine.store.db import Db
from app.engine.store.products import Product
from app.engine.store.recommenders import RULES, Computed, Recommender
from app.engine.store.shops import shop_of
from app.engine.worker.compute import run as run_compute
from app.engine.worker.main import work_until_idle
from app.rees46 import categories, events, products, recommendations
from app.rees46.errors import NotFound, Refused
from tests.engine.asking import ON_SQLITE
from tests.patience import wait_until


def item(number, **more):
    return {
        "id": str(number),
        "name": f"Bike {number}",
        "price": 100 + int(number),
        "url": f"https://shop.example/{number}",
        "picture": f"https://shop.example/{number}.jpg",
        "categories": ["road"],
    } | more


@pytest.fixture(autouse=True)
def blocks(database):
    """A block for each rule, named like it."""
    with database.writing() as db:
        number = shop_of(db, "shop").id
        db.add_all(Recommender(shop_id=number, code=rule, rule=rule, title=f"<{rule}>") for rule in RULES)


@pytest.fixture
def stock(shop, settings):
    """Import products, and let the worker do it."""

    def stock(*items):
        shop.send(
            categories.Update(
                categories=[
                    {"id": "bikes", "name": "Bikes"},
                    {"id": "road", "name": "Road", "parent": "bikes"},
                    {"id": "city", "name": "City", "parent": "bikes"},
                ]
            )
        )
        shop.send(products.Put(items=list(items)))
        work_until_idle(settings)

    return stock


@pytest.fixture
def count(settings):
    """Let the worker compute the lists."""

    def count():
        database = Database(settings.box_database, Db)
        RecommendationWorker(settings, database).compute()
        database.engine.dispose()

    return count


@pytest.fixture
def ask(sdk):
    def ask(code, **said):
        said = {"did": "d1", "prevent_shuffle": True} | said
        return sdk.send(recommendations.Recommend(recommender_code=code, **said)).products

    return ask


def visit(client, did, *items, event="view", **more):
    for one in items:
        client.send(events.Track(event=event, did=did, seance="s", item_id=[one], **more))


def buy(client, did, *items):
    client.send(
        events.Track(
            event="purchase", did=did, seance="s", item_id=list(items), amount=[1] * len(items), price=[1] * len(items)
        )
    )


def test_what_is_bought_and_viewed_most_is_popular(sdk, stock, count, ask):
    stock(item(1), item(2), item(3), item(4))
    visit(sdk, "d2", "3", "3", "2")
    buy(sdk, "d3", "4")
    count()
    assert ask("popular") == ["4", "3", "2", "1"]
    assert ask("popular", limit=2) == ["4", "3"]
    assert ask("popular", limit=2, page=2) == ["2", "1"]
    assert ask("popular", limit=2, page=3) == []


def test_a_category_shows_what_is_popular_in_it_and_in_those_below(sdk, stock, count, ask):
    stock(item(1), item(2, categories=["city"]), item(3, categories=["other"]))
    visit(sdk, "d2", "2", "3")
    count()
    assert ask("popular", category="bikes") == ["2", "1"]
    assert ask("popular", category="road") == ["1"]
    assert ask("popular", categories=["city", "other"]) == ["2", "3"]


def test_a_shop_nobody_visited_yet_shows_what_it_has(stock, ask):
    stock(item(1), item(2))
    assert ask("popular") == ["1", "2"]
    assert ask("personal") == ["1", "2"]


def test_what_was_in_the_same_orders_is_bought_along(sdk, stock, count, ask):
    stock(*(item(number) for number in range(1, 6)))
    buy(sdk, "d2", "1", "2", "3")
    buy(sdk, "d3", "1", "3")
    count()
    assert ask("also_bought", item_id="1") == ["3", "2"]
    assert ask("also_bought", item_id="5") == []


def test_similar_is_of_the_same_category_and_brand_and_near_in_price_but_no_variant(stock, count, ask):
    stock(
        item(1, brand="Peloton", group_id="g"),
        item(2, brand="Peloton", group_id="g"),
        item(3, brand="Other"),
        item(9, brand="Peloton"),
        item(5, brand="Peloton"),
        item(4, categories=["city"]),
    )
    count()
    assert ask("similar", item_id="1") == ["5", "9", "3"]
    assert ask("similar", item_id="unknown") == []


def test_others_who_searched_the_same_chose_this(sdk, stock, count, ask):
    stock(item(1), item(2))
    sdk.send(events.Track(event="search", did="d2", seance="s", search_query="Red  Bike"))
    visit(sdk, "d2", "2")
    count()
    assert ask("search", search_query="red bike") == ["2"]
    assert ask("search", search_query="blue bike") == []


def test_a_search_that_nobody_made_before_shows_what_it_finds(sdk, stock, settings, database, count, ask):
    stock(item(1, name="Red tandem"), item(2, name="Tandem rack"), item(3, name="Tandem bell", available=False))
    assert ask("search", search_query="tandems") == [], "the index is not written yet"
    Indexer(settings, database).round()
    assert set(ask("search", search_query="tandems")) == {"1", "2"}
    assert ask("search", search_query="tandems", exclude=["1"]) == ["2"]
    assert ask("search", search_query="unicycle") == ask("search", search_query="!") == []
    sdk.send(events.Track(event="search", did="d2", seance="s", search_query="Tandems"))
    visit(sdk, "d2", "2")
    count()
    assert ask("search", search_query="tandems") == ["2", "1"], "what others chose comes first"


def test_a_visitor_sees_what_they_viewed_last_first(sdk, stock, ask):
    stock(item(1), item(2), item(3))
    visit(sdk, "d1", "1", "2", "1")
    assert ask("recently_viewed") == ["1", "2"]
    assert ask("recently_viewed", did="d2") == []


def test_personal_is_what_goes_with_a_visitors_interests_then_what_is_popular(sdk, stock, count, ask):
    stock(*(item(number) for number in range(1, 6)))
    buy(sdk, "d2", "1", "5")
    visit(sdk, "d3", "4", "4", "4")
    visit(sdk, "d1", "1")
    count()
    assert ask("personal")[0] == "5"
    assert set(ask("personal")) == {"1", "2", "3", "4", "5"}


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ({"brands": ["Peloton"]}, ["1", "3"]),
        ({"brands": "Peloton,Other"}, ["1", "2", "3"]),
        ({"exclude_brands": ["Peloton"]}, ["2"]),
        ({"discount": "true"}, ["2"]),
        ({"exclude": ["1", "2"]}, ["3"]),
        ({"locations": ["msk"]}, ["1", "2"]),
        ({"item_id": "1"}, ["2", "3"]),
        ({"item": "3"}, ["1", "2"]),
    ],
)
def test_a_call_narrows_what_is_shown(wire, stock, said, left):
    stock(
        item(1, brand="Peloton"),
        item(2, brand="Other", oldprice=900),
        item(3, brand="Peloton", locations=[{"location": "spb"}]),
    )
    query = {"shop_id": "shop", "did": "d1", "seance": "s", "prevent_shuffle": "true"}
    for name, value in said.items():
        query |= {f"{name}[{n}]": one for n, one in enumerate(value)} if isinstance(value, list) else {name: value}
    answer = wire.get("/recommend/popular", query_string=query)
    assert answer.json["products"] == answer.json["recommends"] == left


def test_what_is_out_of_stock_or_ignored_is_never_shown(stock, shop, settings, count, ask):
    stock(item(1), item(2), item(3, ignored=True), item(4, available=False))
    count()
    shop.send(products.Remove(items=["2"]))
    work_until_idle(settings)
    assert ask("popular") == ["1"]


def test_the_products_come_shuffled_unless_told_otherwise(stock, count, ask):
    stock(*(item(number) for number in range(1, 9)))
    count()
    shown = {tuple(ask("popular", prevent_shuffle=False)) for _ in range(20)}
    assert len(shown) > 1
    assert len({tuple(sorted(one)) for one in shown}) == 1


def test_the_block_says_all_of_its_products_and_its_html_is_safe(sdk, stock):
    stock(item(1, name='<script>alert("x")</script>', url="https://shop.example/1?a=b", oldprice=900))
    block = sdk.send(recommendations.Recommend(recommender_code="popular", extended=True, resize_image=120))
    (product,) = block.products
    assert (product.price, product.oldprice, product.price_formatted) == (101, 900, "101 RUB")
    assert product.url == "https://shop.example/1?a=b&recommended_by=dynamic&recommended_code=popular"
    assert product.image_url_resized == {"120": "https://shop.example/1.jpg"}
    assert block.title == "<popular>"
    assert "<script" not in block.html
    assert "<h2>&lt;popular&gt;</h2>" in block.html


def test_an_address_that_is_no_web_page_leads_nowhere(sdk, stock, database):
    stock(item(1))
    with database.writing() as db:
        db.query(Product).one().url = "javascript:alert(1)"
    assert "javascript" not in sdk.send(recommendations.Recommend(recommender_code="popular")).html


def test_an_unknown_block_and_a_missing_context_are_refused(ask, other_shop):
    with pytest.raises(NotFound):
        ask("nothing")
    for rule in ("similar", "also_bought", "search"):
        with pytest.raises(Refused):
            ask(rule)
    with pytest.raises(NotFound):
        other_shop.send(recommendations.Recommend(recommender_code="popular"))


def test_lists_with_nothing_left_to_say_are_gone(stock, shop, settings, count, database):
    def kept():
        with database.reading() as db:
            return {(one.rule, one.about): one.items for one in db.query(Computed)}

    stock(item(1), item(2, categories=["city"]))
    count()
    assert kept()["popular", "city"] == ["2"]
    shop.send(products.Remove(items=["2"]))
    work_until_idle(settings)
    count()
    assert kept() == {("popular", about): ["1"] for about in ("", "bikes", "road")}


@ON_SQLITE
def test_the_reckoner_counts_by_itself(sdk, stock, settings, ask):
    stock(item(1), item(2))
    visit(sdk, "d2", "2")
    told_to_stop = threading.Event()
    thread = threading.Thread(target=run_compute, args=[settings, told_to_stop])
    thread.start()
    try:
        wait_until(lambda: ask("popular") == ["2", "1"])
    finally:
        told_to_stop.set()
        thread.join()
