"""Tables of catalogues in every way in which programs write them: by tabs, in old encodings, as spreadsheets."""

from io import BytesIO

import openpyxl
import pytest
from sqlalchemy import select

from app.engine.store.products import Product
from app.pages.catalogue import files
from app.pages.catalogue.arriving import describe
from app.pages.catalogue.formats import rows_of
from app.store.catalogue_imports import CatalogueImport
from tests.pages.catalogue.conftest import figures
from tests.web.spreadsheets import ods, ods_value

HEADER = ["id", "name", "price", "url", "picture", "categories", "available"]
BIKE = ["t-1", "Велосипед «Вираж»", "1240,50", "https://shop.example.com/1", "https://shop.example.com/1.jpg", "17|3"]
ROWS = [HEADER, [*BIKE, "да"], ["t-2", 'Bell 2", loud', "99", *BIKE[3:], "нет"]]


def by(separator, rows=ROWS, end="\n"):
    """Write rows as a program does, with quotes where they are needed."""
    marks = (separator, '"', "\n")
    quoted = [
        ['"' + cell.replace('"', '""') + '"' if any(mark in cell for mark in marks) else cell for cell in row]
        for row in rows
    ]
    return end.join(separator.join(row) for row in quoted) + end


def xlsx(*rows, name="Sheet"):
    book = openpyxl.Workbook()
    book.active.title = name
    for row in rows:
        book.active.append(row)
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


FIGURES = [1012, "Bell", 99.5, "https://shop.example.com/2", "https://shop.example.com/2.jpg", 17, True]
AS_TEXT = ["1012", "Bell", "99.5", *map(str, FIGURES[3:6])]
WAYS = {
    "TSV": (by("\t").encode(), ROWS[1:]),
    "TSV with a mark": (by("\t").encode("utf-8-sig"), ROWS[1:]),
    "TSV of Excel": (by("\t", end="\r\n").encode("utf-16"), ROWS[1:]),
    "TSV of old Windows": (by("\t").encode("cp1251", "replace"), ROWS[1:]),
    "TSV with a break in a cell": (by("\t", [HEADER, ["t-3", "Two\nlines\tand a tab", *ROWS[2][2:]]]).encode(), None),
    "TSV with empty rows": (by("\t", [HEADER, [""] * 7, ROWS[1], ["", *[" "] * 6]]).encode(), ROWS[1:2]),
    "TSV with signs that end a line elsewhere": (
        by("\t", [["Prices\u2028of\x85November"], HEADER, ROWS[1]]).encode(),
        ROWS[1:2],
    ),
    "XLSX": (xlsx(*ROWS), ROWS[1:]),
    "XLSX with numbers": (xlsx(HEADER, FIGURES), [AS_TEXT]),
    "XLSX with empty rows": (xlsx(HEADER, [], ROWS[1], [None] * 7), ROWS[1:2]),
    "XLSX below a title": (xlsx(["Price list of November"], [], *ROWS), ROWS[1:]),
    "ODS": (ods(HEADER, ["o-1", "Bell", ods_value("float", "99.5", "99,50"), *BIKE[3:], "да"]), None),
}


@pytest.mark.parametrize("way", WAYS)
def test_rows_are_the_same_in_whichever_way_they_are_written(app, way):
    content, wanted = WAYS[way]
    with app.test_request_context("/s/demo/"):
        file = files.keep(1, "catalogue", [content])
        batch = CatalogueImport(shop_id=1, person="Ann", kind="products", source="catalogue")
        describe(batch, file)
        found = [row for _number, row in rows_of(batch, files.opened(1, batch.file_id))]
    assert set(HEADER) >= found[0].keys() >= set(HEADER[:6])
    assert batch.columns["id"] == "id"
    if wanted is not None:
        assert [[row.get(name) for name in HEADER[: len(wanted[0])]] for row in found] == wanted
    assert {row["url"] for row in found} <= {BIKE[3], FIGURES[3]}


def test_quotes_that_nobody_closed_swallow_no_products(bring):
    page = bring("products", by(",", [HEADER, [*BIKE, "yes"]]) + 't-2,"Bell,99\nt-3,Horn,5\n', "x.csv")
    assert "The quotes are not closed, or a cell is too long, near row 3." in page.text


@pytest.mark.parametrize("product", ["1012.0", "=A1", "1.23457E+15"])
def test_an_id_that_a_spreadsheet_made_of_another_is_left_out(bring, product):
    page = bring("products", by(",", [HEADER, [product, *BIKE[1:], "yes"], ROWS[2]]), "x.csv")
    assert figures(page)["To be sent"] == "1"


@pytest.mark.parametrize(("content", "name"), [(by("\t").encode("utf-16"), "x.tsv"), (xlsx(*ROWS), "x.xlsx")])
def test_a_table_by_tabs_and_a_spreadsheet_arrive_in_the_catalogue(bring, worked_off, box, last, content, name):
    page = bring("products", content, name)
    assert figures(page)["To be sent"] == "2"
    page.press("Import it", dangling="y")
    worked_off()
    assert last().state == "sent"
    with box.extensions["db"].reading() as db:
        found = {one.item_id: one for one in db.scalars(select(Product).where(Product.item_id.like("t-%")))}
    assert (found["t-1"].name, found["t-1"].price, found["t-1"].categories) == (BIKE[1], 1240.5, ["17", "3"])
    assert (found["t-2"].name, found["t-2"].is_available) == ('Bell 2", loud', False)
