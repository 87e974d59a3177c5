"""Imports of people for whom contacts are masked: their own rows come back whole, and dots are never a contact."""

import pytest

from tests.page import upload
from tests.pages.imports.conftest import figures

MENDED, WRONG = "mended@x.example", "12"


@pytest.fixture
def masked(app, settings):
    app.extensions["settings"] = settings.model_copy(update={"masked": "support,marketer"})


def csv_of(visitor, path):
    answer = visitor.client.get(path)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_rows_that_are_left_out_come_back_whole_to_whoever_brought_them(masked, bring, agent):
    page = bring(f"email,phone\n{MENDED},{WRONG}\n")
    path = page.link("Download these rows")
    assert MENDED not in page.html
    assert MENDED in csv_of(page.visitor, path)
    assert MENDED not in csv_of(agent, path)
    assert "m•••@x.example" in csv_of(agent, path)


def test_what_was_not_sent_comes_back_whole_to_whoever_brought_it(masked, bring):
    page = bring(f"email\n{MENDED}\n").press("Stop it")
    assert MENDED in csv_of(page.visitor, page.link("Download what was not sent"))


def test_what_changes_for_customers_stays_masked(masked, bring):
    """Before and after are what REES46 has of them, and nobody brought that."""
    page = bring("email,phone,first name\nanna.kowalska@example.com,+79990000101,Ann\n")
    assert "anna.kowalska@" not in csv_of(page.visitor, f"{page.path}/changes.csv")


def test_a_masked_contact_in_a_file_is_none(bring, batch):
    page = bring(f"email\np•••@example.com\n{MENDED}\n", column_0="email")
    assert figures(page)["To be sent"] == "1"
    assert figures(page)["Rows left out"].startswith("1")


def test_a_masked_contact_in_a_pasted_list_is_refused_whole(masked, marketer):
    page = marketer.post("/imports/new", {"text": "p•••@example.com", "kind": "suppressed"})
    assert page.status == 422
    assert "masked for you" in page.text


@pytest.mark.parametrize("path", ["/imports/new", "/links/shorten-many", "/promo_codes/upload"])
def test_what_is_too_long_is_refused_and_no_fault(masked, marketer, path):
    assert marketer.post(path, {"text": "x" * (13 * 1024 * 1024)}).status == 413


def test_masked_codes_in_a_file_are_none(marketer):
    page = marketer.get("/promo_codes/upload")
    page = page.press("Check the codes", list="3184", file=upload("A•••\nWHOLE-1\n", "codes.csv"))
    assert figures(page)["Different codes"] == "1"
    assert "masked" in page.text
