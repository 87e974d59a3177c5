"""Files of Excel and LibreOffice are read as people see them, in all three formats, and what has no value says so."""

from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from app.web.tables.upload import read_content
from tests.web.spreadsheets import ods, ods_value, xls

HEADER = ["email", "card", "born", "share"]
NO_VALUE = "#FORMULA!"


pytestmark = pytest.mark.usefixtures("request_context")


def xlsx(fill, **book_has):
    book = openpyxl.Workbook()
    for name, value in book_has.items():
        setattr(book, name, value)
    fill(book)
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def cells(content):
    return [row.cells for row in read_content(content).rows]


def put(sheet, place, value, shown=None, kind=None):
    sheet[place] = value
    if shown:
        sheet[place].number_format = shown
    if kind:
        sheet[place].data_type = kind


def usual(book):
    book.active.append(HEADER)
    book.active.append(["anna@example.com", "0012345", date(1990, 5, 31), None])
    put(book.active, "D2", 0.15, "0%")


def test_an_xlsx_is_read():
    assert cells(xlsx(usual)) == [["anna@example.com", "0012345", "1990-05-31", "0.15"]]


def test_an_ods_is_read():
    row = [
        "anna@example.com",
        "0012345",
        ods_value("date", "1990-05-31", "31.05.90"),
        ods_value("percentage", "0.15", "15%"),
    ]
    assert cells(ods(HEADER, row)) == [["anna@example.com", "0012345", "1990-05-31", "0.15"]]


def test_an_xls_is_read():
    row = ["анна@пример.рф", "0012345", ("day", 33024), 0.15]
    assert cells(xls(HEADER, row)) == [["анна@пример.рф", "0012345", "1990-05-31", "0.15"]]


def test_days_are_the_same_when_they_are_counted_from_1904():
    since_1904 = {"epoch": CALENDAR_MAC_1904}
    assert cells(xlsx(usual, **since_1904))[0][2] == "1990-05-31"
    row = ["anna@example.com", "1", ("day", 33024 - 1462), 1]
    assert cells(xls(HEADER, row, since_1904=True))[0][2] == "1990-05-31"


def test_a_moment_keeps_its_time_and_midnight_is_a_day():
    def fill(book):
        book.active.append(["email", "at"])
        book.active.append(["a@x.example", datetime(1990, 5, 31, 12, 30)])  # noqa: DTZ001  # spreadsheets know no zone
        book.active.append(["b@x.example", datetime(1990, 5, 31)])  # noqa: DTZ001  # as above

    assert [row[1] for row in cells(xlsx(fill))] == ["1990-05-31 12:30:00", "1990-05-31"]


def test_zeros_before_a_number_are_kept_where_people_see_them():
    def fill(book):
        book.active.append(["email", "card"])
        book.active.append(["a@x.example", 12345])
        book.active.append(["b@x.example", 12345])
        put(book.active, "B2", 12345, "0000000")

    assert [row[1] for row in cells(xlsx(fill))] == ["0012345", "12345"]
    row = ["a@x.example", ods_value("float", "12345", "0012345")]
    assert cells(ods(["email", "card"], row)) == [["a@x.example", "0012345"]]


def test_a_formula_that_was_never_computed_and_an_error_are_not_empty():
    def fill(book):
        book.active.append(["email", "name"])
        book.active.append(["a@x.example", "=A2"])
        put(book.active, "B3", "#REF!", kind="e")
        book.active["A3"] = "b@x.example"

    assert [row[1] for row in cells(xlsx(fill))] == [NO_VALUE, "#REF!"]
    never = '<table:table-cell table:formula="of:=[.A1]"/>'
    kind = 'office:value-type="string" office:string-value="" calcext:value-type="error"'
    error = f"<table:table-cell {kind}><text:p>#REF!</text:p></table:table-cell>"
    assert cells(ods(["email", "name"], ["a@x.example", never], ["b@x.example", error])) == [
        ["a@x.example", NO_VALUE],
        ["b@x.example", "#REF!"],
    ]


def test_cells_that_repeat_in_an_ods_do_not_shift_what_is_corrected():
    gap = '<table:table-cell table:number-columns-repeated="2"/>'
    never = '<table:table-cell table:formula="of:=[.A1]"/>'
    assert cells(ods(["email", "b", "c", "d"], ["a@x.example", gap, never])) == [["a@x.example", "", "", NO_VALUE]]


def test_of_merged_cells_the_first_has_the_value():
    def fill(book):
        book.active.append(["email", "name"])
        book.active.append(["a@x.example", "Anna"])
        book.active.append(["b@x.example", None])
        book.active.merge_cells("B2:B3")

    assert cells(xlsx(fill)) == [["a@x.example", "Anna"], ["b@x.example", ""]]


def test_a_hidden_sheet_is_not_taken_unasked():
    def fill(book):
        book.active.append(["email"])
        book.active.append(["secret@example.com"])
        book.active.sheet_state = "hidden"
        seen = book.create_sheet("Seen")
        seen.append(["email"])
        seen.append(["anna@example.com"])
        book.active = 1

    assert cells(xlsx(fill)) == [["anna@example.com"]]
    assert cells(xls(["email"], ["anna@example.com"], hidden=["Old"])) == [["anna@example.com"]]


def test_a_number_longer_than_a_spreadsheet_keeps_is_not_made_up():
    def fill(book):
        book.active.append(["email", "card"])
        book.active.append(["a@x.example", 4276380012345678])

    assert cells(xlsx(fill)) == [["a@x.example", "4.27638001234568E+15"]]
