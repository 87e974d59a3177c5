"""A cell is read whole or refused with its reason; no address, number, day or URL is ever read as another one."""

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask

from app.web.cells.dates import read_birthday
from app.web.cells.emails import addresses_in, email_of, read_email
from app.web.cells.numbers import read_decimal, read_number
from app.web.cells.phones import phone_of, read_phone
from app.web.cells.tidying import Unfit, is_empty
from tests.furnishing import settings_in

TODAY = date(2026, 11, 27)


@pytest.fixture(autouse=True)
def somewhere_in_russia(tmp_path):
    app = Flask(__name__)
    app.extensions["settings"] = settings_in(tmp_path, phone_region="RU")
    with app.app_context():
        yield


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Anna@Example.COM", "anna@example.com"),
        ("\u00a0anna@example.com\u202f", "anna@example.com"),
        ('"anna@example.com"', "anna@example.com"),
        ("«anna@example.com»", "anna@example.com"),
        ("mailto:anna@example.com", "anna@example.com"),
        ("MAILTO:anna@example.com", "anna@example.com"),
        ("Anna <anna@example.com>", "anna@example.com"),
        ('"Smith, Anna" <anna@example.com>', "anna@example.com"),
        ("<anna@example.com>", "anna@example.com"),
        ("o'hara+tag@example.com", "o'hara+tag@example.com"),
        ("!#$%&'*+-/=?^_`{|}~@example.com", "!#$%&'*+-/=?^_`{|}~@example.com"),
        ("anna@shop.local", "anna@shop.local"),
        ("андреи\u0306@почта.рф", "андрей@почта.рф"),
        ("anna@x.example", "anna@x.example"),
        ("anna@some.test", "anna@some.test"),
        ("анна@почта.рф", "анна@почта.рф"),
        ("anna@xn--80a1acny.xn--p1ai", "anna@xn--80a1acny.xn--p1ai"),
        ("\ufeffanna@example.com\u200b", "anna@example.com"),
        ("a" * 64 + "@example.com", "a" * 64 + "@example.com"),
    ],
)
def test_an_address_is_read_without_its_wrapping(text, address):
    assert read_email(text) == address


@pytest.mark.parametrize(
    "text",
    [
        "",
        "@",
        "anna",
        "anna@",
        "@example.com",
        "john smith@example.com",
        "anna@gmail,com",
        "anna@example..com",
        "a@-example.com",
        "a@example-.com",
        ".anna@example.com",
        "anna.@example.com",
        "'anna@example.com",
        "anna@127.0.0.1",
        "anna@123.456",
        "anna@example。com",
        "anna@ｅxample.com",
        "ａnna@example.com",
        "an..na@example.com",
        "anna @ example.com",
        "anna@exam ple.com",
        "anna@@example.com",
        "anna@a@example.com",
        "anna@example.com.",
        "anna@example.com,",
        "a@x.example, b@x.example",
        "a@x.example b@x.example",
        "e-mail: anna@example.com",
        "anna@example.com (home)",
        "anna(home)@example.com",
        "anna[at]example.com",
        "anna@.example.com",
        "Anna <anna@gmail,com>",
        "Anna <a@x.example> <b@x.example>",
        "mailto:a@x.example?subject=Hi",
        "anna\n@example.com",
        "a\x00@example.com",
        "a@exa_mple.com",
        "a" * 65 + "@example.com",
        "x" * 5000,
        "anna@example.com/",
        "https://example.com/@anna",
        "a@" + "b" * 64 + ".com",
        "anna@example.com\nb@x.example",
        "İ@example.com",  # its small letter is another address
        "\u212aelly@x.example",  # the Kelvin sign is no K
        "a@\u2126.example",
        "ﬁ@example.com",
    ],
)
def test_what_is_no_single_address_is_refused_and_never_searched_for_one(text):
    assert read_email(text) is None


def test_several_addresses_in_a_cell_are_told_from_none():
    line = "Anna <a1@x.example>, b2@x.example; c3@x.example"
    assert addresses_in(line) == ["a1@x.example", "b2@x.example", "c3@x.example"]
    assert addresses_in("a@x.example b@x.example") == ["a@x.example", "b@x.example"]
    assert addresses_in("a@x.example <a@x.example>") == ["a@x.example", "a@x.example"]
    for text in ("john smith@example.com", "anna@gmail,com", "a@x.example, anna", "a@x.example <b@x.example>"):
        assert addresses_in(text) == []
    with pytest.raises(Unfit) as unfit:
        email_of(line)
    assert unfit.value.code == "emails"


@pytest.mark.parametrize(
    "text",
    [
        "+79990000002",
        "8 999 000–00–02",
        "8 999 000—00—02",
        "8 999 000‑00‑02",
        "8 999 000−00−02",
        "8\u00a0999\u202f000\u200900\u300002",
        "８ ９９９ ０００ ００ ０２",
        "٨٩٩٩٠٠٠٠٠٠٢",
        "+7 (999) 000-00-02",
        "(+7) 999 000 00 02",
        "tel:+79990000002",
        "TEL: +7-999-000-00-02",
        "'89990000002",
        "'+79990000002",
        "’89990000002",
        '"8 999 000 00 02"',
        "«89990000002»",
        "79990000002.0",
        "79990000002,0",
        "79990000002.00",
        "9990000002",
        "007 999 000 00 02",
        "8.999.000.00.02",
        "8/999/0000002",
        "+8 999 000 00 02",
        "\u202a+7 999 000 00 02\u202c",
        "7.9990000002E+10",
        "＋７９９９０００００02",
    ],
)
def test_a_number_is_the_same_in_any_dress(text):
    assert read_phone(text) == "+79990000002"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("84951234567.0", "+74951234567"),
        ("4951234567", "+74951234567"),
        ("+84 91 234 56 78", "+84912345678"),
        ("+1 202 555-0143", "+12025550143"),
        ("12025550143", "+12025550143"),
        ("+10000000000", "+10000000000"),  # the reference's own example, in no numbering plan
        ("+380 44 123 45 67", "+380441234567"),
        ("+44 (0)7700 900101", "+447700900101"),
        ("+447700900101", "+447700900101"),
        ("+39 06 698 12345", "+390669812345"),
    ],
)
def test_numbers_of_other_places_are_read(text, number):
    assert read_phone(text) == number


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("7,91612E+10", "cut"),
        ("7.91612E+10", "cut"),
        ("7,9E10", "cut"),
        ("07700 900101", "phone"),
        ("84951234567.5", "phone"),
        ("", "phone"),
        ("-", "phone"),
        ("anna", "phone"),
        ("12345", "phone"),
        ("999000909", "phone"),
        ("+7 999", "phone"),
        ("BIKE-0001", "phone"),
        ("1" * 30, "phone"),
        ("8 999 000 90 99 anna", "phone"),
        ("+7 495 123-45-67 доб. 12", "phone"),
        ("+7 495 123-45-67 ext. 5", "phone"),
        ("8 999 000 00 02, 8 999 000 00 03", "phone"),
        ("+79990000002 +79990000003", "phone"),
        ("8 999 000 00 02 / 8 999 000 00 03", "phone"),
        ("1-800-FLOWERS", "phone"),
        ("8-999-ООО-9O-99", "phone"),
        ("-79990000002", "phone"),
        ("79 990 000 002,50", "phone"),
        ("79,990,000,002", "phone"),
        ("+", "phone"),
        ("2026-01-02 03", "phone"),
        ("192.168.100.100", "phone"),
        ("#ERROR!", "phone"),
        ("x" * 5000, "phone"),
        ("1" * 5000, "phone"),
        ("tel:", "phone"),
        ("7+9990000002", "phone"),
        ("++79990000002", "phone"),
        ("+84 95 12", "phone"),
        ("+0 7700 900101", "phone"),
        ("112-233-445 95", "phone"),  # a pension card, as long as a number of the United States
        ("9161234567/68", "phone"),
        ("+49 30 901820/21", "phone"),
        ("495 123-45-67-12", "phone"),
        ("00000000000", "phone"),
    ],
)
def test_what_is_not_one_whole_number_is_refused(text, code):
    with pytest.raises(Unfit) as unfit:
        phone_of(text)
    assert unfit.value.code == code


def test_the_region_reads_its_own_numbers(tmp_path):
    app = Flask(__name__)
    app.extensions["settings"] = settings_in(tmp_path, phone_region="GB")
    with app.app_context():
        assert read_phone("07400 123456") == "+447400123456"
        assert read_phone("7400 123456") == "+447400123456"
        assert read_phone("8 999 000 00 02") is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0,5", "0.5"),
        ("0.5", "0.5"),
        ("1 240,00", "1240.00"),
        ("1\u00a0240,00", "1240.00"),
        ("1,240.00", "1240.00"),
        ("1.240,00", "1240.00"),
        ("1'240.5", "1240.5"),
        ("1,234,567", "1234567"),
        ("1 240", "1240"),
        ("-5", "-5"),
        ("−5", "-5"),
        ("+5", "5"),
        ("0,125", "0.125"),
        ("1240", "1240"),
        ("12,5", "12.5"),
        ("007", "7"),
        ("٥", "5"),
    ],
)
def test_decimal_numbers_are_read(text, number):
    assert read_decimal(text) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1,240", "either"),
        ("1.240", "either"),
        ("", "number"),
        ("12 34", "number"),
        ("1e3", "number"),
        ("5%", "number"),
        ("5 шт", "number"),
        ("1,2,3", "number"),
        ("--5", "number"),
        ("nan", "number"),
        ("1 24", "number"),
        ("1,24,567", "number"),
        (".5", "number"),
        ("5.", "number"),
        ("0x10", "number"),
    ],
)
def test_what_is_no_number_or_could_be_two_is_refused(text, code):
    with pytest.raises(Unfit) as unfit:
        read_decimal(text)
    assert unfit.value.code == code


def test_a_whole_number_may_have_a_fraction_of_nothing():
    assert repr(read_number("1 240,00")) == "1240"
    assert repr(read_number("0,5")) == "0.5"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12.03.45", "1945-03-12"),
        ("12.03.25", "2025-03-12"),
        ("28.11.26", "1926-11-28"),
        ("27.11.26", "2026-11-27"),
        ("31.05.1990", "1990-05-31"),
        ("31.05.1990 0:00:00", "1990-05-31"),
        ("1990-05-31T00:00:00Z", "1990-05-31"),
        ("1990-05-31 00:00:00.000", "1990-05-31"),
        ("31/05/1990", "1990-05-31"),
        ("31-05-1990", "1990-05-31"),
        ("1990/5/31", "1990-05-31"),
        ("1.5.1990", "1990-05-01"),
        ("31.05.1990 г.", "1990-05-31"),
        ("29.02.2000", "2000-02-29"),
        ("29.02.96", "1996-02-29"),
        ("1990-05-31T00:00:00+03:00", "1990-05-31"),
        ("31/05/1990 12:00:00 AM", "1990-05-31"),
        ("31.05.1990 21:15", "1990-05-31"),
        ("31 мая 1990", "1990-05-31"),
        ("1 сентября 1990 года", "1990-09-01"),
        ("31-май-90", "1990-05-31"),
        ("3 нояб. 1990 г.", "1990-11-03"),
        ("31 May 1990", "1990-05-31"),
        ("May 31, 1990", "1990-05-31"),
        ("31-Dec-1990", "1990-12-31"),
        ("Sept. 5, 90", "1990-09-05"),
    ],
)
def test_birthdays_are_read_and_never_in_the_future(text, day):
    assert read_birthday(text, TODAY).isoformat() == day


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("28.11.2026", "future"),
        ("2045-03-12", "future"),
        ("31.02.1990", "day"),
        ("29.02.1900", "day"),
        ("", "day"),
        ("05/31/1990", "day"),
        ("33024", "day"),
        ("1899-12-31", "day"),
        ("0000-00-00", "day"),
        ("31.05", "day"),
        ("31.05-1990", "day"),
        ("born 31.05.1990", "day"),
        ("31.05.1990 или 1991", "day"),
        ("31.05.190", "day"),
        ("1990-05-31 25:00", "day"),
        ("31 мюля 1990", "day"),
        ("30 February 1990", "day"),
        ("31 мая", "day"),
        ("1990-05-30T21:00:00Z", "moment"),  # midnight of the 31st in Moscow
        ("1990-05-31 00:30:00+03:00", "moment"),
        ("31/05/1990 12:00 PM UTC", "moment"),
    ],
)
def test_what_is_no_birthday_is_refused(text, code):
    with pytest.raises(Unfit) as unfit:
        read_birthday(text, TODAY)
    assert unfit.value.code == code


def test_empty_has_many_words():
    for text in ("", " ", "\u00a0", "NULL", "null", "N/A", "#N/A", "nan", "NaN", "None", "нет", "-", "–", "—", "−"):
        assert is_empty(text)
    assert is_empty("0", is_id=True)
    assert is_empty("0.0", is_id=True)
    for text in ("0", "no", "--x", "Nullová"):
        assert not is_empty(text)
