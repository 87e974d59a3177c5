"""What was read is remembered for as long as nobody changed the database, and not a moment longer."""

import pytest
from sqlalchemy import Engine, delete, event, update

from app.database import Database
from app.engine.recommendations.compute import RecommendationWorker
from app.engine.search.indexer import Indexer
from app.engine.store.cache import LARGEST, MOST, Known
from app.engine.store.customers import Identity
from app.engine.store.db import Db
from app.engine.store.products import Product
from app.engine.store.recommenders import POPULAR, Recommender
from app.engine.store.shops import Shop, shop_of
from app.engine.worker.main import work_until_idle
from app.rees46 import products, profile, recommendations, search, segments, sessions, subscriptions
from app.rees46.errors import NotAllowed
from tests.engine.asking import ON_SQLITE

BLOCK = recommendations.Recommend(recommender_code="best", did="d1", extended=True)
SEARCH = search.Search(did="d1", type="instant_search", search_query="bik")


def bike(number, price=1):
    return {
        "id": str(number),
        "name": "Bike",
        "price": price,
        "url": "https://a.b",
        "picture": "https://a.b/c",
        "categories": ["1"],
    }


@pytest.fixture
def stocked(shop, settings, database):
    """A bike for sale, and a block that shows it."""
    with database.writing() as db:
        db.add(Recommender(shop_id=shop_of(db, "shop").id, code="best", rule=POPULAR, title="Best"))
    bike = {
        "id": "1",
        "name": "Bike",
        "price": 100,
        "url": "https://a.b",
        "picture": "https://a.b/c",
        "categories": ["1"],
    }
    shop.send(products.Put(items=[bike]))
    work_until_idle(settings)
    Indexer(settings, database).round()
    RecommendationWorker(settings, database).compute()


@pytest.fixture
def elsewhere(settings):
    """The same database, as another process has it."""
    database = Database(settings.box_database, Db)
    yield database
    database.engine.dispose()


def price(sdk):
    return [product.price for product in sdk.send(BLOCK).products]


def test_a_block_shows_at_once_what_another_process_changed(sdk, stocked, elsewhere):
    assert price(sdk) == price(sdk) == [100]
    with elsewhere.writing() as db:
        db.execute(update(Product).values(price=90))
    assert price(sdk) == [90]
    with elsewhere.writing() as db:
        db.execute(update(Product).values(is_available=False))
    assert price(sdk) == []


def test_a_secret_that_another_process_changed_is_good_for_nothing_at_once(shop, elsewhere):
    shop.send(search.NoResultQueries())
    with elsewhere.writing() as db:
        db.execute(update(Shop).values(secret="another"))
    with pytest.raises(NotAllowed):
        shop.send(search.NoResultQueries())


def test_a_shop_that_was_not_there_a_moment_ago_is(sdk, database, elsewhere):
    sdk.shop_id = "new"
    with pytest.raises(NotAllowed):
        sdk.send(sessions.Init(did="d1"))
    with elsewhere.writing() as db:
        db.add(Shop(shop_id="new", secret="new-secret", name="New"))
    sdk.send(sessions.Init(did="d1"))


@ON_SQLITE
@pytest.mark.parametrize("call", [BLOCK, SEARCH], ids=["block", "search"])
def test_asked_again_a_call_asks_the_database_nothing(sdk, stocked, call):
    assert sdk.send(call).products
    asked = []
    note = lambda _connection, _cursor, statement, *_: asked.append(statement)  # noqa: E731  # removed by its name
    event.listen(Engine, "before_cursor_execute", note)
    try:
        assert sdk.send(call).products
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert asked == []


def test_another_visitor_is_shown_the_same_block_but_in_another_order(sdk, shop, settings, stocked, database):
    shop.send(products.Put(items=[bike(number) for number in range(1, 10)]))
    work_until_idle(settings)
    seen = {tuple(sdk.send(recommendations.Recommend(recommender_code="best")).products) for _ in range(20)}
    assert len(seen) > 1
    assert len({frozenset(order) for order in seen}) == 1


def test_that_there_is_nothing_is_not_remembered_nor_what_takes_much_room():
    known, read = Known(), iter(range(1, 10))
    assert known.once("nothing", lambda: None) is None
    assert [known.once("large", lambda: next(read), size=LARGEST + 1) for _ in range(2)] == [1, 2]
    assert [known.once("small", lambda: next(read)) for _ in range(2)] == [3, 3]
    assert known.each("letter", "ab", lambda missing: {one: one * 2 for one in missing if one != "b"}) == {"a": "aa"}


def test_a_full_memory_starts_again():
    known = Known()
    for number in range(MOST + 1):
        known.once(number, lambda: "x")
    assert list(known) == [MOST]


@ON_SQLITE
def test_a_customer_is_found_once_by_calls_that_read_and_anew_when_somebody_changed_anything(shop, elsewhere, database):
    shop.send(profile.Set(email="anna@example.com", first_name="Anna"))
    assert shop.send(subscriptions.Check(email="anna@example.com")).exists
    asked = []
    event.listen(database.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    assert shop.send(segments.Get(email="anna@example.com")) == []
    assert not [one for one in asked if "FROM identities" in one or "FROM customers" in one]
    with elsewhere.writing() as db:
        db.execute(delete(Identity))
    assert not shop.send(subscriptions.Check(email="anna@example.com")).exists
