"""What REES46 answers differently: counted by operation and field, seldom written, and never a customer's data."""

import json

import pytest

from app.rees46.catalogue import every_operation
from app.rees46.drift import Difference
from app.store.reply_differences import ReplyDifference
from app.web.calls import drift
from tests.adapters import Answering, Silent, trouble

NEW_KEYS = [
    {
        "id": 1,
        "name": "Spring",
        "available": 3,
        "colour": "red",
        "owner": {"email": "anna@example.com"},
        "anna@example.com": 1,
        "limits": [{"from": "2026-01-01"}],
    }
]


def kept(desk):
    with desk.reading() as db:
        return db.query(ReplyDifference).all()


def answer(app, body, only="/promo_codes"):
    return trouble(app, Answering(200, json.dumps(body).encode()), only=only)


def test_what_the_contract_does_not_know_stands_on_the_page_by_kind_and_never_by_value(app, admin, desk):
    answer(app, NEW_KEYS)
    admin.get("/promo_codes/")
    page = admin.get("/differences/")
    assert page.row("[].colour")[:5] == ["promo_codes.Lists", "not known", "[].colour", "text", "1"]
    assert page.row("[].limits")[3] == "list of {from}"
    assert page.row("[].owner")[3] == "{email}"
    assert page.row("[].*")[3] == "number"
    assert "anna@example.com" not in page.html
    assert "anna" not in " ".join(row.field + row.example for row in kept(desk))


def test_what_is_missed_or_cannot_be_read_stands_there_too(app, admin):
    answer(app, [{"id": 1, "name": "Spring"}, {"id": 2, "name": "Summer", "available": "plenty"}])
    page = admin.get("/promo_codes/")
    assert page.row("Spring")[2:4] == page.row("Summer")[2:4] == ["–", "REES46 did not say"]
    page = admin.get("/differences/")
    assert page.row("missing")[2] == "[].available"
    assert page.row("not readable")[2] == "[].available"


def test_an_answer_that_is_no_answer_is_counted_as_a_whole(app, admin):
    trouble(app, Answering(200, b"<html>"), only="/promo_codes")
    admin.get("/promo_codes/")
    assert admin.get("/differences/").row("the whole answer")[:4] == [
        "promo_codes.Lists",
        "not readable",
        "the whole answer",
        "not JSON",
    ]


def test_the_box_answers_as_the_contract_says(app, admin, agent):
    agent.get("/customers/").press("Find", who="anna.kowalska@example.com")
    agent.htmx("/blocks/promo-codes-running-low")
    agent.htmx("/changes")
    page = admin.get("/differences/").press(
        "Ask them all", who="anna.kowalska@example.com", item="37", search="bicycle", segment="1"
    )
    outcomes = {cells[0]: cells[1] for cells in page.rows("#answers table")}
    assert set(outcomes) == {kind.name() for kind in every_operation() if kind.http.only_reads}
    assert outcomes["profile.Read"] == outcomes["search.Search"] == outcomes["subscriptions.Check"] == "As expected"
    assert outcomes["recommendations.Recommend"] == "Not asked needs recommender_code"
    assert [name for name, outcome in outcomes.items() if outcome.startswith(("Different", "Garbled"))] == []
    assert "Nothing different" in page.text


def test_a_probe_stops_when_rees46_is_silent(app, admin):
    adapter = trouble(app, Silent())
    page = admin.get("/differences/").press("Ask them all", search="bicycle")
    assert sum("No answer" in cells[1] for cells in page.rows("#answers table")) == 1
    assert len(adapter.calls) <= 3


def test_the_same_difference_is_written_once_and_counted(app, admin, desk):
    answer(app, NEW_KEYS)
    admin.get("/promo_codes/")
    first = {row.field: row.times for row in kept(desk)}
    for _ in range(5):
        admin.get("/promo_codes/")
    assert {row.field: row.times for row in kept(desk)} == first
    assert admin.get("/differences/").row("[].colour")[4] == "6"


def test_emptying_the_list_begins_anew(app, admin, desk):
    answer(app, NEW_KEYS)
    admin.get("/promo_codes/")
    page = admin.get("/differences/").press("Empty the list")
    assert "Nothing different" in page.text
    admin.get("/promo_codes/")
    assert kept(desk)


@pytest.mark.parametrize("role", ["viewer", "support", "marketer"])
def test_it_is_for_administrators(someone, role):
    assert someone(role).get("/differences/").status == 403


def test_what_is_not_new_waits_until_a_minute_has_gone(monkeypatch):
    clock = [1000.0]
    monkeypatch.setattr(drift.time, "monotonic", lambda: clock[0])
    met, one = drift.Drift(), [Difference("unknown", "a", "text")]
    assert met.note(1, "x.Y", one)
    met.take()
    assert not met.note(1, "x.Y", one)
    assert met.note(2, "x.Y", one)
    clock[0] += 61
    assert met.note(1, "x.Y", [])
    assert {(seen.shop_id, seen.times) for seen in met.take()} == {(1, 1), (2, 1)}
