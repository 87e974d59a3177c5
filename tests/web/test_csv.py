"""Files that people take away open in Excel as they should, and start nothing there."""

import pytest
from flask import Flask
from flask_babel import Babel, force_locale

from app.web.csv import csv_answer, harmless


@pytest.fixture(autouse=True)
def request_context():
    app = Flask(__name__)
    Babel(app)
    with app.test_request_context():
        yield


def sent(header, rows):
    return csv_answer("changes demo", header, rows).get_data().decode()


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＠"])
def test_no_cell_turns_into_a_formula(start):
    assert harmless(f"{start}cmd|' /C calc'!A0").startswith("'")


@pytest.mark.parametrize("number", ["+79990001122", "-5", "-1.50", "+3,2"])
def test_a_number_with_its_sign_stays_a_number(number):
    assert harmless(number) == number


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
    assert 0 < len(made) < 10_000
