"""Test benches: searches beside each other, golden queries with their runs, personas."""

import shutil

import pytest

from app.engine.search.indexer import Indexer
from app.engine.store.clock import open_box
from app.pages.benches.asking import Answer
from app.pages.benches.comparing import pace
from app.pages.benches.expectations import failures, mistyped, other_layout
from app.store import benches
from app.store.acts import Act
from app.store.benches import BenchCase, BenchResult
from tests.adapters import Dead, over, trouble
from tests.furnishing import settings_in


@pytest.fixture(scope="module")
def index(furnished, tmp_path_factory):
    """The search index of the furnished box, made once."""
    settings = settings_in(tmp_path_factory.mktemp("index"), box_database_url=f"sqlite:///{furnished}/box.db")
    database = open_box(settings)
    Indexer(settings, database).round()
    database.engine.dispose()
    return settings.var / "search"


@pytest.fixture(autouse=True)
def indexed(index, settings):
    """The box finds its products."""
    shutil.copytree(index, settings.var / "search")


@pytest.fixture
def word(box):
    """A word of a product that is found, and its first product."""
    found = (
        box.test_client()
        .get(
            "/search",
            query_string={"shop_id": "demo", "did": "x", "type": "full_search", "search_query": "jersey", "limit": 5},
        )
        .json
    )
    return "jersey", [product["id"] for product in found["products"]]


def keep(visitor, words, **expected):
    return visitor.get("/benches/golden/new").press("Keep", words=words, **expected)


def run(visitor):
    return visitor.get("/benches/golden").press("Run all")


def test_two_searches_stand_beside_each_other_and_differences_are_marked(viewer, word):
    words, items = word
    page = viewer.get(f"/benches/?q={words}&left=instant&right=full&sort=price-desc")
    heads = [head.text_content() for head in page.tree.cssselect(".compare h2")]
    assert [head.split()[0] for head in heads] == ["Instant", "Full"]
    assert "found" in heads[1]
    same = viewer.get(f"/benches/?q={words}&left=full&right=full")
    assert same.tree.cssselect(".hits [data-other]") == []
    assert "higher" not in same.text
    sides = [[link.text_content() for link in side.cssselect("a")] for side in same.tree.cssselect(".compare section")]
    assert sides[0] == sides[1]
    assert len(sides[0]) == 10
    assert items


def test_shops_are_compared(viewer, word):
    page = viewer.get(f"/benches/?q={word[0]}&left=full&right=full&right_shop=second")
    assert "Second" in page.tree.cssselect(".compare h2")[1].text_content()
    assert page.tree.cssselect(".hits [data-other]")
    assert "Nothing is found." in page.text


@pytest.mark.parametrize("query", ["q=+&left=x&right=", "q=a&right_as=9999&left_as=-1", "q=a&right_shop=none&sort=x"])
def test_nonsense_in_the_address_breaks_nothing(viewer, query):
    assert viewer.get(f"/benches/?{query}").status == 200


def test_a_search_that_gets_no_answer_fails_alone(app, viewer):
    trouble(app, Dead(), "/search")
    page = viewer.get("/benches/?q=jersey")
    assert page.text.count("REES46 did not answer.") == 2


def test_golden_queries_are_kept_run_and_compared_with_the_last_run(marketer, word, desk):
    words, items = word
    assert "Kept" in keep(marketer, words, item_id=items[0], among="3").messages
    keep(marketer, words, item_id="9999999")
    keep(marketer, words, without=words.upper())
    first = run(marketer)
    assert first.h1 == "1 of 3 as expected"
    assert "first run" in first.text
    assert [row[2].split()[0] for row in first.rows()] == ["wrong", "wrong", "right"]
    assert "it is not there" in first.row("9999999")[2]
    second = run(marketer)
    assert "Compared with the run before" in second.text
    assert {row[3] for row in second.rows()} == {"the same"}
    assert "within" in second.text
    with desk.reading() as db:
        whats = {act.what for act in db.query(Act).filter(Act.what.like("benches.%"))}
    assert whats == {"benches.KeepCase", "benches.Run"}


def test_a_run_says_what_got_worse(marketer, word, app, desk):
    keep(marketer, word[0], at_least="1")
    run(marketer)
    with desk.writing() as db:
        (case,) = benches.cases(db, 1, "search")
        case.expected = {"at_least": 100_000}
    page = run(marketer)
    assert "1 got worse" in page.text
    assert page.rows()[0][2].startswith("wrong")
    trouble_now = trouble(app, Dead(), "/search")
    assert run(marketer).rows()[0][2].startswith("no answer")
    over(app, trouble_now)


def test_the_same_is_kept_once_and_with_other_fingers(marketer, desk):
    keep(marketer, "велосипед", at_least="1", mistyped="y", other_layout="y")
    assert "It was kept before." in keep(marketer, "велосипед", at_least="1").messages
    with desk.reading() as db:
        assert [case.title for case in benches.cases(db, 1, "search")] == ["велосипед", "велсоипед", "dtkjcbgtl"]
        assert benches.cases(db, 2, "search") == []


def test_a_query_without_expectations_is_refused(marketer):
    page = keep(marketer, "jersey")
    assert (page.status, "Say what is expected" in page.text) == (422, True)


def test_a_query_that_found_nothing_becomes_golden_by_a_click(marketer, desk):
    page = marketer.get("/zero_results/")
    words = page.tree.cssselect("main tbody th a")[0].text_content()
    page.press("Make it golden")
    with desk.reading() as db:
        (case,) = benches.cases(db, 1, "search")
    assert (case.title, case.expected) == (words, {"at_least": 1})


def test_cases_are_dropped(marketer, desk):
    keep(marketer, "jersey", at_least="1")
    run(marketer)
    assert marketer.get("/benches/golden").press("Drop jersey").messages == "Dropped."
    with desk.reading() as db:
        assert db.query(BenchCase).count() == db.query(BenchResult).count() == 0


def test_a_persona_is_a_customer_under_a_name_that_may_stand_anywhere(marketer, word, desk):
    page = marketer.get("/benches/personas").press("Add", name="Anna, gravel", who="anna.kowalska@example.com")
    assert "Anna, gravel can be chosen now." in page.messages
    with desk.reading() as db:
        (persona,) = benches.personas(db, 1)
    seen = marketer.get(f"/benches/?q={word[0]}&right_as={persona.id}")
    assert "Anna, gravel" in seen.tree.cssselect(".compare h2")[1].text_content()
    assert "anna.kowalska" not in seen.html
    keep(marketer, word[0], at_least="1", persona=str(persona.id))
    marketer.get("/benches/personas").press("Drop Anna, gravel")
    assert run(marketer).h1 == "1 of 1 as expected"


@pytest.mark.parametrize(
    ("name", "who", "words"),
    [
        ("Nobody", "nobody.at.all@example.com", "No one customer"),
        ("Two", "anna.kowalska@example.com 79990000002", "No one customer"),
        ("", "anna.kowalska@example.com", "This is needed."),
    ],
)
def test_a_persona_that_is_no_one_customer_is_refused(marketer, name, who, words):
    page = marketer.get("/benches/personas").press("Add", name=name, who=who)
    assert (page.status, words in page.text) == (422, True)


def row(item, name="", price=1.0, *, there=True, brand=None):
    return {"id": item, "name": name, "price": price, "is_available": there, "brand": brand, "categories": ["Shoes"]}


@pytest.mark.parametrize(
    ("expected", "failed"),
    [
        ({"item_id": "b", "within": 2}, []),
        ({"item_id": "b", "within": 1}, [{"check": "in_first", "place": 2}]),
        ({"item_id": "z", "within": 3}, [{"check": "in_first", "place": None}]),
        ({"without": "nothing, of it"}, []),
        ({"without": "x, SHOES"}, [{"check": "without", "word": "shoes", "item": "a", "name": "Trail"}]),
        ({"at_least": 7}, []),
        ({"at_least": 8}, [{"check": "at_least", "total": 7}]),
        ({"in_stock": True}, [{"check": "in_stock", "item": "b", "name": "b"}]),
        ({"no_brand": "ACME"}, [{"check": "no_brand", "item": "b", "name": "b"}]),
        ({"price_min": 1, "price_max": 5}, [{"check": "price", "item": "b", "name": "b", "price": 9.0}]),
    ],
)
def test_expectations_are_checked(expected, failed):
    answer = Answer([row("a", "Trail"), row("b", None, 9.0, there=False, brand="Acme")], total=7)
    assert failures(expected, answer) == failed


@pytest.mark.parametrize(
    ("words", "swapped"), [("шлем", "лшем"), ("gravel fork", "gravle fork"), ("abc", "abc"), ("", "")]
)
def test_a_typing_mistake_swaps_two_letters(words, swapped):
    assert len(mistyped(words)) == len(words)
    assert sorted(mistyped(words)) == sorted(words)
    assert (mistyped(words) == words) is (swapped == words)


@pytest.mark.parametrize(("words", "typed"), [("велосипед", "dtkjcbgtl"), ("helmet", "рудьуе"), ("700 c", "700 с")])
def test_the_other_layout_has_the_same_keys(words, typed):
    assert other_layout(words) == typed


def test_pace_needs_two_answers():
    results = [BenchResult(state="right", milliseconds=float(number)) for number in range(1, 102)]
    assert pace(results[:1]) is None
    assert (pace(results).p50, pace(results).p95) == (51.0, 96.0)
