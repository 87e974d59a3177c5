"""Files and lists of URLs: nothing in them is dropped without a word, and an own code never comes without a look."""

import pytest

from app.store.short_links import ShortLink
from tests.page import upload

PAGE = "https://shop.example.com/sale"


def bring(visitor, lines="", **fields):
    return visitor.get("/links/shorten-many").press("Shorten the links", lines=lines, **fields)


def kept(desk):
    with desk.reading() as db:
        return db.query(ShortLink).order_by(ShortLink.id).all()


@pytest.mark.parametrize(
    "brought",
    [
        {"lines": f"{PAGE}/1 10 own"},
        {"file": upload(f"url;code\n{PAGE}/1;own\n{PAGE}/2;\n")},
        {"lines": f"url;code\n{PAGE}/1;own"},
    ],
)
def test_an_own_code_that_was_brought_is_looked_at_first(marketer, desk, brought):
    page = bring(marketer, **brought)
    assert page.h1 == "Check the links"
    assert page.row(f"{PAGE}/1")[2] == "own"
    assert kept(desk) == []


def test_urls_alone_need_no_look(marketer):
    assert bring(marketer, f"{PAGE}/1\n{PAGE}/2").h1 == "2 short links"
    assert bring(marketer, file=upload(f"{PAGE}/3\n{PAGE}/4\n{PAGE}/5\n")).h1 == "3 short links"


def test_cells_that_are_not_used_are_shown(marketer, desk):
    page = bring(marketer, file=upload(f"name;url;size\nBoots;{PAGE}/1;42\nHats;{PAGE}/2;\n"))
    assert page.row("Boots") == ["2", "name: Boots · size: 42"]
    assert page.row("Hats") == ["3", "name: Hats"]
    assert kept(desk) == []
    assert page.press("Create the links").h1 == "2 short links"


def test_a_row_with_too_many_cells_or_no_url_is_named(marketer):
    page = bring(marketer, file=upload(f"url,days\n{PAGE}/1,10,SALE\n,30\n{PAGE}/2,20\n"))
    assert page.row(f"{PAGE}/1")[2] == "the row has more cells than there are columns"
    assert page.row("no URL")[0] == "3"
    assert page.press("Create the links").h1 == "1 short link"


def test_without_headings_days_and_codes_are_not_guessed(marketer):
    page = bring(marketer, file=upload(f"{PAGE}/1;30;boots\n{PAGE}/2;60;hats\n"))
    assert page.row("boots")[1] == f"{PAGE}/1;30;boots"  # a URL may have semicolons, so nothing is made unasked
    page = page.press("Read it like this", separator=";")
    assert page.row("boots")[1] == "Column B: 30 · Column C: boots"


def test_titles_above_the_headings_are_told_and_the_row_can_be_chosen(marketer):
    page = bring(marketer, file=upload(f"Links of spring\n\nurl;code\n{PAGE}/1;own\n"))
    assert "1 row above is left out: Links of spring" in page.text
    assert page.dom.select_one("select[name=heading] option[selected]")["value"] == "3"
    again = page.press("Read it like this", heading="0")
    assert again.row("Links of spring")[2].startswith("no URL")
    assert "own" in again.press("Read it like this", heading="3").text
