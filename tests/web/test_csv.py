"""Files that people take away open in Excel as they should, and start nothing there."""

import csv
import io

import pytest
from flask import g
from flask_babel import force_locale
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.store.base import now
from app.store.sessions import BrowserSession
from app.web.http.csv import AT_ONCE, NUMBER, csv_answer, harmless


@pytest.fixture(autouse=True)
def request_context(app, monkeypatch):
    monkeypatch.setattr("app.web.http.csv.spend_now", lambda *_spent: None)  # nobody is signed in here
    with app.test_request_context():
        g.browser_session = BrowserSession(proven=now())  # of whoever showed a moment ago that it is them
        yield


BEGINS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def sent(header, rows):
    return csv_answer("changes demo", header, rows).get_data().decode()


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＠"])
def test_no_cell_turns_into_a_formula(start):
    assert harmless(f"{start}cmd|' /C calc'!A0").startswith("'")


@pytest.mark.parametrize("number", ["+79990001122", "-5", "-1.50", "+3,2"])
def test_a_number_with_its_sign_stays_a_number(number):
    assert harmless(number) == number


ROWS = st.lists(st.lists(st.text("=+-@;,|\t\"'\r\n＝ 17a", max_size=7), min_size=2, max_size=4), max_size=4)


@pytest.mark.parametrize("language", ["en", "ru"])
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROWS)
def test_no_cell_turns_into_a_formula_in_a_spreadsheet_of_any_separator(language, rows):
    with force_locale(language):
        text = sent(["a", "b"], rows).removeprefix("\ufeff")
    own = ";" if language == "ru" else ","
    for separator in (",", ";", "\t", "|"):
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            for cell in row:
                assert not cell.startswith(BEGINS) or (separator == own and NUMBER.fullmatch(cell)), row


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("Moscow; =1+1", "Moscow; =1+1"),  # a space before it makes it text
        ("Moscow;=1+1", "Moscow;'=1+1"),
        ("a\n=1+1", "a\n'=1+1"),
        (" =1+1", "' =1+1"),
        ('a;"=1+1', "a;\"'=1+1"),
        ("a - b; c, d", "a - b; c, d"),
        ("https://x.example/?a=1&b=-2", "https://x.example/?a=1&b=-2"),
    ],
)
def test_a_formula_within_a_cell_is_text_and_all_else_stays_as_it_is(cell, kept):
    assert harmless(cell) == kept


def test_a_number_that_begins_a_line_of_several_cells_is_text():
    assert "\r\n'+79990001122,x\r\n" in sent(["phone", "name"], [["+79990001122", "x"]])
    assert "\r\nx,+79990001122\r\n" in sent(["name", "phone"], [["x", "+79990001122"]])
    assert "\r\n+79990001122\r\n" in sent(["phone"], [["+79990001122"]])


def test_excel_learns_the_encoding_and_gets_whole_lines():
    assert sent(["имя", "n"], [["Анна", 1], ["a,b", None]]) == '\ufeffимя,n\r\nАнна,1\r\n"a,b",\r\n'


def test_russian_excel_gets_its_semicolon():
    with force_locale("ru"):
        assert sent(["a", "b"], [["1,5", "x"]]) == "\ufeffa;b\r\n1,5;x\r\n"


def test_the_name_of_the_file_cannot_break_the_header():
    answer = csv_answer('a"\r\nb', [], [])
    assert answer.headers["Content-Disposition"] == 'attachment; filename="a-b.csv"'


def test_a_long_table_is_sent_while_it_is_made():
    made = []

    def rows():
        for number in range(100_000):
            made.append(number)
            yield [number, "x" * 20]

    blocks = csv_answer("long", ["n", "x"], rows()).response
    next(iter(blocks))
    assert 0 < len(made) <= AT_ONCE + 1, "the budget is asked about what one waits for"
