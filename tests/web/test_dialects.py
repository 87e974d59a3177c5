"""Files as programs all over the world write them: no cell is shifted, and no row is swallowed by another."""

import io

import pytest

from app.web.tables.dialect import Unclosed, rows_of
from app.web.tables.reading import NO_HEADING, Reading
from app.web.tables.upload import Unreadable, read_content, read_text

pytestmark = pytest.mark.usefixtures("request_context")


def rows(text, reading=None):
    table = read_text(text, *([reading] if reading else []))
    return [table.header, *(row.cells for row in table.rows)]


@pytest.mark.parametrize(
    "line", ["sep=;\n", "sep=;\r\n", "sep=;\r", '"sep=;"\n', "SEP=;\n", "sep =;\n", "sep=;;;\n", "\ufeffsep=;\n"]
)
def test_the_line_that_names_the_separator_is_none_of_the_rows(line):
    assert rows(line + "email;a,b\na@x.example;1,5\n") == [["email", "a,b"], ["a@x.example", "1,5"]]


def test_a_file_that_names_its_separator_can_be_read_again():
    chosen = Reading(separator=";", heading=1)
    assert rows("sep=;\nemail;name\na@x.example;Anna\n", chosen)[0] == ["email", "name"]


def test_a_caret_may_separate():
    assert rows("email^name\na@x.example^Anna\n") == [["email", "name"], ["a@x.example", "Anna"]]


@pytest.mark.parametrize(
    "row",
    [
        'a@x.example, "Smith, Anna", Berlin',
        '"a@x.example" , "Smith, Anna" , "Berlin"',
        r'"a@x.example","Smith, Anna",Berlin',
        "'a@x.example','Smith, Anna','Berlin'",
        r"a@x.example,Smith\, Anna,Berlin",
    ],
)
def test_a_separator_within_a_cell_shifts_no_other(row):
    assert rows(f"email,name,city\n{row}\n")[1] == ["a@x.example", "Smith, Anna", "Berlin"]


def test_quotes_behind_a_backslash_close_no_cell():
    text = 'email,name,city\na@x.example,"The \\"A\\", B",Berlin\nb@x.example,"Bo",Bonn\n'
    assert rows(text)[1] == ["a@x.example", 'The "A", B', "Berlin"]


def test_an_apostrophe_before_a_number_begins_no_quotes():
    text = "email,phone,name\na@x.example,'+79990000002,O'Neil\nb@x.example,'+79990000003,D'Arc,too many\n"
    assert rows(text)[1:] == [
        ["a@x.example", "+79990000002", "O'Neil"],
        ["b@x.example", "+79990000003", "D'Arc", "too many"],
    ]


def test_a_file_is_read_row_by_row_like_a_whole_one():
    text = 'a,"b\r\n""c""",d\r\n"Рога" и копыта,5" x\r\n\r\n,\r\n"last"'
    read = list(rows_of(io.StringIO(text, newline=""), ","))
    assert [cells for _row, cells in read] == [
        ["a", 'b\r\n"c"', "d"],
        ['"Рога" и копыта', '5" x'],
        [""],
        ["", ""],
        ["last"],
    ]
    assert "".join(row for row, _cells in read) == text


@pytest.mark.parametrize("text", ['a\nb,"c\nd\ne,f\n', '"a"b",c\n', 'a\n"' + "x\n" * 70_000])
def test_quotes_that_do_not_close_swallow_no_rows(text):
    with pytest.raises(Unclosed):
        list(rows_of(io.StringIO(text, newline=""), ","))


@pytest.mark.parametrize("text", ["1001\n1002\n1003\n", "ID-1;x\nID-2;y\n", "7;8\n9;10\n"])
def test_a_first_row_like_the_next_is_no_heading(text):
    assert read_text(text).reading.heading == NO_HEADING


def test_names_of_columns_are_told_apart_whatever_they_are():
    assert rows("email;email (2);email\na@x.example;1;2\n")[0] == ["email", "email (2)", "email (3)"]


def test_a_sign_that_is_no_text_damages_its_cell_and_not_the_file():
    text = "email;name\n" + "a@x.example;Anna\n" * 100 + "b@x.example;Bo\0ris\n"
    assert rows(text)[-1] == ["b@x.example", "Bo\N{REPLACEMENT CHARACTER}ris"]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n1 0 obj", "PDF"),
        (b"\xef\xbb\xbf\r\n<html><table><tr><td>a@x.example", "HTML"),
        (b"<TABLE><tr><td>a@x.example", "HTML"),
        (b'<?xml version="1.0"?><Workbook/>', "XML"),
        (b'[{"email":"a@x.example"}]', "JSON"),
        (b'{"email":"a@x.example"}\n{"email":"b@x.example"}', "JSON"),
        (b"{\\rtf1 a@x.example}", "RTF"),
        (b"BEGIN:VCARD\nEMAIL:a@x.example\n", "vCard"),
        (b"ID;PWXL;N;E\nC;Y1;X1", "SYLK"),
    ],
)
def test_a_file_of_another_kind_is_named(content, kind):
    with pytest.raises(Unreadable) as unreadable:
        read_content(content)
    assert unreadable.value.words == f"This is {kind}, not a table. Save it as XLSX or CSV and upload that."


def test_ids_in_brackets_are_no_json():
    assert rows("[id];name\n[1];Anna\n")[1] == ["[1]", "Anna"]


def test_a_heading_that_begins_like_another_format_is_a_table():
    assert rows("ID;PRICE;NAME\nB-1;10;Bell\n")[1] == ["B-1", "10", "Bell"]
    assert read_content(b"ID;PRICE;NAME\nB-1;10;Bell\n").header == ["ID", "PRICE", "NAME"]
