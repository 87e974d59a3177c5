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


def many(number, page=PAGE):
    return "url;code\n" + "\n".join(f"{page}/{place};c{place}" for place in range(number))


def through(page):
    """Go on until all links are created: a request only spends some seconds on it."""
    while page.h1 == "Creating the links":
        page = page.press("Continue")
    return page


def test_more_than_a_hundred_codes_are_replaced_by_typing_their_number(marketer, desk):
    through(bring(marketer, many(120)).press("Create the links"))
    page = bring(marketer, many(120, "https://new.example"))
    assert page.row("https://new.example/119")[2] == f"{PAGE}/119"  # also what is beyond the first hundred is seen
    wrong = page.press("Create the links", replace_all="12")
    assert wrong.status == 422
    assert "Nothing was created. To replace all of these codes, type 120 here." in wrong.errors
    assert len(kept(desk)) == 120
    done = through(wrong.press("Create the links", replace_all="120"))
    assert done.h1 == "120 short links"
    assert [one.state for one in kept(desk)] == ["replaced"] * 120 + ["made"] * 120
    assert len(done.dom.select_one("#links .cluster [data-copy]")["data-copy"].split()) == 120


def test_replacing_all_is_refused_when_other_links_have_the_codes_meanwhile(marketer, desk):
    bring(marketer, many(2)).press("Create the links")
    page = bring(marketer, many(2, "https://new.example"))
    bring(marketer, many(2, "https://other.example")).press("Create the links", replace_all="2")
    late = page.press("Create the links", replace_all="2")
    assert late.status == 422
    assert "Other links have some of these codes now" in late.text
    assert "https://other.example/0" in late.text
    assert len(kept(desk)) == 4


def test_a_batch_is_found_again_from_the_list_and_from_each_of_its_links(marketer):
    made = bring(marketer, f"{PAGE}/1\n{PAGE}/2\n{PAGE}/3")
    draft = bring(marketer, f"{PAGE}/4 10 own")
    rows = marketer.get("/links/").follow("Batches").rows()
    assert [row[1:] for row in rows] == [["Marketer", "0", "To be checked"], ["Marketer", "3", "Begun"]]
    link = made.dom.select_one("#links th a")["href"]
    assert marketer.get(link).follow("All links that were brought with it").path == made.path
    assert marketer.get("/s/second/links/batches").rows() == []
    assert draft.path in marketer.get("/s/demo/links/batches").html
