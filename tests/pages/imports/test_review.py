"""What an import changes is shown before, and read back after; rows that were left out come in again when mended."""

import pytest

from app.store import imports
from tests.page import upload
from tests.pages.imports.conftest import ANNA, figures


def test_what_changes_is_shown_before_and_after_and_in_a_file(bring, marketer):
    page = bring(f"email,name,city,colour\n{ANNA},Ann,London,red\nnew@x.example,New,Minsk,\n", column_3="custom")
    assert "2 cells change for customers that REES46 knows; see below." in page.text
    assert ["2", ANNA, "First name", "Anna", "Ann"] in page.rows("#changes table")
    assert "1 cell is sent of which REES46 does not tell here what it is now." in page.text
    lines = marketer.get(page.link("Download all changes")).html.splitlines()
    assert f"2,{ANNA},First name,Anna,Ann" in lines
    assert not [line for line in lines if "new@x.example" in line]


def test_what_is_the_same_already_is_no_change(bring):
    page = bring(f"email,phone,name\n{ANNA.upper()},+44 7700 900101,Anna\n")
    assert "nothing changes for the customers that it knows" in page.text
    assert not page.dom.find(id="changes")


def test_a_former_address_changes_nothing_about_the_main_one(bring):
    assert not bring("email,name\nanna.k@example.org,Anna\n").dom.find(id="changes")


def test_afterwards_fields_and_consents_are_read_back(bring, worked_off):
    page = bring(f"email,name,city,newsletter\n{ANNA},Ann,London,yes\n").press("Import 1 customer")
    before = page.panel("sample").text
    assert "First name: sent Ann, is Anna" in before
    worked_off()
    after = page.panel("sample").text
    assert "4 fields as sent" in after
    assert "in the segment" in after
    assert "is Anna" not in after


FAULTS = {
    "email": "not an address",
    "phone": "12",
    "birthday": "31.31.1990",
    "age": "200",
    "gender": "?",
    "bonuses": "many",
    "newsletter": "maybe",
    "city": "x" * 256,
}


def rows(count, bad):
    """Good rows, and here and there one with a fault of some kind, in turn; also a twin and one about nobody."""
    names = list(FAULTS)
    for number in range(count):
        cells = {
            "email": f"p{number}@x.example",
            "phone": f"+7916{number:07}",
            "birthday": "31.05.1990 0:00:00",
            "age": "36",
            "gender": "ж",
            "bonuses": "1 240,00",
            "newsletter": "да",
            "city": "Омск",
        }
        kind = number // bad % 10 if number % bad == bad - 1 else None
        if kind == 8:
            cells["phone"] = f"+7916{number - 1:07}"
        elif kind == 9:
            cells = dict.fromkeys(names, "") | {"city": "Nowhere"}
        elif kind is not None:
            cells[names[kind]] = FAULTS[names[kind]]
        yield ";".join(cells.values())


@pytest.mark.parametrize(("count", "bad"), [(400, 20)])
def test_the_right_rows_go_in_and_the_others_come_back_and_go_in_when_mended(bring, marketer, monkeypatch, count, bad):
    monkeypatch.setattr(imports, "PART", 100)
    wrong = count // bad
    page = bring("\n".join([";".join(FAULTS), *rows(count, bad)]))
    assert figures(page)["To be sent"] == f"{count - wrong:,}"
    assert figures(page)["Rows left out"] == str(wrong)
    file = marketer.get(page.link("Download these rows")).html
    assert len(file.splitlines()) == wrong + 1
    page = page.press(f"Import {count - wrong:,} customers")
    assert figures(page)["Sent"] == f"{count - wrong:,}"
    mended = file.replace("not an address", "mended1@x.example").replace(",12,", ",+79991112233,")
    again = marketer.get("/imports/new").press("Read it", file=upload(mended))
    assert "as for the last file with the same headings" in again.text
    assert "Problem" not in again.text
    again = again.press("Check the rows")
    assert figures(again)["Rows in the file"] == str(wrong)
    assert again.row("mended1@x.example")
