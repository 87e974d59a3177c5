"""Codes are found in the column that holds them, which is shown and can be chosen; codes in other lists are told."""

import pytest
from flask import Flask
from flask_babel import Babel
from sqlalchemy import select

from app.pages.promo_codes.columns import are_running, column_of_codes, read_codes
from app.pages.promo_codes.inspection import is_table, odd
from app.store.promo_uploads import PromoUpload
from app.web.tables.reading import AS_LIKELY
from tests.page import upload


@pytest.fixture
def somewhere():
    app = Flask(__name__)
    Babel(app)
    with app.test_request_context():
        yield


ROWS = "\n1;RUN-1A;10\n2;RUN-2B;10\n3;RUN-3C;15\n4;RUN-4D;10\n"


@pytest.mark.usefixtures("somewhere")
@pytest.mark.parametrize(
    ("content", "first"),
    [
        ("id;coupon_code;amount" + ROWS, "RUN-1A"),
        ("№;Промокод;Скидка" + ROWS, "RUN-1A"),
        (ROWS.lstrip(), "RUN-1A"),
        ("code;value\n10%;AAA1\n10%;BBB2\n10%;CCC3\n", "AAA1"),
        ("Codes of spring\n\nid;voucher;sum" + ROWS, "RUN-1A"),
        ("SPRING\nSUMMER\nAUTUMN\n", "SPRING"),
        ("code\nSPRING\nSUMMER\n", "SPRING"),
        ("promo code,mail\nA1B2,a@x.example\nC3D4,b@x.example\n", "A1B2"),
        ("100001\n100002\n100003\n", "100001"),
        ("date;code\n2026-01-01;X1\n2026-01-02;X2\n", "X1"),
    ],
)
def test_the_column_of_codes_is_told_by_heading_and_cells(content, first):
    table = read_codes(content.encode(), AS_LIKELY)
    assert table.rows[0].cells[column_of_codes(table)] == first


def test_short_running_numbers_are_suspicious():
    assert are_running(["1", "2", "3", "4"])
    assert not are_running(["1234567", "1234568", "1234569"])
    assert not are_running(["17", "905", "66012"])
    assert set(odd(["1", "2", "3"]).values()) == {"running"}


def test_pasted_text_with_a_heading_of_codes_is_a_table():
    assert is_table("id;coupon_code;amount\n1;A;2")
    assert not is_table("A1;B2\nC3")
    assert not is_table("code\nA1")


def bring(visitor, content, list_id="3184", name="codes.csv"):
    return visitor.get("/promo_codes/upload").press("Check the codes", list=list_id, file=upload(content, name))


def test_the_page_names_the_column_and_lets_one_choose(marketer):
    page = bring(marketer, "id;coupon_code;amount\n" + "".join(f"{n};RUN-{n}X;1{n}0\n" for n in range(1, 8)))
    chosen = page.dom.select_one("#reading input[checked]")
    assert page.dom.find("label", {"for": chosen["id"]}).get_text() == (
        "coupon_code: RUN-1X · RUN-2X · RUN-3X · RUN-4X · RUN-5X"
    )
    other = page.press("Read it like this", column="0")
    assert "a short number in a row of numbers" in other.text
    again = other.press("Read it like this", column="1")
    assert "RUN-1X" in again.dom.find(id="sample").get_text()


def test_a_file_can_be_read_in_another_way(marketer):
    page = bring(marketer, "промокод;сумма\nВЕСНА1;10\nВЕСНА2;20\n".encode("cp1251"))
    assert page.dom.select_one("select[name=encoding] option[selected]")["value"] == "cp1251"
    assert "ВЕСНА1" not in page.press("Read it like this", encoding="cp1252").text
    assert "ВЕСНА1" in page.press("Read it like this", encoding="cp1251").text


def test_codes_that_stand_in_another_list_are_warned_of(marketer, desk):
    bring(marketer, "OLD-A1\nOLD-A2\nOLD-A3\n").press("Upload the codes", list="3184")
    lists = [one["value"] for one in marketer.get("/promo_codes/upload").dom.select("select[name=list] option")]
    other = next(one for one in lists if one not in {"", "3184"})
    page = bring(marketer, "old-a1\nOLD-A2\nNEW-B1\n", list_id=other)
    assert "2 of these codes stand in list 3184 already" in page.text
    refused = page.press("Upload the codes")
    assert "Nothing was uploaded: these codes stand in another list." in refused.text
    assert "3 codes were added" in refused.press("Upload the codes", elsewhere="y").text
    with desk.reading() as db:
        kept = db.scalars(select(PromoUpload)).all()
    assert len(kept) == 6
    assert not any("OLD" in row.code or "OLD" in row.digest for row in kept)


def test_the_same_codes_to_the_same_list_need_no_word(marketer):
    bring(marketer, "SAME-1\nSAME-2\n").press("Upload the codes")
    page = bring(marketer, "SAME-1\nSAME-2\n")
    assert "stand in list 3184 already" in page.text
    assert "Accepted" in page.press("Upload the codes").text
