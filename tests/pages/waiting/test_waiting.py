"""Waiting lists: who waits for which product, putting them into a segment, adding somebody and taking them off."""

import json
from datetime import date, timedelta

import pytest

from app.store import daily
from app.store.acts import Act
from tests.adapters import Answering, Dead, trouble

ANNA = "anna.kowalska@example.com"
AWAY = "1013"  # not in stock
SHORTS = "1071"


def answered(app, *rows):
    trouble(app, Answering(body=json.dumps(list(rows)).encode()), "/products/subscribers/stock")


def row(item, number, day="2026-11-01", contacts=()):
    told = {"id": item, "barcode": None, "quantity": number, "subscribers": number}
    return told | {"date": day, "contacts": list(contacts)}


def test_products_are_listed_by_how_many_wait(viewer):
    page = viewer.get("/waiting/")
    numbers = [int(row[1]) for row in page.rows()]
    assert numbers
    assert numbers == sorted(numbers, reverse=True)
    first = page.rows()[0]
    assert first[4].endswith("RUB")
    assert "Bought" not in page.text


def test_prices_are_waited_for_on_a_list_of_their_own(viewer):
    assert viewer.get("/waiting/").follow("Price drop").rows()


def test_a_product_that_is_back_and_still_waited_for_is_pointed_out(app, viewer):
    answered(app, row(SHORTS, 3), row(AWAY, 2))
    page = viewer.get("/waiting/")
    assert "in stock, still waiting" in page.row(SHORTS)[0]
    assert "in stock, still waiting" not in page.row(AWAY)[0]


def test_growth_is_told_from_the_day_that_was_noted(app, viewer, desk):
    with desk.writing() as db:
        week_ago = date.today() - timedelta(days=6)  # noqa: DTZ011  # the zone of the tests is UTC
        daily.keep(db, 1, daily.WAITING_FOR_STOCK, daily.Reading(week_ago, {SHORTS: 2}, 1))
    answered(app, row(SHORTS, 5), row(AWAY, 2))
    page = viewer.get("/waiting/")
    assert page.row(SHORTS)[2] == "+3"
    assert page.row(AWAY)[2] == "+2"


def test_value_is_price_times_those_who_wait(app, viewer):
    answered(app, row(SHORTS, 3))
    assert viewer.get("/waiting/").row(SHORTS)[5] == "22,890"


def test_both_shapes_of_the_answer_count_alike(app, viewer):
    at = "2026-11-02T10:00:00+00:00"
    answered(
        app,
        {
            "subscribed_at": at,
            "email": "a@x.example",
            "phone": "79990000001",
            "sku": SHORTS,
            "properties": {"fashion_size": "M"},
        },
        {
            "subscribed_at": at,
            "email": None,
            "phone": "79990000002",
            "sku": SHORTS,
            "properties": {"fashion_size": "M"},
        },
    )
    assert viewer.get("/waiting/").row(SHORTS)[1] == "2"
    shown = viewer.get(f"/waiting/product?id={SHORTS}")
    assert "M: 2" in shown.text
    assert len(shown.rows()) == 2


@pytest.mark.parametrize("role", ["viewer", "marketer", "support", "admin"])
def test_contacts_are_masked_for_who_need_not_write(app, settings, someone, role):
    app.extensions["settings"] = settings.model_copy(update={"masked": "viewer,marketer"})
    is_seen = role in {"support", "admin"}
    answered(app, row(SHORTS, 2, contacts=[ANNA, "79161234567"]))
    page = someone(role).get(f"/waiting/product?id={SHORTS}")
    assert (ANNA in page.html) is is_seen
    assert ("45-67" if is_seen else "4567") in page.text
    assert ("916" in page.text) is is_seen


def test_those_who_wait_are_put_into_a_segment_and_nothing_else_is_sent(app, marketer, desk):
    page = marketer.get("/waiting/")
    item = page.tree.cssselect("tbody th .mono")[0].text_content()
    people = marketer.get(f"/waiting/product?id={item}")
    done = people.press(
        f"Put {len(people.rows())} {'person' if len(people.rows()) == 1 else 'people'} into it", segment_id="313"
    )
    assert "being put into segment 313" in done.messages
    with desk.reading() as db:
        act = db.query(Act).filter_by(what="imports.Audience").one()
    assert act.asked == {"segment_id": "313", "people": len(people.rows()), "waiting_for": item}
    assert act.state == "done"


def test_a_segment_that_is_none_sends_nothing(marketer, desk):
    item = marketer.get("/waiting/").tree.cssselect("tbody th .mono")[0].text_content()
    page = marketer.post("/waiting/segment", {"id": item, "for": "stock", "segment_id": "no such name"})
    assert page.status == 422
    with desk.reading() as db:
        assert db.query(Act).count() == 0


def test_somebody_is_let_wait_seen_to_wait_and_taken_off(agent):
    done = agent.get(f"/waiting/add?id={AWAY}").press("Let them wait", who="+79161112233x", item=AWAY)
    assert done.status == 422
    done = agent.get(f"/waiting/add?id={AWAY}").press("Let them wait", who=ANNA, item=AWAY)
    assert "They wait now: REES46 confirms it." in done.messages
    shown = agent.get(f"/waiting/product?id={AWAY}")
    gone = shown.press("Take Anna Kowalska off")
    assert "They wait no longer." in gone.messages
    assert "Anna Kowalska" not in agent.get(f"/waiting/product?id={AWAY}").text


def test_who_waits_for_a_lower_price_sees_the_present_one(agent, box):
    agent.get("/waiting/add").press("Let them wait", who=ANNA, item=SHORTS, kind="price")
    assert "Anna Kowalska" in agent.get(f"/waiting/product?id={SHORTS}&for=price").text


def test_an_unknown_product_lets_nobody_wait(agent, desk):
    page = agent.get("/waiting/add").press("Let them wait", who=ANNA, item="nonsense")
    assert "REES46 knows no such product." in page.errors
    with desk.reading() as db:
        assert db.query(Act).count() == 0


def test_what_a_customer_waits_for_is_noted_at_night_and_asked_again(app, agent):
    from app.work.schedules import PLANNED  # noqa: PLC0415  # filled by the pages

    agent.get("/waiting/add").press("Let them wait", who=ANNA, item=AWAY)
    with app.app_context():
        PLANNED["daily.waiting"].task()
    key = agent.get(f"/waiting/product?id={AWAY}").tree.cssselect("tbody th a")
    link = next(one.get("href") for one in key if "Anna" in one.text_content())
    page = agent.get(f"/waiting/of/{link.rpartition('/')[2]}")
    assert AWAY in page.text
    gone = page.press("Take off")
    assert AWAY not in gone.tree.cssselect("#waiting")[0].text_content()


def test_the_list_to_buy_by_is_a_file(viewer):
    viewer.get("/waiting/")
    lines = viewer.get("/waiting/purchasing.csv").html.lstrip("\ufeff").splitlines()
    assert lines[0].startswith("Product,Name,Waiting")
    assert len(lines) == len(viewer.get("/waiting/").rows()) + 1


def test_without_an_answer_the_page_stands(app, viewer):
    trouble(app, Dead(), "/products/subscribers")
    page = viewer.get("/waiting/")
    assert page.status == 502
    assert "REES46 did not answer." in page.text


def test_a_viewer_can_put_nobody_anywhere(viewer):
    page = viewer.get("/waiting/")
    assert "Add somebody" not in page.text
    assert viewer.post("/waiting/segment", {"id": AWAY, "segment_id": "313"}).status == 403
