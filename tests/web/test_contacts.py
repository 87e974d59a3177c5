"""Reading what people type: the same number however it is written, and nothing made up."""

import pytest
from flask import Flask

from app.web.cells.emails import read_email
from app.web.cells.phones import read_phone
from app.web.customers.parse import Reading, is_slip, read_identifier, readings
from app.web.customers.typos import likely_emails, likely_phones
from tests.furnishing import settings_in


@pytest.fixture(autouse=True)
def somewhere_in_russia(tmp_path):
    app = Flask(__name__)
    app.extensions["settings"] = settings_in(tmp_path, phone_region="RU")
    with app.app_context():
        yield


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("8 (999) 000-90-99", "+79990009099"),
        ("+7 999 000 90 99", "+79990009099"),
        ("79990009099", "+79990009099"),
        ("9990009099", "+79990009099"),
        ("+8 999 000 90 99", "+79990009099"),
        ("007 999 000 90 99", "+79990009099"),
        ("8.999.000.90.99", "+79990009099"),
        ("\u202a+7 999 000 90 99\u202c", "+79990009099"),
        ("８ ９９９ ０００ ９０ ９９", "+79990009099"),  # full-width digits, as some keyboards write them
        ("+1 202 555-0143", "+12025550143"),
        ("12025550143", "+12025550143"),
        ("+10000000000", "+10000000000"),  # the reference's own example, in no numbering plan
        ("+380 44 123 45 67", "+380441234567"),
    ],
)
def test_a_number_is_read_in_any_dress(typed, number):
    assert read_phone(typed) == number


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "anna",
        "12345",
        "999000909",
        "+7 999",
        "BIKE-0001",
        "1" * 30,
        "8 999 000 90 99 anna",
        "+",
        "x" * 5000,
        "1" * 5000,
    ],
)
def test_what_is_no_number_is_not_made_one(typed):
    assert read_phone(typed) is None


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("Anna@Example.COM", "anna@example.com"),
        (" mailto:anna@example.com ", "anna@example.com"),
        ("Anna <anna@example.com>", "anna@example.com"),
        ("'o'hara+tag@example.com'", "o'hara+tag@example.com"),
        ("anna@shop.local", "anna@shop.local"),
        ("a" * 300 + "@example.com", None),
        ("anna.example.com", None),
        ("@", None),
    ],
)
def test_an_address_is_read_without_its_wrapping(typed, address):
    assert read_email(typed) == address


def test_one_identifier_is_an_address_a_number_or_an_id():
    assert read_identifier("ANNA@example.com") == ("email", "anna@example.com")
    assert read_identifier("8 999 000-90-99") == ("phone", "+79990009099")
    assert read_identifier(" L01 ") == ("external_id", "L01")
    assert read_identifier("№15–А") == ("external_id", "№15–А")  # sign by sign


def test_what_was_an_address_or_a_cut_number_is_no_id():
    for slip in ("anna@gmail,com", "a@x.example b@x.example", "7,91612E+10", "x" * 256):
        assert is_slip(slip)
    for typed in ("anna@example.com", "8 999 000-90-99", "L01", "1000-20001", "№15"):
        assert not is_slip(typed)


def test_two_identifiers_typed_together_are_two():
    for typed in (
        "anna@example.com 8 999 000 90 99",
        "Anna <anna@example.com>, tel. +7 999 000-90-99",
        "89990009099|anna@example.com",
    ):
        assert [ways[0] for ways in readings(typed)] == [
            Reading("email", "anna@example.com"),
            Reading("phone", "+79990009099"),
        ]
    assert readings("anna@gmail,com")[0][0].kind != "email"
    assert [ways[0].value for ways in readings("89990009099 L01")] == ["+79990009099", "L01"]


def test_a_number_may_also_be_an_id():
    (ways,) = readings("79990009099")
    assert [way.kind for way in ways] == ["phone", "loyalty_id", "external_id", "did"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("anna@gmial.com", "anna@gmail.com"),
        ("anna@gmail,com", "anna@gmail.com"),
        ("annagmail.com", "anna@gmail.com"),
        ("anna gmail.com", "anna@gmail.com"),
        ("anna @ gmail.com", "anna@gmail.com"),
        ("anna@gmail.com.", "anna@gmail.com"),
        ("аnnа@mail.ru", "anna@mail.ru"),
        ('фттф"пьфшдюсщь', "anna@gmail.com"),
        ("anan@mail.ru", "anna@mail.ru"),
        ("annna@mail.ru", "anna@mail.ru"),
    ],
)
def test_typing_mistakes_in_an_address_are_guessed(typed, meant):
    assert meant in likely_emails(typed)


@pytest.mark.parametrize(
    "typed", ["+7 999 000 90 9", "8-999-ООО-9O-99", "899900090999", "8 999 000 90 89", "8 999 000 09 99", "999000909"]
)
def test_typing_mistakes_in_a_number_are_guessed(typed):
    assert "+79990009099" in likely_phones(typed)


def test_guesses_are_few_and_never_what_was_typed():
    assert likely_phones("8 999 000 90 99").count("+79990009099") == 0
    assert len(likely_phones("8 999 000 90 9")) <= 200
    assert likely_emails("x" * 5000) == []
    assert likely_phones("BIKE-0001") == []
