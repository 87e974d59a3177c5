"""Two pasted lists put against each other, before one becomes a segment."""

import pytest

FIRST = "Anna@example.com\n8 (999) 000-00-01\nboris@example.com\nBORIS@example.com"
SECOND = "anna@example.com, +7 999 000 00 01; carl@example.com"


def compare(visitor, first=FIRST, second=SECOND, keep="without"):
    return visitor.get("/segments/lists").press("Compare the lists", first=first, second=second, keep=keep)


def left(page):
    found = page.dom.find(id="left-over")
    return found.get_text().split() if found else []


@pytest.mark.parametrize(
    ("keep", "expected"),
    [
        ("without", ["boris@example.com"]),
        ("both", ["anna@example.com", "+79990000001"]),
        ("either", ["anna@example.com", "+79990000001", "boris@example.com", "carl@example.com"]),
    ],
)
def test_the_same_customer_is_recognised_however_it_is_written(agent, keep, expected):
    assert left(compare(agent, keep=keep)) == expected


@pytest.mark.parametrize(
    "number", ["8 999 000–00–02", "8\u00a0999\u202f000-00-02", "+7 (999) 000-00-02", "79990000002.0", "'89990000002"]
)
def test_a_number_is_the_same_in_any_dress(agent, number):
    assert left(compare(agent, f"{number}\nx@example.com", "+79990000002")) == ["x@example.com"]
    assert left(compare(agent, "+79990000002\nx@example.com", number)) == ["x@example.com"]


def test_what_is_nobody_is_told_and_counts_in_no_list(agent):
    page = compare(agent, "anna@gmail,com\n7,91612E+10\n8 999 000 00\nBIKE-1\na@x.example", "b@x.example")
    assert left(page) == ["BIKE-1", "a@x.example"]
    assert "anna@gmail,com" in page.text
    assert "neither addresses, numbers nor IDs" in page.text
    assert "7,91612E+10" in page.text


def test_names_around_addresses_and_several_in_a_line_are_read(agent):
    lines = "Anna <a1@x.example>, b2@x.example; c3@x.example\nd4@x.example"
    assert left(compare(agent, lines, "B2@X.example")) == ["a1@x.example", "c3@x.example", "d4@x.example"]


def test_nobody_left_is_said(agent):
    assert "Nobody is left" in compare(agent, FIRST, FIRST).text


def test_the_result_is_taken_away_safely(agent):
    page = compare(agent, "=1+1\nx@example.com", "y@example.com")
    assert page.press("Download CSV").html.splitlines()[1:] == ["'=1+1", "x@example.com"]


def test_the_result_goes_on_into_an_import(marketer):
    page = compare(marketer).press("Import these")
    assert page.row("Column A")[1] == "boris@example.com"


@pytest.mark.parametrize(("field", "value"), [("first", ""), ("second", "x" * 300_001), ("keep", "xor")])
def test_nonsense_is_refused(agent, field, value):
    said = {"first": FIRST, "second": SECOND, "keep": "without", field: value}
    assert agent.post("/segments/lists", said).status == 422


def test_it_is_for_those_who_may_change_segments(viewer):
    assert viewer.get("/segments/lists").status == 403
    assert "Compare lists" not in viewer.get("/segments/").text
