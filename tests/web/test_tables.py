"""What people upload or paste is read as a table, or they are told why not; nothing they send can hurt."""

import zipfile
from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest
from werkzeug.datastructures import FileStorage

from app.web.tables import upload
from app.web.tables.reading import NO_HEADING, Reading
from app.web.tables.upload import Unreadable, read_file, read_text

pytestmark = pytest.mark.usefixtures("request_context")


def file(content):
    return FileStorage(BytesIO(content), filename="people.csv")


def spreadsheet(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def cells(table):
    return [row.cells for row in table.rows]


RUSSIAN = "почта;имя\r\nanna@example.com;Анна\r\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1251", "koi8-r", "cp866"]
)
def test_russian_text_is_read_in_every_encoding_that_excel_writes(encoding):
    table = read_file(file(RUSSIAN.encode(encoding)))
    assert table.header == ["почта", "имя"]
    assert cells(table) == [["anna@example.com", "Анна"]]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found(separator):
    table = read_text(separator.join(["email", "name"]) + "\n" + separator.join(['"a, b; c"', "Anna"]))
    assert table.header == ["email", "name"]
    assert cells(table) == [["a, b; c", "Anna"]]


def test_western_letters_are_told_from_russian_ones():
    assert cells(read_file(file("email,name\na@b.c,Müller\n".encode("cp1252")))) == [["a@b.c", "Müller"]]


def test_one_stray_byte_does_not_change_the_encoding_and_is_seen_in_its_cell():
    table = read_file(file(RUSSIAN.encode() * 20 + b"b@example.com;\xc0\r\n"))
    assert cells(table)[0] == ["anna@example.com", "Анна"]
    assert cells(table)[-1] == ["b@example.com", "\N{REPLACEMENT CHARACTER}"]


def test_quotes_are_read_as_people_write_them():
    table = read_text('"Имя\nклиента";email\n"Рога" и копыта;a@b.c\n"x;""y""";d@e.f')
    assert table.header == ["Имя\nклиента", "email"]
    assert cells(table) == [['"Рога" и копыта', "a@b.c"], ['x;"y"', "d@e.f"]]


def test_rows_that_end_in_a_separator_have_no_cell_too_many():
    table = read_text("email;name\na@b.c;Anna;\nd@e.f;Boris;;\n")
    assert cells(table) == [["a@b.c", "Anna"], ["d@e.f", "Boris"]]
    assert read_text("email;name;\na@b.c;Anna;\n").header == ["email", "name"]


def test_urls_are_neither_headings_nor_cut_at_their_commas():
    urls = ["https://example.com/maps?ll=37.6,55.7&z=10", "https://example.com/a;b", "myapp://Card/1"]
    assert cells(read_text("\n".join(urls))) == [[url] for url in urls]
    assert cells(read_text("url\n" + "\n".join(urls))) == [[url] for url in urls]


def test_a_filled_sheet_behind_empty_ones_is_read():
    book = openpyxl.Workbook()
    book.create_sheet("people").append(["email"])
    book["people"].append(["a@b.c"])
    kept = BytesIO()
    book.save(kept)
    assert cells(read_file(file(kept.getvalue()))) == [["a@b.c"]]


def test_excels_own_line_about_the_separator_is_obeyed():
    assert read_text("sep=;\r\nemail;name, first\r\na@b.c;Anna\r\n").header == ["email", "name, first"]


def test_a_first_row_that_holds_data_is_no_header():
    table = read_text("anna@example.com\nboris@example.com")
    assert not table.is_named
    assert table.header == ["Column A"]
    assert cells(table) == [["anna@example.com"], ["boris@example.com"]]


def test_a_caller_may_know_better_whether_there_is_a_header():
    assert cells(read_text("SPRING\nSUMMER", Reading(heading=NO_HEADING))) == [["SPRING"], ["SUMMER"]]


def test_rows_keep_the_numbers_that_the_spreadsheet_shows():
    table = read_text("email\n\na@b.c\n  \nd@e.f")
    assert [row.number for row in table.rows] == [3, 5]


def test_short_rows_are_filled_and_names_are_told_apart():
    table = read_text("email,,email\na@b.c")
    assert table.header == ["email", "Column B", "email (2)"]
    assert cells(table) == [["a@b.c", "", ""]]


def test_a_longer_row_keeps_its_cells_so_that_somebody_can_complain():
    assert cells(read_text("email,name\na@b.c,Anna,Smith")) == [["a@b.c", "Anna", "Smith"]]


def test_the_apostrophe_that_keeps_formulas_quiet_is_taken_off_again():
    assert cells(read_text("email,name\na@b.c,'=SUM(A1)\nd@e.f,'t Hooft"))[0][1] == "=SUM(A1)"


def test_a_spreadsheet_gives_text_as_people_would_type_it():
    seen = datetime(2026, 1, 2, 3, 4)  # noqa: DTZ001  # a cell has no zone
    header = ["phone", "birthday", "seen", "vip", "sum"]
    table = read_file(file(spreadsheet(header, [79990001122, date(1990, 5, 1), seen, True, 1.5])))
    assert cells(table) == [["79990001122", "1990-05-01", "2026-01-02 03:04:00", "true", "1.5"]]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "nothing in it"),
        (b"\n\n ,, \n", "nothing in it"),
        (b"\xd0\xcf\x11\xe0 old excel", "damaged"),
        (b"PK\x03\x04 no zip at all", "damaged"),
        (b"\x00\x01\x02\xff", "no text file"),
        (b"email\n\x00", "no text file"),
        (b'email\n"never closed', "quotes are not closed, or a cell is too long, near row 2"),
        (b"email\n" + b"x" * 10_001, "row 2 is longer than 10,000"),
        (b"email\n" + b"x" * 200_000, "a cell is too long, near row 2"),
        (b"," * 100, "more than 100 columns"),
        (b"x" * (10 * 1024 * 1024 + 1), "larger than 10 MB"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(content, words):
    with pytest.raises(Unreadable) as refused:
        read_file(file(content))
    assert words in refused.value.words


def test_too_many_rows_are_refused_in_text_and_in_spreadsheets():
    for content in (b"email\n" + b"a@b.c\n" * 11, spreadsheet(["email"], *[["a@b.c"]] * 11)):
        with pytest.raises(Unreadable) as refused:
            read_file(file(content), most_rows=10)
        assert "more than 10 rows" in refused.value.words


def bomb(size):
    """A tiny file that unpacks to much."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * size)
    return packed.getvalue()


def test_a_spreadsheet_that_unpacks_to_too_much_is_not_unpacked():
    with pytest.raises(Unreadable) as refused:
        read_file(file(bomb(120 * 1024 * 1024)))
    assert "unpacks to too much" in refused.value.words


def far_cell():
    """A spreadsheet of two cells, of which one is the last that there can be."""
    source = zipfile.ZipFile(BytesIO(spreadsheet(["email"], ["a@b.c"])))
    rows = "".join(f'<row r="{r}"><c r="{c}{r}"><v>1</v></c></row>' for c, r in [("A", 1), ("XFD", 1048576)])
    kind = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = f'<worksheet xmlns="{kind}"><sheetData>{rows}</sheetData></worksheet>'
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in source.infolist():
            archive.writestr(part.filename, sheet if part.filename.endswith("sheet1.xml") else source.read(part))
    return packed.getvalue()


def test_one_far_cell_does_not_fill_the_memory():
    with pytest.raises(Unreadable):
        read_file(file(far_cell()))


def test_a_spreadsheet_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(upload, "SECONDS", 0.001)
    with pytest.raises(Unreadable) as refused:
        read_file(file(spreadsheet(["email"])))
    assert "unpacks to too much" in refused.value.words


def test_a_separator_at_the_end_of_all_lines_of_a_list_is_none_of_theirs():
    def is_url(line):
        return line.startswith("https:")

    assert cells(read_text("https://a.example/,\nhttps://b.example/,\nhttps://c.example/", whole=is_url)) == [
        ["https://a.example/"],
        ["https://b.example/"],
        ["https://c.example/"],
    ]
    assert cells(read_text("https://a.example/,\nhttps://b.example/\nhttps://c.example/", whole=is_url))[0] == [
        "https://a.example/,"
    ]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("name;miasto\nŁukasz;Łódź\nŻaneta;Gdańsk", "cp1250"),
        ("name;x\nČech;Plzeň\nŘehoř;Dvořák", "cp1250"),
        ("name;x\nŠibenik;Đuro\nŽeljko;Čakovec", "cp1250"),
        ("name;x\nŞükrü;İzmir\nÇağla;Muğla", "cp1254"),
        ("name;x\nBjørn;Sørensen\nÅse;Tromsø", "cp1252"),
        ("name;x\nFrançois;Orléans\nHélène;Nîmes", "cp1252"),
        ("name;x\nJoão;São Paulo", "cp1252"),
        ("Preis;10 €\nStraße;x", "cp1252"),
        ("a – b;c\n“x”;d", "cp1252"),
        ("имя;город\nАнна;Москва", "iso-8859-5"),
        ("имя;город\nАнна;Москва", "mac-cyrillic"),
        ("АННА;МОСКВА\nПЁТР;ОРЁЛ", "cp866"),
    ],
)
def test_letters_tell_the_encoding(text, encoding):
    table = read_file(file(text.encode(encoding)))
    assert [table.header, *cells(table)] == [line.split(";") for line in text.split("\n")]
    assert table.reading.encoding == encoding
