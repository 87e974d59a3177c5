"""The promo lists: what is left, what runs low, and what happens when REES46 is in trouble."""

from datetime import timedelta

import pytest

from app.store import promo_stock
from app.store.base import now
from tests.adapters import Answering, Dead, Silent, trouble

PRINTED = "Abandoned cart trigger discount codes"  # list 3184 of the reference's examples


def seen(desk, list_id, *left):
    """Pretend that somebody looked at a list on each of the last days."""
    with desk.writing() as db:
        for days, available in enumerate(reversed(left), 1):
            promo_stock.keep(db, 1, now().date() - timedelta(days=days), {list_id: available})


def test_the_lists_stand_with_what_is_left_and_those_that_need_somebody_come_first(agent):
    page = agent.get("/promo_codes/")
    assert "30" in page.row(PRINTED)
    assert "Empty" in page.rows()[0]
    assert "Low" in page.row("Welcome 10 %")


def test_an_empty_list_says_what_that_means(agent):
    page = agent.get("/promo_codes/lists/3189")
    assert "No code is left" in page.text
    assert "Hand out a code" not in page.text


def test_a_list_nobody_made_is_not_found(agent):
    assert agent.get("/promo_codes/lists/999999").status == 404
    assert agent.get("/promo_codes/lists/%00").status == 404


def test_a_shop_without_lists_says_where_they_come_from(app, agent):
    trouble(app, Answering(200, b"[]"))
    assert "No promo lists" in agent.get("/promo_codes/").text


def test_the_level_of_a_warning_is_a_marketers_to_set(marketer, agent):
    page = marketer.get("/promo_codes/lists/3184").press("Save the level", level="5")
    assert "fewer than 5" in page.messages
    assert "Low" not in marketer.get("/promo_codes/").row(PRINTED)
    assert agent.post("/promo_codes/lists/3184", {"level": "50"}).status == 403


@pytest.mark.parametrize("level", ["", "many", "-1", "99999999999999999999"])
def test_a_level_that_is_no_number_of_codes_is_refused(marketer, level):
    page = marketer.get("/promo_codes/lists/3184").press("Save the level", level=level)
    assert page.status == 422


def test_the_forecast_counts_what_went_and_not_what_was_uploaded(agent, desk):
    seen(desk, "3184", 60, 50, 40, 100, 70)
    page = agent.get("/promo_codes/lists/3184")
    assert "Taken a day 18" in page.text  # 10 + 10 + 30 + 40 in five days; the upload of 60 is no loss
    assert "Lasts 1 day" in page.text


def test_nothing_is_foretold_from_two_days(agent, desk):
    seen(desk, "3184", 60)
    assert "not known yet" in agent.get("/promo_codes/").row(PRINTED)


def test_a_list_that_ends_within_a_week_is_low_however_many_codes_it_has(marketer, desk):
    marketer.get("/promo_codes/lists/3184").press("Save the level", level="0")
    seen(desk, "3184", 90, 80, 70, 60)
    assert "Low" in marketer.get("/promo_codes/").row(PRINTED)


def test_home_warns_at_the_same_level(marketer):
    marketer.get("/promo_codes/lists/3184").press("Save the level", level="1")
    assert PRINTED not in marketer.get("/blocks/promo-codes-running-low").text
    marketer.get("/promo_codes/lists/3184").press("Save the level", level="31")
    assert PRINTED in marketer.get("/blocks/promo-codes-running-low").text


def test_a_viewer_is_offered_nothing_to_do(viewer):
    for path in ("/promo_codes/", "/promo_codes/lists/3184"):
        page = viewer.get(path)
        assert page.status == 200
        assert not {"Hand out a code", "Upload codes", "Generate codes", "Save the level"} & words_of(page)


def test_a_support_agent_hands_out_but_does_not_upload(agent):
    assert "Hand out a code" in words_of(agent.get("/promo_codes/"))
    assert "Upload codes" not in words_of(agent.get("/promo_codes/"))
    for path in ("/promo_codes/upload", "/promo_codes/generate", "/promo_codes/batches"):
        assert agent.get(path).status == 403


def words_of(page):
    return {" ".join(one.get_text(" ").split()) for one in page.dom.select("main a, main button")}


@pytest.mark.parametrize("adapter", [Silent(), Dead(), Answering(503), Answering(200, b"<html>"), Answering(429)])
def test_the_ledger_stands_when_the_lists_cannot_be_read(app, agent, adapter):
    trouble(app, adapter)
    page = agent.get("/promo_codes/")
    assert page.status == 502
    assert "Try again" in page.text
    assert "Handed out lately" in page.text
    page = agent.get("/promo_codes/lists/3184")
    assert page.status == 502
    assert "Handed out here" in page.text
