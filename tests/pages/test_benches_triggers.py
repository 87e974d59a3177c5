"""The trigger bench: how somebody stands to a product, and stories told by buttons through the real box."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app.config import Settings
from app.engine.store.messages import Message
from app.engine.store.products import Product
from app.engine.store.triggers import Trigger
from app.engine.worker.main import Worker, work_until_idle
from app.pages.benches.triggers import items, looking
from app.pages.benches.triggers.items import UNTOLD
from app.pages.benches.triggers.plots import PRICE, STOCK
from app.pages.benches.views import stories
from app.store import benches
from app.store.acts import Act
from app.store.customers import KnownCustomer
from app.store.erasing import ERASED
from app.store.shops import Shop
from app.store.trigger_stories import TriggerStory
from tests.adapters import Answering, Dead, Silent, over, trouble
from tests.page import text_of

BIKE, AWAY = "1012", "1013"  # in stock, and not
NOT_TOLD = {*UNTOLD, "params"}  # of a parameter how it is searched is not told either


@pytest.fixture(autouse=True)
def at_once(app, monkeypatch):
    """What does not come is seen at the first look, and no call waits for its turn."""
    monkeypatch.setattr(looking, "QUIET_BOX", timedelta(0))
    monkeypatch.setattr(stories, "SECONDS", 60.0)  # on a slow machine, too
    settings = app.extensions["settings"]
    monkeypatch.setitem(app.extensions, "settings", Settings(**settings.model_dump() | {"rates": ""}))


@pytest.fixture
def box_works(settings):
    """Let the box do what it accepted, and tell whom it has to."""

    def work():
        work_until_idle(settings)
        worker = Worker(settings)
        worker.do_chores()
        worker.database.engine.dispose()

    return work


def begin(marketer, plot="told", kind=PRICE, item=BIKE, **more):
    page = marketer.get(f"/benches/triggers?item={item}")
    return page.press("Begin", **{"who": "made", "kind": kind, "plot": plot} | more)


def look(page):
    return page.visitor.post(f"{page.path}/go-on", {"step": ""})


def told(page, box_works):
    """Press one button for the whole story, and look again while the box works."""
    page = page.press("All steps, then put it back")
    for _ in page.rows():
        if "waited for" not in page.text:
            break
        box_works()
        page = look(page)
    return page


def verdicts(page):
    return [row[3].split()[0] for row in page.rows()]


def product(box, item):
    with box.extensions["db"].reading() as db:
        return db.scalars(select(Product).where(Product.item_id == item)).one()


def letters(box):
    with box.extensions["db"].reading() as db:
        return db.scalars(select(Message).where(Message.recipient.like("desk46-test-%"))).all()


def waits(box):
    """Products that somebody made up for a story waits for."""
    with box.extensions["db"].reading() as db:
        newest = db.scalars(select(Trigger).order_by(Trigger.id.desc())).first()
        return newest.item_id if newest else None


@pytest.mark.parametrize(
    ("kind", "plot", "item", "number"),
    [
        (PRICE, "told", BIKE, 1),
        (PRICE, "not_met", BIKE, 0),
        (PRICE, "left", BIKE, 0),
        (PRICE, "suppressed", BIKE, 0),
        (PRICE, "twice", BIKE, 1),
        (STOCK, "told", BIKE, 1),
        (STOCK, "not_met", AWAY, 0),
    ],
)
def test_each_story_comes_out_right_and_puts_the_product_back(box, marketer, box_works, kind, plot, item, number):
    before = product(box, item)
    page = told(begin(marketer, plot, kind, item), box_works)
    assert set(verdicts(page)) == {"right"}, page.rows()
    after = product(box, item)
    assert (after.price, after.is_available, after.categories) == (before.price, before.is_available, before.categories)
    kept = {name: value for name, value in before.details.items() if name not in NOT_TOLD}
    assert {name: value for name, value in after.details.items() if name not in NOT_TOLD} == kept
    box_works()
    assert len(letters(box)) == number
    assert waits(box) != item


def test_each_step_says_what_is_expected_and_seen_and_stands_in_the_trail_in_words(desk, marketer, box_works):
    page = begin(marketer)
    for button in ("Let them wait", "Lower the price", "Put the product back"):
        page = page.press(button)
        box_works()
        page = look(page)
    assert page.row("They begin to wait")[1:3] == ["They wait", "They wait"]
    assert page.row("The message")[1] == "One message, over: E-mail"
    assert page.row("The message")[2].startswith("1 message (E-mail: The price has dropped")
    assert page.row("The subscription")[1:3] == ["They do not wait", "They do not wait"]
    with desk.reading() as db:
        entries = db.scalars(select(Act).where(Act.what == "benches.JudgeStep").order_by(Act.id)).all()
        put = db.scalars(select(Act).where(Act.what == "products.Put").order_by(Act.id)).all()
    assert [entry.after["step"] for entry in entries] == [row[0].partition(". ")[2] for row in page.rows()]
    assert {entry.after["verdict"] for entry in entries} == {"right"}
    assert [act.asked["price"] for act in put][1] > put[0].asked["price"]
    trail = marketer.get(f"/trail/{entries[2].id}")
    assert "One message, over: E-mail" in trail.text


def test_a_story_that_was_left_is_found_again_where_it_stood(marketer, box_works):
    begin(marketer).press("Let them wait").press("Lower the price")
    box_works()
    left = marketer.get("/benches/triggers")
    assert "not ended" in left.rows("main table")[0][3]
    page = look(left.visitor.get(left.tree.cssselect("main table a")[0].attrib["href"]))
    assert verdicts(page) == ["right"] * 4 + ["not"]


def test_a_product_is_put_back_in_the_middle_and_what_was_left_out_is_said(box, marketer, box_works):
    before = product(box, BIKE).price
    page = begin(marketer)
    page = page.press("Let them wait").press("Lower the price")
    box_works()
    page = page.press("Put the product back")
    box_works()
    page = look(page)
    assert verdicts(page) == ["right", "skipped", "skipped", "skipped", "right"]
    assert product(box, BIKE).price == before


def go_live(desk):
    with desk.writing() as db:
        db.execute(update(Shop).values(kind="live"))


def test_a_live_shop_offers_no_step_of_the_catalogue_and_the_server_refuses_it(app, box, desk, marketer, box_works):
    page = begin(marketer).press("Let them wait")
    before = product(box, BIKE).price
    go_live(desk)
    page = marketer.get(page.path)
    assert "Lower the price" not in [text_of(button) for button in page.tree.iter("button")]
    for step in ("change", "restore", "all"):
        refused = marketer.post(f"{page.path}/go-on", {"step": step})
        assert refused.status == 403
        assert "This shop is live" in refused.text
    box_works()
    assert product(box, BIKE).price == before
    with desk.reading() as db:
        assert db.scalars(select(Act).where(Act.what.like("products.%"))).all() == []
    form = marketer.get(f"/benches/triggers?item={BIKE}")
    assert "Somebody made up for it" not in [text_of(option) for option in form.tree.cssselect("form.form option")]
    answer = marketer.post("/benches/triggers", {"product": BIKE, "who": "made", "kind": "price", "plot": "twice"})
    assert answer.errors
    with desk.reading() as db:
        assert len(db.scalars(select(TriggerStory)).all()) == 1


@pytest.fixture
def anna(marketer):
    """The number of a persona who is Anna."""
    marketer.get("/benches/personas").press("Add", name="Anna, cycling", who="anna.kowalska@example.com")
    options = marketer.get("/benches/triggers").tree.cssselect("form.filter option")
    return next(option.get("value") for option in options if text_of(option) == "Anna, cycling")


def test_the_bench_says_whether_somebody_waits_since_when_for_which_price_and_what_reaches_them(marketer, viewer, anna):
    at = f"/benches/triggers?item={BIKE}&persona={anna}"
    assert "does not wait" in marketer.get(at).text
    price = marketer.get("/waiting/add").press("Let them wait", who="anna.kowalska@example.com", item=BIKE, kind=PRICE)
    assert price.status == 200
    page = viewer.get(at)
    facts = text_of(page.tree.cssselect("#standing")[0])
    assert "waits since" in facts
    assert "as asked from this desk" in facts
    assert "reaches them" in facts
    assert "Begin" not in [text_of(button) for button in page.tree.iter("button")]
    assert "anna.kowalska" not in page.html


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ("no-such", "REES46 knows no such product."),
        ("", "Choose a product and a persona"),
        ("ж" * 5000, "knows no such"),
    ],
)
def test_an_unknown_product_and_none_are_said(marketer, anna, item, words):
    assert words in marketer.get(f"/benches/triggers?item={item}&persona={anna}").text


def test_what_rees46_does_not_answer_is_said_and_the_page_stands(app, marketer, anna):
    trouble(app, Dead(), "/products/subscribers")
    page = marketer.get(f"/benches/triggers?item={BIKE}&persona={anna}")
    assert page.status == 502
    assert "Tell a story" in page.text


def test_a_live_story_only_subscribes_and_waits_for_the_shop(box, desk, marketer, anna, box_works):
    go_live(desk)
    page = begin(marketer, who=anna)
    assert "Say why" in " ".join(page.errors)
    page = begin(marketer, who=anna, reason="The autumn campaign").press("Let them wait")
    assert [row[0] for row in page.rows()] == [
        "1. They begin to wait",
        "2. The price falls",
        "3. The message",
        "4. The subscription",
    ]
    with box.extensions["db"].writing() as db:
        db.scalars(select(Product).where(Product.item_id == BIKE)).one().price = 1
    page = look(page)
    assert page.row("The price falls")[3].startswith("right")


def test_nobody_is_suppressed_for_good_by_a_story(marketer, anna):
    assert "stays suppressed for good" in " ".join(begin(marketer, "suppressed", who=anna).errors)


def test_a_refusal_ends_the_story_and_the_product_can_still_be_put_back(app, marketer, box_works):
    page = begin(marketer).press("Let them wait")
    refusing = trouble(app, Answering(400, b'{"status":"error","message":"No items"}'), "/import/products")
    page = page.press("Lower the price")
    assert "REES46 refused: No items" in page.row("The price falls")[2]
    assert verdicts(page) == ["right", "wrong", "not", "not", "not"]
    over(app, refusing)
    page = page.press("Put the product back")
    box_works()
    assert verdicts(look(page)) == ["right", "wrong", "skipped", "skipped", "right"]


def test_a_product_that_could_not_be_put_back_is_refused(marketer, box):
    with box.extensions["db"].writing() as db:
        db.scalars(select(Product).where(Product.item_id == BIKE)).one().picture = ""
    assert "It could not be put back" in " ".join(begin(marketer).errors)


def test_viewers_look_and_do_not_act(marketer, viewer, box_works):
    page = begin(marketer)
    seen = viewer.get(page.path)
    assert seen.tree.cssselect("#next") == []
    assert viewer.post(f"{page.path}/go-on", {"step": "subscribe"}).status == 403
    assert viewer.post("/benches/triggers", {"product": BIKE}).status == 403
    assert marketer.post(f"{page.path}/go-on", {"step": "nonsense"}).status == 404


def test_whose_customer_was_erased_is_nobody_any_more(desk, marketer, anna):
    with desk.writing() as db:
        persona = benches.persona(db, 1, int(anna))
        db.get_one(KnownCustomer, persona.customer_id).kind = ERASED
    assert marketer.get(f"/benches/triggers?item={BIKE}&persona={anna}").status == 200
    assert "no such persona any more" in " ".join(begin(marketer, who=anna).errors)


def test_of_a_lost_answer_nothing_is_sent_again_and_the_product_is_looked_at(app, desk, marketer):
    page = begin(marketer).press("Let them wait")
    silent = trouble(app, Silent(), "/import/products")
    page = page.press("Lower the price")
    calls = len(silent.calls)
    page = look(page)
    assert len(silent.calls) == calls
    assert page.row("The price falls")[3].startswith("waited for")
    with desk.reading() as db:
        assert db.scalars(select(Act).where(Act.what == "products.Put")).one().outcome == "unknown"


@pytest.mark.parametrize("price", [51_100, 10, 9.99, 0.05, 0.01, 0.001])
def test_a_price_falls_and_rises_however_low_it_is(price):
    assert 0 < items.cheaper(price) < price < items.dearer(price)
