"""Search by the names of categories: what lies in a category is found by its name, and by those above it."""

import pytest

from app.engine.search.indexer import Indexer
from app.engine.worker.main import work_until_idle
from app.rees46 import categories, products, search
from tests.engine.asking import ON_SQLITE

TREE = [
    {"id": "1", "name": "Всё для велосипедиста"},
    {"id": "2", "name": "Lighting", "parent": "1"},
    {"id": "3", "name": "Замки и тросы", "parent": "1"},
    {"id": "4", "name": "Head torches", "parent": "2"},
]


def item(number, name, category, **more):
    return {
        "id": str(number),
        "name": name,
        "price": 100,
        "url": f"https://shop.example/{number}",
        "picture": f"https://shop.example/{number}.jpg",
        "categories": [category],
    } | more


ITEMS = [
    item(1, "Lumen 800", "2"),
    item(2, "Lumen Mini", "4"),
    item(3, "Steelclaw", "3"),
    item(4, "Pocket lighting for tents", "9", description="A torch"),
]


@pytest.fixture
def catch_up(settings, database):
    """Let a worker, always the same, do its work and catch up with the index."""
    indexer = Indexer(settings, database)

    def catch_up():
        work_until_idle(settings)
        indexer.round()

    return catch_up


@pytest.fixture
def found(sdk):
    def found(query, **said):
        asked = search.Search(did="d", type="full_search", search_query=query, **said)
        return [product.id for product in sdk.send(asked).products]

    return found


@pytest.fixture
def stocked(shop, catch_up):
    shop.send(categories.Import(categories=TREE))
    shop.send(products.Put(items=ITEMS))
    catch_up()


@pytest.mark.usefixtures("stocked")
def test_the_name_of_a_category_finds_what_lies_in_it_in_any_form_of_its_words(found):
    assert set(found("lightings")) == {"1", "2", "4"}
    assert set(found("head torch")) == {"2"}
    assert found("замками") == found("трос") == ["3"]
    assert set(found("для велосипедистов")) == {"1", "2", "3"}, "what lies below it too"
    assert found("lumen torch") == ["2"], "words may be of the product and of its category"


@ON_SQLITE
@pytest.mark.usefixtures("stocked")
def test_what_says_a_word_itself_comes_before_what_only_lies_in_a_category_of_that_name(found):
    assert found("lighting")[0] == "4"


@ON_SQLITE
@pytest.mark.usefixtures("stocked")
def test_typing_mistakes_are_not_forgiven_by_the_name_of_a_category(found):
    assert found("torchez", no_clarification=True) == []
    assert found("Lumin") != []
    assert found("Heaf") == []


@pytest.mark.usefixtures("stocked")
def test_a_category_with_another_name_or_place_puts_its_products_in_anew(found, shop, catch_up):
    shop.send(categories.Update(categories=[{"id": "2", "name": "Фонари", "parent": "1"}]))
    catch_up()
    assert set(found("фонарь")) == {"1", "2"}
    assert found("lighting") == ["4"]
    shop.send(categories.Update(categories=[{"id": "4", "name": "Head torches", "parent": "3"}]))
    catch_up()
    assert found("фонари") == ["1"]
    assert set(found("тросы")) == {"2", "3"}
    shop.send(categories.Remove(categories=["3"]))
    catch_up()
    assert found("тросы") == []


@pytest.mark.usefixtures("stocked")
def test_categories_that_changed_while_no_worker_ran_are_noticed_by_the_next(found, shop, settings, database):
    shop.send(categories.Update(categories=[{"id": "3", "name": "Security"}]))
    work_until_idle(settings)
    Indexer(settings, database).round()
    assert found("security") == ["3"]
    assert found("замки") == []


def test_categories_that_come_after_their_products_are_found_too(found, shop, catch_up):
    shop.send(products.Put(items=ITEMS))
    catch_up()
    assert found("замки") == []
    shop.send(categories.Import(categories=TREE))
    catch_up()
    assert found("замки") == ["3"]


@ON_SQLITE
def test_categories_that_lie_in_each_other_do_no_harm(found, shop, catch_up):
    shop.send(
        categories.Import(
            categories=[{"id": "3", "name": "Egg", "parent": "4"}, {"id": "4", "name": "Hen", "parent": "3"}]
        )
    )
    shop.send(products.Put(items=ITEMS))
    catch_up()
    assert set(found("hen egg")) == {"2", "3"}
