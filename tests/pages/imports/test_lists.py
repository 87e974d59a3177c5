"""A pasted list of addresses: each of a line counts, what is none is named, and nothing is read as another address."""

import pytest

from app.store.imports import Part
from tests.pages.imports.conftest import figures

FAULTS = ["john smith@example.com", "anna@gmail,com", "anna@example..com", "a@-example.com"]
NONE = "This is not an e-mail address."


@pytest.fixture
def pasted(marketer):
    def pasted(text):
        page = marketer.get("/imports/new?kind=suppressed").press("Read it", text=text)
        return page.press("Check the rows") if page.path.endswith("/columns") else page

    return pasted


def brought(page):
    """How many are sent, how many rows are left out, and the reasons."""
    if not page.dom.select(".stat"):
        return 0, 0, page.errors
    said = figures(page)
    why = [one.get_text(" ", strip=True) for one in page.dom.select("td.why")]
    return int(said["To be sent"]), int(said["Rows left out"].split()[0]), why


def test_what_is_no_address_is_left_out_and_named_row_by_row(pasted):
    page = pasted("\n".join(["x1@x.example", *FAULTS, "x2@x.example"]))
    sent, left, why = brought(page)
    assert (sent, left) == (2, 4)
    assert all(NONE in words for words in why)


def test_a_list_of_nothing_but_faults_sends_nothing(pasted):
    page = pasted("john smith@example.com\nanna@gmail,com\nanna@example..com")
    assert brought(page)[:2] == (0, 3)


@pytest.mark.parametrize(
    ("line", "sent"),
    [
        ("Anna <a1@x.example>, b2@x.example; c3@x.example", 3),
        ("a@x.example b@x.example", 2),
        ("a@x.example|b@x.example", 2),
        ("a@x.example,\nb@x.example,", 2),
        ('"Smith, Anna" <a@x.example>; b@x.example', 2),
    ],
)
def test_each_address_of_a_line_counts(pasted, line, sent):
    assert brought(pasted(line)) == (sent, 0, [])


def test_what_is_none_among_several_is_named_alone(pasted):
    page = pasted("a@x.example;bad;b@x.example")
    sent, left, why = brought(page)
    assert (sent, left) == (2, 0)
    assert f"“bad”: {NONE}" in why[0]
    assert "Only this is left out." in why[0]


@pytest.mark.parametrize("text", ["email,name\nanna@gmail,com", "name;email\nAnna;anna@gmail", "anna@localhost"])
def test_a_host_without_a_dot_is_none(pasted, text):
    assert brought(pasted(text))[0] == 0


def test_rows_of_cells_are_still_rows(pasted):
    assert brought(pasted("a@x.example,Anna\nb@x.example,Bo"))[:2] == (2, 0)
    assert brought(pasted("name;email\nAnna;a@x.example"))[:2] == (1, 0)


def test_the_fit_ones_of_a_line_are_sent_without_what_is_none(pasted, desk):
    page = pasted("a@x.example;bad;b@x.example")
    page.press("Suppress 2 addresses")
    with desk.reading() as db:
        sent = [row for part in db.query(Part) for row in part.rows]
    assert sent == [["email", "a@x.example"], ["email", "b@x.example"]]
