"""What a column is: heading and cells must both fit, the rest is counted, and what was chosen is remembered."""

import pytest
from flask import Flask

from app.pages.imports.guessing import guessed
from app.store.imports import Batch, Part
from app.web.tables.reading import Reading
from app.web.tables.upload import Row, Table
from tests.furnishing import settings_in
from tests.page import upload
from tests.pages.imports.conftest import ANNA, figures


@pytest.fixture
def somewhere_in_russia(tmp_path):
    app = Flask(__name__)
    app.extensions["settings"] = settings_in(tmp_path, phone_region="RU")
    with app.app_context():
        yield


def table(header, *rows):
    return Table(header, [Row(number, list(cells)) for number, cells in enumerate(rows, 2)], Reading(heading=1))


@pytest.mark.usefixtures("somewhere_in_russia")
@pytest.mark.parametrize(
    ("heading", "cells", "target"),
    [
        ("Статус", ["новый", "активен"], None),
        ("status", ["active", "lost"], None),
        ("Номер", ["1001", "1002"], None),
        ("Номер заказа", ["79990001122", "79990001133"], None),
        ("phone", ["Samsung A5", "iPhone 12"], None),
        ("телефон", ["8 999 000-00-02", "8 999 000-00-03"], "phone"),
        ("Контакт", ["+7 999 000-00-02", "+7 999 000-00-03"], "phone"),
        ("id", ["1", "2", "3"], None),
        ("id", ["77120", "91211"], "external_id"),
        ("customer id", ["1", "2", "3"], "external_id"),
        ("name", ["Anna", "Boris"], "first_name"),
        ("name", ["1001", "1002"], None),
        ("имя", ["a@x.example", "b@x.example"], "email"),
        ("mail", ["yes", "no"], None),
        ("city", ["Minsk", "Омск"], "location"),
        ("region", ["77", "78"], None),
        ("bonuses", ["0,5", "1 240,00"], "loyalty_bonuses"),
        ("points", ["many", "few"], None),
        ("sex", ["ж", "м"], "gender"),
        ("dob", ["31.12.1990", "1.2.1991"], "birthday"),
        ("dob", ["12/31/1990", "05/06/1991"], "birthday_mdy"),
        ("dob", ["31/12/1990", "05/06/1991"], "birthday_dmy"),
        ("dob", ["01/02/1990", "05/06/1991"], "birthday"),
        ("unsubscribed", ["yes", "no"], "unsubscribed"),
        ("отписан", ["да", "нет"], "unsubscribed"),
        ("newsletter", ["Spring", "Summer"], None),
    ],
)
def test_a_column_is_guessed_only_when_heading_and_cells_fit(heading, cells, target):
    assert guessed(table([heading], *[[cell] for cell in cells])).get("0") == target


def test_a_heading_without_cells_is_what_it_says_and_none_is_taken_twice():
    assert guessed(table(["phone"], [""])) == {"0": "phone"}
    found = guessed(table(["email", "e-mail"], ["a@x.example", "b@x.example"]))
    assert list(found.values()) == ["email"]


def test_an_opt_out_turns_off_and_its_no_turns_nothing_on(bring, agent, worked_off):
    page = bring(f"email,unsubscribed\n{ANNA},yes\nnew@x.example,no\n")
    assert "1 customer is unsubscribed from something." in page.text
    assert "subscribed for the first time" not in page.text
    page.press("Import 2 customers")
    worked_off()
    assert "Nothing may be sent" not in agent.get("/subscriptions/").press("Show subscriptions", who=ANNA).text


def test_columns_that_are_not_sent_are_counted_and_can_go_along(bring, marketer):
    content = "email,shoe,hat\na@x.example,42,\nb@x.example,43,L\n"
    page = bring(content)
    assert "“shoe” is not sent: 2 cells." in page.text
    assert "“hat” is not sent: 1 cell." in page.text
    columns = marketer.get("/imports/new").press("Read it", file=upload(content))
    with_rest = columns.press("Check the rows", rest="y")
    assert "is not sent" not in with_rest.text
    assert with_rest.row("b@x.example")[2:] == ["43", "L"]


def test_what_was_chosen_is_remembered_for_the_same_headings(bring, marketer):
    bring("email,shoe\na@x.example,42\n", column_1="custom")
    page = marketer.get("/imports/new").press("Read it", file=upload("email,shoe\nc@x.example,41\n"))
    assert "as for the last file with the same headings" in page.text
    assert page.dom.select_one("[name=column-1] option[selected]")["value"] == "custom"


def test_a_file_is_read_again_in_another_way(marketer):
    content = "Покупатели за май;;\n\nпочта;имя\na@x.example;Анна\nb@x.example;Пётр\n".encode("cp1251")
    page = marketer.get("/imports/new").press("Read it", file=upload(content))
    assert "1 row above is left out: Покупатели за май" in page.text
    assert page.dom.select_one("[name=encoding] option[selected]")["value"] == "cp1251"
    wrong = page.press("Read it like this", encoding="cp1252")
    assert "Анна" not in wrong.text
    again = wrong.press("Read it like this", encoding="cp1251", heading="3")
    checked = again.press("Check the rows")
    assert checked.row("b@x.example") == ["5", "b@x.example", "Пётр"]
    assert (
        checked.press("Read it like this", heading="0").dom.find("tbody").find("tr").th.get_text(" ").startswith("Col")
    )


def test_a_day_that_may_be_two_is_named_until_the_order_is_chosen(bring):
    content = "email,dob\na@x.example,05/06/1990\nb@x.example,07/07/1991\n"
    page = bring(content)
    assert page.row("a@x.example")[1].startswith("dob: This may be two days")
    assert bring(content, column_1="birthday_mdy").row("a@x.example")[2] == "1990-05-06"


def test_of_a_column_the_bad_cell_alone_can_be_left_out(bring, agent, worked_off):
    page = bring("email,phone,name\na@x.example,12,Anna\nb@x.example,13,Boris\nc@x.example,,Clara\n", column_1="phone")
    assert (figures(page)["To be sent"], figures(page)["Rows left out"]) == ("1", "2")
    assert page.row("phone")[:2] == ["phone", "2"]
    page = page.press("Check the rows again", **{"column-1": "cell"})
    assert (figures(page)["To be sent"], figures(page)["Rows left out"]) == ("3", "0")
    assert "2 rows are sent without a cell that cannot be read" in page.text
    assert page.row("Only this is left out.")[0] == "2"
    page.press("Import 3 customers")
    worked_off()
    assert "Boris" in agent.get("/customers/").press("Find", who="b@x.example").text


def test_without_its_bad_cell_a_row_may_be_about_nobody(bring):
    page = bring("email,phone\n,12\na@x.example,13\n", column_1="phone")
    page = page.press("Check the rows again", **{"column-1": "cell"})
    assert "REES46 would not know whom it is about" in page.row("12")[1]


def test_a_segment_that_nobody_met_is_asked_about(bring, batch):
    page = bring("email\na@x.example\n", query="?segment=99999")
    refused = page.press("Import 1 customer")
    assert "Nobody here ever met this segment." in refused.text
    assert batch().state == "checked"
    assert "REES46 accepted 1 customer" in refused.press("Import 1 customer", met="y").text


def test_a_draft_of_an_older_desk_can_still_be_finished(marketer, desk, batch):
    page = marketer.get("/imports/new").press("Read it", file=upload("email\na@x.example\n"))
    with desk.writing() as db:  # as the revision leaves it
        old = db.get_one(Batch, batch().id)
        old.reading, old.file_id, old.headings = {}, None, None
    assert "To be confirmed" in marketer.get(page.path).press("Check the rows").text


@pytest.mark.parametrize(("heading", "cell"), [("bonuses", "0,5"), ("tonextlevel", "1 240.5"), ("age", "30,5")])
def test_a_fraction_in_a_field_of_whole_numbers_is_told_before_anything_is_sent(bring, batch, desk, heading, cell):
    page = bring(f"email;{heading}\n{ANNA};{cell}\nnew@x.example;7,00\n")
    assert "REES46 keeps whole numbers here, so a fraction is not sent." in page.text
    assert "Only this is left out." in page.text
    assert page.row("REES46 keeps whole numbers")[0] == "2"
    assert figures(page)["To be sent"] == "2"
    page.press("Import 2 customers")
    with desk.reading() as db:
        said = {one[1]: one[2] for part in db.query(Part) for one in part.sample}
    assert set(said[ANNA]) == {"email"}
    assert [value for name, value in said["new@x.example"].items() if name != "email"] == [7]


@pytest.mark.parametrize(
    ("chosen", "cell", "words"),
    [
        ("first_name", "#REF!", "A spreadsheet has no value here"),
        ("email", "#FORMULA!", "A spreadsheet has no value here"),
        ("email_bulk", "Err:508", "A spreadsheet has no value here"),
        ("external_id", "4.27638001234568E+15", "The spreadsheet cut this number."),
        ("loyalty_id", "7,91612E+10", "The spreadsheet cut this number."),
    ],
)
def test_what_a_spreadsheet_has_no_value_for_is_named_and_not_sent(bring, chosen, cell, words):
    other = "phone" if chosen == "email" else "email"
    known = "+7 999 123 45 67" if other == "phone" else "a@x.example"
    page = bring(f"{other};x\n{known};{cell}\n", column_1=chosen)
    assert words in page.row(cell)[1]
