"""Recommendation bench: blocks asked for several at once, expectations at each run, a history with a test device."""

import pytest

from app.engine.seed.blocks import BLOCKS
from app.pages.benches.asking import Answer
from app.pages.benches.blocks import align
from app.pages.benches.comparing import Line
from app.pages.benches.expectations import failures
from app.store import benches, recommender_blocks
from app.store.acts import Act
from app.store.benches import BenchCase, BenchResult
from tests.adapters import Dead, over, trouble

assert {"popular", "similar", "recently_viewed"} <= {code for code, _rule, _title in BLOCKS}


def register(visitor, code, **said):
    return visitor.get("/benches/blocks/new").press("Keep", code=code, **said)


def number_of(desk, code):
    with desk.reading() as db:
        return recommender_blocks.by_code(db, 1, code).id


@pytest.fixture
def item(box):
    """A product that is in stock."""
    asked = {"shop_id": "demo", "did": "x", "limit": 1}
    return str(box.test_client().get("/recommend/popular", query_string=asked).json["products"][0])


def test_a_block_is_asked_for_several_and_products_stand_in_lines(marketer, desk):
    register(marketer, "popular", name="Popular", at_least="2", in_stock="y")
    marketer.get("/benches/personas").press("Add", name="Anna, gravel", who="anna.kowalska@example.com")
    with desk.reading() as db:
        (persona,) = benches.personas(db, 1)
    page = marketer.get(f"/benches/recommend?first=nobody&second={persona.id}")
    assert [head.text_content().split()[0] for head in page.tree.cssselect(".bench-columns h2")] == ["Nobody", "Anna,"]
    assert page.text.count("right") == 2
    assert "10 of 10 as in the first column" in page.text
    assert [row[1] for row in page.rows()] == [str(place) for place in range(1, 11)]
    assert page.tree.cssselect(".thumb img")
    assert "anna.kowalska" not in page.html


def test_what_a_block_needs_is_asked_for_before_it_is_sent(marketer, desk, item):
    register(marketer, "similar", needs=["item"])
    with desk.reading() as db:
        before = db.query(BenchCase).count()
    page = marketer.get("/benches/recommend")
    assert "the ID of a product" in page.text
    assert page.tree.cssselect(".bench-columns") == []
    assert marketer.get(f"/benches/recommend?item={item}").tree.cssselect(".bench-columns")
    assert before == 0


def test_a_refusal_is_shown_in_the_words_of_rees46(marketer):
    register(marketer, "nothing_like_it")
    assert "There is no recommendation block with this code" in marketer.get("/benches/recommend").text


def test_expectations_are_checked_at_each_run_and_compared(marketer, desk, app):
    register(marketer, "popular", name="Popular", at_least="3", price_max="1")
    number = number_of(desk, "popular")
    kept = marketer.get(f"/benches/recommend?block={number}").press("Keep for each run")
    assert "Kept. Run all" in kept.messages
    page = marketer.get("/benches/blocks").press("Run all")
    assert page.h1 == "0 of 1 as expected"
    assert "beyond the price: " in page.rows()[0][2]
    assert "first run" in page.text
    marketer.get(f"/benches/blocks/{number}").press("Keep", price_max="")
    again = marketer.get("/benches/blocks").press("Run all")
    assert again.h1 == "1 of 1 as expected"
    assert again.rows()[0][3] == "better 10 of 10 the same"
    silent = trouble(app, Dead(), "/recommend")
    assert marketer.get("/benches/blocks").press("Run all").rows()[0][2].startswith("no answer")
    over(app, silent)
    with desk.reading() as db:
        whats = {act.what for act in db.query(Act).filter(Act.what.like("benches.%"))}
    assert whats == {"benches.KeepBlock", "benches.KeepCase", "benches.Run"}


def test_a_test_device_gets_a_history_and_the_block_is_read_after_each_event(marketer, desk, item):
    register(marketer, "recently_viewed", name="Seen")
    number = number_of(desk, "recently_viewed")
    page = marketer.get(f"/benches/recommend?block={number}&first=device")
    assert "You have no test device yet" in page.text
    steps = f"view {item}\ncart {item} 1\npurchase {item} 1"
    done = page.follow("Make a history").press("Send them", script=steps, device="new")
    assert done.h1 == "Seen"
    assert [head.text_content() for head in done.tree.cssselect("main thead th")] == [
        "Product",
        "Before",
        "After the visit began",
        "After the view",
        "After the cart",
        "After the purchase",
    ]
    assert done.rows()[0][1:] == ["–", "–", "1 new here", "1", "1"]
    with desk.reading() as db:
        tracked = [act for act in db.query(Act) if act.what == "events.Track"]
    assert len(tracked) == 3
    assert all(act.after["test_device"].startswith("desk46-test-") for act in tracked)
    mine = marketer.get(f"/benches/recommend?block={number}&first=nobody&second=device")
    assert mine.rows()[0][1:] == ["–", "1 new here"]
    mine.press("Keep for each run")
    assert marketer.get("/benches/blocks").press("Run all").h1 == "2 of 2 as expected"


def test_what_lies_in_the_cart_is_left_out_or_named(marketer, desk, item):
    marketer.get("/events/script").press("Send them", script=f"cart {item} 1", device="new")
    register(marketer, "popular", no_cart="y")
    number = number_of(desk, "popular")
    page = marketer.get(f"/benches/recommend?block={number}&first=device")
    assert "in the cart: " in page.text
    marketer.get(f"/benches/blocks/{number}").press("Keep", needs=["cart"])
    page = marketer.get(f"/benches/recommend?block={number}&first=device")
    assert "in the cart: " not in page.text
    assert page.text.count("right") == 1


def test_the_register_is_changed_and_dropped(marketer, viewer, desk):
    register(marketer, "popular", name="Popular")
    assert "This block is there already." in register(marketer, "popular").text
    number = number_of(desk, "popular")
    wrong = marketer.get(f"/benches/blocks/{number}").press("Keep", price_min="5", price_max="4")
    assert (wrong.status, "It is below the lowest price." in wrong.text) == (422, True)
    marketer.get(f"/benches/recommend?block={number}").press("Keep for each run")
    assert "Add a block" not in viewer.get("/benches/blocks").text
    marketer.get("/benches/blocks").press("Drop Popular")
    with desk.reading() as db:
        assert recommender_blocks.of_shop(db, 1) == []
        assert db.query(BenchCase).count() == 0
    assert "No block is written down yet" in marketer.get("/benches/blocks").text
    assert "No block is written down yet" in viewer.get("/benches/recommend").text


@pytest.mark.parametrize(
    "query", ["block=x&first=y", "block=999&second=-1&item=%20", "one=&second=&three=", "third=device"]
)
def test_nonsense_in_the_address_breaks_nothing(marketer, query):
    register(marketer, "popular")
    assert marketer.get(f"/benches/recommend?{query}").status == 200


def row(item, **more):
    return {"id": item, "name": item, "price": 1.0, "is_available": True, "brand": None} | more


@pytest.mark.parametrize(
    ("expected", "failed"),
    [
        ({"no_cart": True}, [("no_cart", "b")]),
        ({"in_stock": True}, [("in_stock", "a"), ("in_stock", "c")]),
        ({"price_min": 1}, [("price", "c")]),
        ({"no_brand": "acme"}, [("no_brand", "a"), ("no_brand", "b")]),
    ],
)
def test_each_product_that_offends_is_named(expected, failed):
    rows = [
        row("a", is_available=False, brand="ACME"),
        row("b", brand="Acme"),
        row("c", is_available=False, price=0.5),
    ]
    found = failures(expected, Answer(rows, 3, cart=["b"]))
    assert [(one["check"], one["item"]) for one in found] == failed


def test_stock_that_nobody_tells_is_no_stock_that_is_right():
    assert failures({"in_stock": True}, Answer([row("a", is_available=None)], 1)) == [{"check": "stock_not_told"}]
    assert failures({"in_stock": True}, Answer([], 0)) == []


def test_products_are_put_in_line_over_the_columns():
    first, second = Answer([row("a"), row("b")], 2), Answer([row("c"), row("a")], 2)
    lines = align([first, second])
    assert [(line.row["id"], line.places) for line in lines] == [("a", [1, 2]), ("b", [2, None]), ("c", [None, 1])]
    assert align([]) == []


def test_overlap_with_the_run_before_is_counted():
    now, then = BenchResult(items=["a", "b", "c"]), BenchResult(items=["c", "x"])
    assert Line(BenchCase(), now, then).kept == 1
    assert Line(BenchCase(), now, None).kept == 0
