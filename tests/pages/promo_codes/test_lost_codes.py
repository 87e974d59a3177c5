"""No code is lost on the way from a file or a paste without being counted and named."""

import pytest

from tests.page import upload

NAMES = ("Different codes", "Blank rows", "Cannot be uploaded")


def figures(page):
    every = {
        one.dt.get_text(strip=True): one.dd.get_text(" ", strip=True).split()[0] for one in page.dom.select(".stat")
    }
    return [int(every[name]) for name in NAMES]


def brought(marketer, content):
    return marketer.get("/promo_codes/upload").press("Check the codes", list="3184", file=upload(content, "codes.csv"))


@pytest.mark.parametrize("content", ["AAA1,AAA2,AAA3\n", "AAA1;AAA2\nAAA3;AAA4\n", "1001;1002\n1003;1004\n"])
def test_several_columns_of_codes_without_a_heading_are_not_read_as_one(marketer, content):
    page = brought(marketer, content)
    assert page.status == 422
    assert any("Several columns hold what may be codes." in words for words in page.errors)


def test_a_column_that_is_named_is_taken_all_the_same(marketer):
    page = marketer.get("/promo_codes/upload").press(
        "Check the codes", list="3184", column="B", file=upload("AAA1;AAA2\nAAA3;AAA4\n", "codes.csv")
    )
    assert figures(page) == [2, 0, 0]


def test_numbers_beside_codes_are_no_codes(marketer):
    assert figures(brought(marketer, "AAA-1;500\nAAA-2;300\n")) == [2, 0, 0]


@pytest.mark.parametrize(
    ("content", "row"),
    [
        ("code\n7,91612E+10\nABC\n", ["2", "7 91612E+10", "the row has more cells than there are columns"]),
        ("code;x\n7,91612E+10;1\nABC;2\n", ["2", "7,91612E+10", "a spreadsheet cut this number"]),
        ("code\n#REF!\nABC\n", ["2", "#REF!", "an error of a spreadsheet, or a formula that was never computed"]),
    ],
)
def test_what_a_spreadsheet_spoilt_is_named_and_not_uploaded(marketer, content, row):
    page = brought(marketer, content)
    assert figures(page) == [1, 0, 1]
    assert row in page.rows()


def test_words_for_nothing_are_blank_and_counted(marketer):
    assert figures(brought(marketer, "code\nNULL\nnone\n-\nABC\n")) == [1, 3, 0]


@pytest.mark.parametrize("pasted", ["AAA1, AAA2, AAA3", "AAA1|AAA2|AAA3", "AAA1;AAA2\nAAA3", "AAA1\tAAA2\tAAA3"])
def test_of_a_paste_each_code_counts(marketer, pasted):
    page = marketer.get("/promo_codes/upload").press("Check the codes", list="3184", codes=pasted)
    assert figures(page) == [3, 0, 0]
