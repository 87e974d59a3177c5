"""Bringing codes into a list: looked through first, sent in parts, counted before and after."""

import pytest

from app.pages.promo_codes.sending import KIND
from app.store import promo_batches, works
from app.store.base import now
from app.store.promo_batches import PromoBatch
from app.store.works import Work
from tests.adapters import Answering, Dead, Silent, over, trouble
from tests.page import filled, upload

PRINTED = "Abandoned cart trigger discount codes"


def bring(visitor, codes="", list_id="3184", **more):
    return visitor.get("/promo_codes/upload").press("Check the codes", list=list_id, codes=codes, **more)


def send(page, **more):
    return page.press("Upload the codes", **more)


def figures(page):
    """The figures of a page by their names."""
    return {dt.get_text(): dt.find_next("dd").get_text() for dt in page.dom.select(".stat dt")}


def left(visitor):
    return int(visitor.get("/promo_codes/").row(PRINTED)[2])


def batches(desk):
    with desk.reading() as db:
        return db.query(PromoBatch).all()


def test_what_is_wrong_is_found_before_anything_is_sent(marketer):
    before = left(marketer)
    page = bring(
        marketer, "code\nAAA111\nBBB222\n\nAAA111\nCCC 33\nDDD444\nEEE55555\nАAF666\nggg777\nGGG777\nHHH888\x01"
    )
    found = figures(page)
    assert found["Different codes"] == "8"
    assert (found["Repeated"], found["Blank rows"], found["Cannot be uploaded"]) == ("1", "1", "1")
    assert page.row("the same as row 2")[0] == "5"
    assert page.row("a space inside")[1] == "CCC 33"
    assert page.row("Latin and Cyrillic")[0] == "9"
    assert page.row("only in upper and lower case")
    assert page.row("8 characters")[1] == "EEE55555"
    assert "“code”, was taken for a heading" in page.text
    assert left(marketer) == before


def test_the_true_count_before_and_after_is_told(marketer):
    first = send(bring(marketer, "NEW-1\nNEW-2\nNEW-3"))
    assert "All 3 codes were added" in first.text
    again = send(bring(marketer, "NEW-2\nNEW-3\nNEW-4"))
    found = figures(again)
    assert (found["Left before"], found["Left after"]) == ("33", "34")
    assert (found["Accepted"], found["Not accepted"]) == ("1", "2")
    assert "1 accepted" in marketer.get("/promo_codes/batches").text


def test_odd_codes_are_left_out_unless_it_is_said(marketer):
    assert figures(send(bring(marketer, "AB 1\nCD2")))["Sent"] == "1"
    assert figures(send(bring(marketer, "AB 1\nCD3"), odd="y"))["Sent"] == "2"


def test_codes_of_unusual_length_can_be_left_out(marketer):
    page = bring(marketer, "AA11\nBB22\nCC33\nDD44\nLONGER-ONE")
    form, _button = page.form("Upload the codes")
    assert "checked" in form.find(".//input[@name='unusual']").attrib
    data = {"csrf_token": filled(form)["csrf_token"], "list": "3184"}
    assert figures(marketer.post(page.path, data))["Sent"] == "4"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("codes.csv", "Name;Promo code\nSpring;FILE-1\nSpring;FILE-2\n"),
        ("codes.tsv", "FILE-1\tSpring\nFILE-2\tSpring\n"),
        ("codes.txt", "FILE-1\r\nFILE-2\r\n"),
        ("codes.csv", "название;промокод\nВесна;FILE-1\nВесна;FILE-2\n".encode("cp1251")),
        ("codes.csv", "FILE-1\nFILE-2\n".encode("utf-16")),
    ],
)
def test_a_file_is_read_and_its_column_of_codes_found(marketer, name, content):
    page = bring(marketer, file=upload(content, name))
    assert page.h1 == "Check the codes"
    assert "FILE-1" in page.text
    assert figures(page)["Different codes"] == "2"


def test_the_column_can_be_named_by_heading_or_letter(marketer):
    for column in ("B", "second"):
        page = bring(marketer, file=upload("first,second\nx1,CODE-B1\nx2,CODE-B2\n"), column=column)
        assert "CODE-B1" in page.text
    assert "no column “Z”" in bring(marketer, file=upload("a,b\n1,2\n"), column="Z").text


NO_CODES = [
    {"codes": ""},
    {"codes": "  \n\n"},
    {"codes": "code"},
    {"codes": "A", "list_id": ""},
    {"codes": "A", "list_id": "nonsense"},
    {"codes": "A\0B"},
    {"codes": "\n".join(f"C{number}" for number in range(50_001))},
    {"codes": "A", "file": upload("B", "b.csv")},
    {"file": upload(b"PK\x03\x04 broken", "b.xlsx")},
    {"file": upload(b"\xd0\xcf\x11\xe0", "b.xls")},
    {"file": upload(b"\0\1\2", "b.csv")},
]


def test_what_holds_no_codes_is_refused(marketer, desk):
    for fields in NO_CODES:
        page = bring(marketer, **fields)
        assert page.status == 422, fields
        assert page.errors, fields
    assert batches(desk) == []


def test_many_codes_go_in_parts(marketer, desk):
    page = send(bring(marketer, "\n".join(f"MANY-{number:05}" for number in range(2500))))
    assert figures(page)["Accepted"] == "2,500"
    assert [batch.tries for batch in batches(desk)] == [3]


def test_a_cut_off_upload_goes_on_where_it_stopped(app, marketer, desk, monkeypatch):
    monkeypatch.setattr("app.pages.promo_codes.views.batches.SECONDS", 0.0)
    page = send(bring(marketer, "\n".join(f"CUT-{number:05}" for number in range(1500))))
    assert page.h1 == "Uploading codes"
    assert "0 of 1,500" in page.text
    monkeypatch.undo()
    assert figures(page.press("Continue"))["Accepted"] == "1,500"


def test_a_batch_that_somebody_sends_right_now_is_not_sent_twice(app, marketer, desk):
    page = bring(marketer, "BUSY-1\nBUSY-2")
    with desk.writing() as db:
        batch = db.query(PromoBatch).one()
        promo_batches.start(db, batch.id, list_id="3184", list_name=PRINTED, codes=["BUSY-1", "BUSY-2"], before=30)
        works.add(db, Work(shop_id=1, person_id=1, person="Anna", kind=KIND, subject=batch.key, total=2))
        works.claim(db, "another worker")
    again = marketer.post(page.path, {})
    assert "Running" in again.text
    assert left(marketer) == 30


def test_sending_twice_sends_once(marketer):
    page = bring(marketer, "TWICE-1\nTWICE-2")
    send(page)
    again = send(page)
    assert figures(again)["Accepted"] == "2"
    assert left(marketer) == 32


@pytest.mark.parametrize("adapter", [Silent(), Dead(), Answering(500), Answering(503), Answering(429)])
def test_nothing_is_lost_when_rees46_is_in_trouble(app, marketer, adapter):
    page = bring(marketer, "SAFE-1\nSAFE-2")
    trouble(app, adapter, only="/promo_codes", method="POST")
    page = send(page)
    assert "safe" in page.messages
    over(app, adapter)
    button = "Continue" if page.h1 == "Uploading codes" else "Upload the codes"
    assert figures(page.press(button))["Accepted"] == "2"


def test_what_was_found_stands_when_the_lists_cannot_be_read(app, marketer):
    page = bring(marketer, "HERE-1\nHERE 2")
    silent = trouble(app, Silent())
    again = marketer.get(page.path)
    assert "HERE-1" in again.text
    assert "did not answer" in again.text
    assert "did not answer" in marketer.post(page.path, {"list": "3184"}).text
    over(app, silent)
    assert figures(send(page))["Accepted"] == "1"


def test_a_list_that_vanished_can_be_chosen_anew(app, marketer):
    page = bring(marketer, "GONE-1")
    assert send(page, list="nonsense").status == 422
    assert figures(send(page, list="3185"))["Accepted"] == "1"


def test_codes_people_brought_are_dropped_after_they_were_sent(marketer, desk):
    send(bring(marketer, "DROP-1\nDROP-2"))
    assert [batch.codes for batch in batches(desk)] == [[]]


def test_codes_nobody_sent_are_forgotten_after_a_week(marketer, desk):
    bring(marketer, "OLD-1")
    with desk.writing() as db:
        db.query(PromoBatch).one().forget -= promo_batches.KEPT * 2
    bring(marketer, "NEW-1")
    with desk.writing() as db:
        promo_batches.forget_old(db, now() - promo_batches.KEPT)
    assert [batch.codes for batch in batches(desk)] == [[], ["NEW-1"]]


def test_others_may_not_upload(marketer, agent, viewer):
    page = bring(marketer, "MINE-1")
    for visitor in (agent, viewer):
        assert visitor.get(page.path).status == 403
        assert visitor.post(page.path, {"list": "3184"}).status == 403
        assert visitor.get(f"{page.path}/codes.csv").status == 403
