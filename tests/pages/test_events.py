"""Trying events: one, a script, again; what came of them; the register; live shops."""

import json

import pytest
from sqlalchemy import select, update

from app.engine.store.events import Event
from app.store import event_runs, recommender_blocks
from app.store.acts import Act
from app.store.event_runs import EventRun
from app.store.shops import Shop
from tests.adapters import Answering, Dead, trouble

BIKE = "1012"


def go_live(desk):
    with desk.writing() as db:
        db.execute(update(Shop).values(kind="live"))


def runs(desk):
    with desk.reading() as db:
        return list(db.scalars(select(EventRun).order_by(EventRun.id)))


def test_a_script_runs_and_shows_before_and_after(desk, marketer):
    with desk.writing() as db:
        recommender_blocks.keep(db, 1, "viewed", name="Viewed lately")
    page = marketer.get("/events/script?example=buy")
    page = page.press("Send them", script=f"view {BIKE}\ncart {BIKE} 2\npurchase {BIKE} 2")
    assert page.h1 == "Product viewed → Put into the cart → Bought"
    states = [row[2] for row in page.rows("#sent table")]
    assert states == ["Taken by REES46"] * 4  # with the visit that a new device begins
    assert "Cart" in page.row("Put into the cart")[3]
    assert "Last order" in page.row("Bought")[3]
    before, after = page.rows("#seen table")[3][1:]
    assert (before, after) == ("nothing", f"{BIKE} × 2")
    assert [name for name in ("Profile", "Segments", "Block viewed") if name not in page.text] == []
    run = runs(desk)[0]
    assert run.did.startswith("desk46-test-")
    assert run.steps[-1].said["order_id"].startswith("TEST-")


EACH = {
    "view": {"items": BIKE, "stock": "1"},
    "category": {"category_id": "5"},
    "search": {"search_query": "шлем"},
    "cart": {"items": f"{BIKE} 2", "full": "y"},
    "remove_from_cart": {"items": BIKE},
    "purchase": {"items": f"{BIKE} 2 990", "order_price": "1980", "promocode": "SPRING"},
    "wish": {"items": BIKE},
    "remove_wish": {"items": BIKE},
    "custom": {"name": "quiz_passed", "category": "quiz", "value": "7"},
    "push_click": {"code": "xyz", "type": "bulk"},
}


def test_each_event_is_sent_as_it_was_typed(app, box, desk, marketer):
    for event, said in EACH.items():
        page = marketer.get(f"/events/try?event={event}").press("Send it", **said)
        assert page.status == 200, (event, page.errors)
        assert page.rows("#sent table")[-1][2] == "Taken by REES46", event
    made = runs(desk)
    assert {run.did for run in made} == {made[0].did}
    with box.extensions["db"].reading() as db:
        noted = list(db.scalars(select(Event).where(Event.did == made[0].did).order_by(Event.id)))
    assert {event.kind for event in noted} >= {*EACH} - {"push_click"}
    assert {event.stream for event in noted} == {"desk46_test"}
    bought = next(event for event in noted if event.kind == "purchase")
    assert bought.order_number.startswith("TEST-")


def test_attribution_stream_and_letter_are_sent(box, desk, marketer):
    marketer.get("/events/try?event=cart").press(
        "Send it",
        items=BIKE,
        recommended_by="dynamic",
        recommended_code="home",
        source="bulk",
        source_code="c1",
        stream="ios",
        letter="B",
    )
    with box.extensions["db"].reading() as db:
        event = db.scalars(select(Event).where(Event.did == runs(desk)[0].did)).one()
    assert (event.recommended_by, event.recommended_code, event.source, event.source_code) == (
        "dynamic",
        "home",
        "bulk",
        "c1",
    )
    assert (event.stream, event.segment) == ("ios", "B")


def test_a_run_is_sent_again_with_the_same_or_a_new_device(desk, marketer):
    page = marketer.get("/events/script").press("Send them", script=f"cart {BIKE} 1\npurchase {BIKE}")
    page = page.press("Send again", device="same").press("Send again", device="new")
    first, second, third = runs(desk)
    assert first.did == second.did != third.did
    numbers = {run.steps[-1].said["order_id"] for run in (first, second, third)}
    assert len(numbers) == 3
    assert [len(run.steps) for run in (first, second, third)] == [3, 2, 3]
    assert page.h1 == "Put into the cart → Bought"


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("", "This is needed."),
        ("dance 1", "Line 1: there is no event “dance”."),
        (f"view {BIKE}\n\ncart", "Line 3: say more"),
        (f"cart {BIKE} 0", "“0” is not how many"),
        (f"cart {BIKE} ٣", "is not how many"),
        (f"cart {BIKE} 1 -5", "“-5” is not a price."),
        (f"cart {BIKE} 1 nan", "is not a price"),
        (f"cart {BIKE} 1 2 3", "is not: ID, how many"),
        ("view 1\n" * 21, "at most 20 events"),
        ("search " + "x" * 1001, "too long"),
    ],
)
def test_a_script_that_cannot_be_read_sends_nothing(desk, marketer, script, words):
    page = marketer.get("/events/script").press("Send them", script=script)
    assert page.status == 422
    assert words in " ".join(page.errors) + page.text
    assert runs(desk) == []


@pytest.mark.parametrize(
    ("event", "said"),
    [
        ("view", {"items": ""}),
        ("category", {"category_id": " "}),
        ("search", {}),
        ("purchase", {"items": BIKE, "order_id": "1001"}),
        ("purchase", {"items": BIKE, "order_price": "-1"}),
        ("custom", {"name": ""}),
        ("custom", {"name": "x", "value": "1.5"}),
        ("push_click", {}),
        ("cart", {"items": BIKE, "stream": "no spaces here"}),
    ],
)
def test_an_event_that_lacks_something_is_refused_at_its_field(desk, marketer, event, said):
    page = marketer.get(f"/events/try?event={event}").press("Send it", **said)
    assert page.status == 422
    assert runs(desk) == []


def test_a_live_shop_wants_a_reason_and_never_hears_of_stock(desk, marketer):
    go_live(desk)
    page = marketer.get("/events/try")
    assert "This is a live shop" in page.text
    page = page.press("Send it", items=BIKE)
    assert "Say why test events go to a live shop." in page.text
    page = marketer.post(
        "/events/try", {"event": "view", "items": BIKE, "stock": "0", "reason": "New block", "device": "new"}
    )
    assert page.status == 200, page.errors
    assert "is_available" not in runs(desk)[0].steps[-1].said
    with desk.reading() as db:
        acts = list(db.scalars(select(Act).where(Act.what == "events.Track")))
    assert [act.reason for act in acts] == ["New block"]
    assert acts[0].after["test_device"] == runs(desk)[0].did
    again = page.press("Send again", device="same", reason="")
    assert again.status == 422


def test_what_rees46_does_not_answer_is_not_sent_twice(app, desk, marketer):
    trouble(app, Dead(), "/push")
    page = marketer.get("/events/script").press("Send them", script=f"cart {BIKE} 1\ncart {BIKE} 1")
    assert "Not sent yet" in page.text
    assert [step.act_id for step in runs(desk)[0].steps][1:] == [None, None]
    assert "not told" not in page.row("Cart")[1]


def test_a_refused_event_says_why_and_the_rest_waits(app, desk, marketer):
    trouble(app, Answering(400, json.dumps({"status": "error", "message": "No such thing"}).encode()), "/push")
    page = marketer.get("/events/script").press("Send them", script=f"cart {BIKE} 1\ncart {BIKE} 1")
    assert [row[2] for row in page.rows("#sent table")][1:] == ["Not taken No such thing", "Not sent yet"]


def test_what_cannot_be_read_is_said_to_be_untold(app, marketer):
    trouble(app, Dead(), "/segments/get")
    page = marketer.get("/events/try").press("Send it", items=BIKE)
    assert page.row("Segments")[1:] == ["not told", "not told"]


def test_reading_again_sends_no_event(desk, marketer):
    page = marketer.get("/events/try").press("Send it", items=BIKE)
    before = [step.act_id for step in runs(desk)[0].steps]
    page = page.press("Read again")
    assert "Read again" in page.messages
    assert [step.act_id for step in runs(desk)[0].steps] == before


def test_the_register_keeps_what_the_shops_own_events_mean(desk, marketer, viewer):
    page = marketer.get("/events/").press("Keep it", name="quiz_passed", meaning="The quiz is over", category="quiz")
    assert page.row("quiz_passed")[1:4] == ["The quiz is over", "quiz", "never"]
    sent = page.follow("Send “quiz_passed”").press("Send it")
    assert sent.row("Event of the shop's own")[2] == "Taken by REES46"
    assert marketer.get("/events/").row("quiz_passed")[3] != "never"
    assert "Take off" not in viewer.get("/events/").text
    page = marketer.get("/events/").press("Take “quiz_passed” off")
    assert "quiz_passed" not in [row[0] for row in page.rows("#register table")]
    with desk.reading() as db:
        acts = db.scalars(select(Act.what).where(Act.what.in_(("events.KeepCustom", "events.DropCustom")))).all()
    assert sorted(acts) == ["events.DropCustom", "events.KeepCustom"]


def test_a_full_register_says_so(desk, marketer, monkeypatch):
    monkeypatch.setattr("app.pages.events.views.runs.MOST_EVENTS", 1)
    with desk.writing() as db:
        event_runs.keep_custom(db, 1, "one")
    assert "The register is full" in marketer.get("/events/").press("Keep it", name="two").text
    assert marketer.get("/events/").press("Keep it", name="one", label="x").row("one")[2] == "x"


def test_the_list_of_tries_has_its_states(marketer, viewer, agent):
    assert "No event was tried yet" in viewer.get("/events/").text
    marketer.get("/events/try").press("Send it", items=BIKE)
    assert viewer.get("/events/").row("Product viewed")[2] == "desk46_test"
    assert "Nothing matches" in viewer.get("/events/?whose=mine").text
    assert agent.get("/events/try").status == 403
