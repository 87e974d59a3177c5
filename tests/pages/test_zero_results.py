"""Searches without results: what is new, rising and gone, who looks after each, and trying one again."""

import json
from datetime import date, timedelta

import pytest

from app.store import daily, followups
from app.store.acts import Act
from tests.adapters import Answering, Dead, trouble


@pytest.fixture
def told(app, desk):
    """Four queries, and what was noted of them six days ago."""
    with desk.writing() as db:
        before = {"sledge": 10, "kayak": 10, "skates": 4}
        day = date.today() - timedelta(days=6)  # noqa: DTZ011  # the zone of the tests is UTC
        daily.keep(db, 1, daily.ZERO_RESULTS, daily.Reading(day, before, 3))
    rows = [{"query": query, "quantity": number} for query, number in (("kayak", 20), ("sledge", 11), ("jersey", 2))]
    return trouble(app, Answering(body=json.dumps(rows).encode()), "no_result_queries")


def words_of(page):
    return [row[0].split()[0] for row in page.rows()]


def test_queries_are_listed_by_how_often_they_were_asked(viewer):
    numbers = [int(row[1]) for row in viewer.get("/zero_results/").rows()]
    assert numbers == sorted(numbers, reverse=True)
    assert numbers


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize(
    ("trend", "queries"), [("new", ["jersey"]), ("rising", ["kayak"]), ("gone", ["skates"]), ("steady", ["sledge"])]
)
def test_each_query_has_a_trend(viewer, trend, queries):
    assert words_of(viewer.get(f"/zero_results/?trend={trend}")) == queries


def test_nothing_noted_tells_no_trend(viewer):
    page = viewer.get("/zero_results/")
    assert page.rows()[0][2] == "–"
    assert "once the desk has noted a day" in page.text


@pytest.mark.usefixtures("told")
def test_what_is_decided_stands_in_the_list_and_in_the_trail(marketer, desk):
    page = marketer.get("/zero_results/").follow("kayak")
    listed = page.press("Keep", state="not_sold", owner="Olga", note="Nobody makes them")
    assert listed.row("kayak")[3:5] == ["Not sold here", "Olga Nobody makes them"]
    assert words_of(marketer.get("/zero_results/?state=not_sold")) == ["kayak"]
    with desk.reading() as db:
        assert db.query(Act).filter_by(what="zero_results.Decide").one().after["state"] == "not_sold"
        assert followups.of(db, 2, followups.QUERY, ["kayak"]) == {}


@pytest.mark.usefixtures("told")
def test_a_viewer_reads_what_was_decided_and_decides_nothing(viewer, marketer):
    page = viewer.get("/zero_results/").follow("kayak")
    assert not page.tree.cssselect("main form")
    assert viewer.post(page.path, {"state": "open"}).status == 403


@pytest.mark.usefixtures("told", "indexed")
def test_a_query_is_tried_again_in_place(viewer):
    page = viewer.get("/zero_results/")
    link = page.link("Search for jersey again")
    part = viewer.htmx(link, target="span#again-x")
    assert "<html" not in part.html
    assert "products now" in part.text
    assert "still finds nothing" in viewer.get(page.link("Search for kayak again")).text


def test_words_that_somebody_typed_stand_in_no_address(told, viewer):
    page = viewer.get("/zero_results/")
    assert not [link for link in page.tree.xpath("//main//@href") if "kayak" in link]


def test_a_query_that_is_not_listed_is_not_there(viewer):
    assert viewer.get("/zero_results/0123456789abcdef").status == 404


def test_without_an_answer_the_page_stands(app, viewer):
    trouble(app, Dead(), "no_result_queries")
    assert viewer.get("/zero_results/").status == 502
