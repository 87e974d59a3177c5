"""Orders: met with their customers and found by number; imports with totals, transitions and odd rows."""

import json
from io import BytesIO

import pytest
from sqlalchemy import select, update

from app.engine.store.jobs import Job
from app.engine.store.orders import Order as BoxOrder
from app.engine.worker.main import work_until_idle
from app.pages.orders.checking import PRODUCTS_READ
from app.store import orders_seen
from app.store.acts import Act
from app.store.orders_seen import SeenOrder
from app.store.record_imports import RecordImport, RecordPart
from tests.adapters import Answering, Dead, over, trouble

ANNA = "anna.kowalska@example.com"
FILE = """Номер заказа;Статус;Дата;E-mail;Сумма;Товар;Цена;Количество
N-1;new;2026-11-01 10:00;anna.kowalska@example.com;1980;1012;990;2
N-2;paid;2026-11-02 12:30;b@example.com;300;1012;100;1
N-2;paid;2026-11-02 12:30;b@example.com;300;no-such-thing;200;1
"""


def brought(visitor, text, mode="orders"):
    return visitor.get("/orders/imports/new").press("Check it", text=text, mode=mode)


def sent_of(box, kind="orders"):
    """What the box accepted, record by record."""
    with box.extensions["db"].reading() as db:
        return [job for job in db.scalars(select(Job)) if job.kind == kind]


def test_a_file_is_checked_shown_and_only_then_sent(box, desk, marketer):
    page = brought(marketer, FILE)
    assert page.status == 200, page.errors
    shown = " ".join(page.dom.select_one("#totals").get_text(" ", strip=True).split())
    for words in ("Orders 2", "Lines of products 3", "Pieces 4", "2026-11-01 10:00", "2026-11-02 12:30", "2,280"):
        assert words in shown, shown
    assert "no-such-thing" in page.dom.select_one("#products").get_text()
    assert page.row("never met here")[1:] == ["new", "1"]
    assert sent_of(box) == []
    assert "Compare the totals first." in page.press("Send 2 orders").text
    page = page.press("Send 2 orders", seen="y", reason="Autumn")
    assert "REES46 took 2 orders" in page.text
    assert len(sent_of(box)) == 1
    with desk.reading() as db:
        acts = {act.what: act for act in db.scalars(select(Act))}
    assert acts["orders.Import"].state == "done"
    assert acts["orders.Import"].reason == "Autumn"
    assert acts["orders.Sync"].parent_id == acts["orders.Import"].id
    assert "anna" not in json.dumps(acts["orders.Sync"].asked)


def test_what_was_sent_is_met_and_the_next_file_is_compared_with_it(desk, marketer):
    brought(marketer, FILE).press("Send 2 orders", seen="y")
    assert marketer.get("/orders/?q=N-1").row("N-1")[2] == "new"
    page = brought(marketer, "id,status,total\nN-1,shipped,5\nN-9,new,5\n", "statuses")
    assert ["new", "shipped", "1"] in page.rows("#transitions table")
    assert ["never met here", "new", "1"] in page.rows("#transitions table")
    assert "The desk never met it" in page.dom.select_one("#warnings").get_text()
    assert "total" in page.dom.select_one("#totals").get_text()  # a column of which nothing is made
    with desk.reading() as db:
        part = db.scalars(select(RecordPart).order_by(RecordPart.id.desc())).first()
        key = marketer.client.application.extensions["settings"].key
        assert part.records(key) == [{"id": "N-1", "status": "shipped"}, {"id": "N-9", "status": "new"}]
        assert "N-1" not in part.locked


def test_json_is_taken_as_the_api_has_it(desk, marketer):
    orders = [
        {"id": 7, "status": "new", "date": 1700000000, "email": "a@example.com", "value": {"total": 5, "cash": 3}},
        {"id": "8", "date": "yesterday"},
        {"status": "no number"},
    ]
    page = marketer.post(
        "/orders/imports/new",
        {"mode": "orders", "file": (BytesIO(json.dumps({"orders": orders}).encode()), "orders.json")},
    )
    assert page.h1 == "orders.json"
    assert [row[1] for row in page.rows("#problems table")] == ["date", "id"]
    assert "do not make the total" in page.dom.select_one("#warnings").get_text()
    with desk.reading() as db:
        assert db.scalars(select(RecordImport)).one().rows == 1


@pytest.mark.parametrize(
    ("row", "what", "words"),
    [
        (",new,2026-11-01,5", "id", "This is needed."),
        ("N-1,new,30.02.2026,5", "date", "day and time"),
        ("N-1,new,2999-01-01,5", "date", "day and time"),
        ("N-1,new,2026-11-01,five", "total", "must be a number"),
        ("N-1,new,2026-11-01,1.240", "total", "two numbers"),
        (f"{'x' * 256},new,2026-11-01,5", "id", "too long"),
        ("1012.0,new,2026-11-01,5", "id", "wrote this ID as a fraction"),
        ("1.23457E+15,new,2026-11-01,5", "id", "cut this number"),
        ("#REF!,new,2026-11-01,5", "id", "has no value here"),
        ("NULL,new,2026-11-01,5", "id", "This is needed."),
    ],
)
def test_a_row_that_cannot_be_read_is_left_out_with_its_reason(marketer, row, what, words):
    page = brought(marketer, f"id,status,date,total\n{row}\nN-2,new,2026-11-01,5\n")
    left = page.rows("#problems table")
    assert left[0][1] == what
    assert words in left[0][2]
    assert "Send 1 order" in page.text


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("N-1,a@example.com,5,2099-01-01,1012,5", "future"),
        ("N-1,a@example.com,5,1999-01-01,1012,5", "ten years"),
        ("N-1,a@example.com,-5,2026-11-01,1012,-5", "less than nothing"),
        ("N-1,a@example.com,5,2026-11-01,1012,7", "products do not make the total"),
        ("N-1,,5,2026-11-01,1012,5", "names no customer"),
        ("N-1,a@example.com,5,2026-11-01,,", "no products"),
    ],
)
def test_what_is_odd_is_pointed_out_and_sent_all_the_same(marketer, row, words):
    page = brought(marketer, f"id,email,total,date,item_id,price\n{row}\n")
    assert words in page.dom.select_one("#warnings").get_text()
    assert "Send 1 order" in page.text


@pytest.mark.parametrize("nobody", ["NULL", "0", "-", "н/д", "#N/A"])
def test_an_empty_word_in_the_column_of_customers_is_no_customer(marketer, nobody):
    page = brought(marketer, f"id,external_id,total,date\nN-1,{nobody},5,2026-11-01\n")
    assert "names no customer" in page.dom.select_one("#warnings").get_text()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Choose a file"),
        ("{broken", "cannot be read"),
        ('{"people": []}', "list of objects"),
        ("[]", "There is nothing in it."),
        ("[1, 2]", "list of objects"),
    ],
)
def test_what_is_no_file_of_orders_is_refused_in_words(desk, marketer, text, words):
    page = brought(marketer, text)
    assert page.status == 422
    assert words in page.text
    with desk.reading() as db:
        assert db.scalars(select(RecordImport)).all() == []


def test_what_was_not_answered_is_sent_again_and_a_refusal_stops(app, box, marketer):
    page = brought(marketer, FILE)
    silent = trouble(app, Dead(), "/sync/orders")
    page = page.press("Send 2 orders", seen="y")
    assert "It waits" in page.text
    over(app, silent)
    page = page.press("Continue")
    assert len(sent_of(box)) == 1
    page = brought(marketer, FILE)
    trouble(app, Answering(400, json.dumps({"status": "error", "message": "No orders today"}).encode()), "/sync/orders")
    assert "No orders today" in page.press("Send 2 orders", seen="y").text


def test_orders_of_an_opened_customer_are_found_by_their_number(desk, agent):
    page = agent.post("/customers/find", {"who": ANNA})
    with desk.reading() as db:
        met = list(db.scalars(select(SeenOrder)))
    assert met
    number = met[0].number
    row = agent.get(f"/orders/?q={number}").row(number)
    assert "sent from here" not in row[5]
    key = page.path.rpartition("/")[2]
    assert agent.get(f"/orders/of/{key}/last").rows()


def test_the_lists_have_their_states(app, viewer, marketer, agent, desk):
    assert "No order was met yet" in viewer.get("/orders/").text
    assert "No import yet" in viewer.get("/orders/imports").text
    with desk.writing() as db:
        orders_seen.note(db, 1, [orders_seen.Met("A-1"), orders_seen.Met("A-2"), orders_seen.Met("B-1")])
    assert len(viewer.get("/orders/?q=A-").rows()) == 2
    assert "Nothing matches" in viewer.get("/orders/?q=Z").text
    assert agent.get("/orders/imports/new").status == 403
    brought(marketer, FILE)
    assert viewer.get("/orders/imports").row("pasted")[1] == "Checked, not sent"
    key = agent.post("/customers/find", {"who": ANNA}).path.rpartition("/")[2]
    trouble(app, Dead(), "/orders/last_for_user")
    assert agent.get(f"/orders/of/{key}/last").status == 502


def test_products_beyond_the_first_ones_are_asked_for_by_a_worker(desk, marketer):
    rows = "".join(f"M-1;new;10;no-such-{number};1;1\n" for number in range(PRODUCTS_READ + 5))
    page = brought(marketer, f"id;status;total;item_id;item_price;item_quantity\n{rows}")
    assert "REES46 was not asked for 5 more products" in page.text
    assert f"no-such-{PRODUCTS_READ}" not in page.text
    page = page.press("Continue")
    assert "was not asked" not in page.text
    assert f"no-such-{PRODUCTS_READ + 4}" in page.text
    with desk.reading() as db:
        assert db.scalars(select(RecordImport)).one().figures["to_ask"] == []


def test_a_few_orders_are_read_again_and_what_differs_is_shown(box, settings, marketer):
    page = brought(marketer, FILE).press("Send 2 orders", seen="y")
    first, second = (row for row in page.panel("sample").tree.cssselect("li"))
    assert "not there yet" in first.text_content()
    work_until_idle(settings)
    first, second = (row for row in page.panel("sample").tree.cssselect("li"))
    assert "as sent" in first.text_content()
    with box.extensions["db"].writing() as db:
        db.execute(update(BoxOrder).where(BoxOrder.number == "N-2").values(status="lost"))
    first, second = (row for row in page.panel("sample").tree.cssselect("li"))
    assert "Status: sent paid, is lost" in " ".join(second.text_content().split())


OWN_WORDS = "Ref;Zustand;Wer;Summe\nQ-1;new;b@example.com;300\nQ-2;paid;b@example.com;200\n"


def test_columns_of_unknown_names_are_chosen_and_remembered(box, desk, marketer):
    page = brought(marketer, OWN_WORDS)
    assert (page.h1, page.messages) == (
        "What the columns are",
        "No column is known by its name. Choose what each of them is.",
    )
    assert page.row("Ref")[1] == "Q-1 · Q-2"
    refused = page.press("Check the rows", **{"column-1": "status", "column-3": "status"})
    assert refused.status == 422
    assert "Two columns cannot both be “status”." in refused.text
    assert "Choose which column is “id”." in refused.text
    chosen = {"column-0": "id", "column-1": "status", "column-2": "email", "column-3": "total"}
    page = page.press("Check the rows", **chosen)
    assert "500" in page.dom.select_one("#totals").get_text()
    assert sent_of(box) == []
    page = page.press("Send 2 orders", seen="y")
    assert "REES46 took 2 orders" in page.text
    assert marketer.get(f"{page.path}/columns").path == page.path
    again = brought(marketer, OWN_WORDS.replace("Q-", "R-"))
    assert again.row("never met here")[2] == "1"
    page = again.follow("Say what the columns are").press("Check the rows", **chosen | {"column-1": ""})
    assert page.row("never met here")[1:] == ["no status", "2"]
    assert "Zustand" in page.dom.select_one("#totals").get_text()
    with desk.reading() as db:
        kept = db.scalars(select(RecordImport).order_by(RecordImport.id.desc())).first()
        assert (kept.rows, kept.columns) == (2, {"0": "id", "2": "email", "3": "total"})
        assert len(db.scalars(select(RecordPart).where(RecordPart.import_id == kept.id)).all()) == 1
