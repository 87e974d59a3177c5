"""Messages with copies and files: by the newer call, looked at before they go, and past no allow-list."""

import io

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.database import Database
from app.engine.store.messages import Message, MessageFile
from app.rees46 import messages
from app.store.acts import Act
from app.store.brought_files import BroughtFile
from app.store.exchanges import Exchange
from app.store.shops import Shop

ANNA = "anna.kowalska@example.com"
CODE = "order_delivered"


@pytest.fixture
def box_rows(settings):
    database = Database(settings.box_database, Session)

    def read(model):
        with database.reading() as db:
            return list(db.scalars(select(model).order_by(model.id.desc())))

    return read


def written(visitor, **more):
    page = visitor.get("/messages/new?kind=transact")
    return page.press("Look at what will be sent", code=CODE, email=ANNA, **more)


def bill():
    return (io.BytesIO(b"%PDF-"), "bill.pdf")


def test_copies_and_files_are_looked_at_and_go_along(marketer, box_rows, desk):
    page = written(marketer, cc="boss@example.com, two@example.com", bcc="log@example.com", files=bill(), test="y")
    assert page.h1 == "Look before it goes"
    for words in (
        "boss@example.com, two@example.com",
        "log@example.com",
        "bill.pdf 5 B",
        "not counted",
        "file_1=@bill.pdf",
    ):
        assert words in page.text
    page = page.press("Send the message")
    assert "REES46 took it" in page.text
    sent, kept = box_rows(Message)[0], box_rows(MessageFile)[0]
    assert (sent.channel, sent.cc, sent.bcc, sent.is_test) == (
        "email",
        ["boss@example.com", "two@example.com"],
        ["log@example.com"],
        True,
    )
    assert (kept.name, kept.size) == ("bill.pdf", 5)
    with desk.reading() as db:
        assert db.scalars(select(BroughtFile)).all() == []
        act = db.scalars(select(Act).where(Act.what == "messages.Transact")).one()
        assert act.asked["files"][0]["name"] == "bill.pdf"
        assert "content" not in act.asked["files"][0]
        assert "JVBERi" not in str(db.scalars(select(Exchange).where(Exchange.act_id == act.id)).one().asked)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"cc": "no address"}, "This is not an e-mail address."),
        ({"files": bill()}, "Files may have 10 MB together."),
    ],
)
def test_what_cannot_go_along_is_refused_before_anything_is_kept(marketer, more, words, desk, monkeypatch):
    monkeypatch.setattr(messages, "LARGEST_FILES", 4)
    page = written(marketer, **more)
    assert page.status == 422
    assert words in page.text
    with desk.reading() as db:
        assert db.scalars(select(BroughtFile)).all() == []


def test_a_copy_passes_the_allow_list_of_a_live_shop_too(marketer, agent, desk):
    marketer.get("/messages/recipients").press("Add to the list", who=ANNA, whose="Anna")
    with desk.writing() as db:
        db.query(Shop).filter_by(slug="demo").one().kind = "live"
    assert "Not to this recipient" not in written(agent).text
    assert "Not to this recipient" in written(agent, cc="stranger@example.com").text


def test_files_that_are_gone_have_to_be_chosen_again(marketer, desk, box_rows):
    page = written(marketer, files=bill())
    with desk.writing() as db:
        db.query(BroughtFile).delete()
    before = len(box_rows(Message))
    page = page.press("Send the message")
    assert "choose them again" in page.text
    assert len(box_rows(Message)) == before
    again = page.follow("Change it")
    assert "have to be chosen again" in again.text


def test_a_call_with_files_is_not_sent_again_from_the_log_without_them(marketer, admin, desk):
    written(marketer, files=bill()).press("Send the message")
    with desk.reading() as db:
        key = db.scalars(select(Exchange.key).where(Exchange.operation == "messages.Transact")).one()
    assert admin.get(f"/requests/{key}").status == 200
    assert admin.post(f"/requests/{key}", {"reason": "x"}).status < 500


def test_a_campaign_of_the_register_may_go_by_the_newer_call(marketer):
    campaign = {"name": "Letter", "code": CODE, "variables": "order.number", "email_subject": "Hi {{ order.number }}"}
    marketer.get("/messages/new?kind=transact").follow("Add a campaign").press("Add the campaign", **campaign)
    page = marketer.get("/messages/new").follow("Letter").follow("With copies and files")
    assert page.dom.find("input", {"name": "cc"})
    page = page.press("Look at what will be sent", email=ANNA)
    assert "the first of the campaign that reaches the customer" in page.text
