"""Chats: logs of conversations held elsewhere."""

import json

import pytest

from app.engine.store.chats import Chat
from app.rees46 import chats
from app.rees46.errors import Refused

ANNA = "anna@example.com"
TALK = {"messages": [{"from": "visitor", "text": "Здравствуйте"}]}


def test_a_chat_is_kept_and_the_same_code_replaces_it(shop, db):
    shop.send(chats.Save(email=ANNA, code="c1", platform="livetex", data={"messages": []}))
    shop.send(chats.Save(email=ANNA, code="c1", platform="livetex", data=TALK))
    assert [one.data for one in db.query(Chat)] == [TALK]


def test_the_conversation_may_come_as_text_in_a_form(wire, db):
    said = {
        "shop_id": "shop",
        "shop_secret": "shop-secret",
        "phone": "+7 999 000-00-01",
        "code": "c2",
        "platform": "livetex",
        "data": json.dumps(TALK),
    }
    assert wire.post("/chat_reports", data=said).json == {"status": "success"}
    multipart = wire.post("/chat_reports", data=said | {"code": "c3"}, content_type="multipart/form-data")
    assert multipart.json == {"status": "success"}
    assert [one.data for one in db.query(Chat)] == [TALK, TALK]


@pytest.mark.parametrize("wrong", [{"platform": "icq"}, {"data": "[]"}, {"data": "text"}, {"code": ""}, {"email": ""}])
def test_what_makes_no_sense_is_refused(wire, db, wrong):
    said = {
        "shop_id": "shop",
        "shop_secret": "shop-secret",
        "email": ANNA,
        "code": "c",
        "platform": "livetex",
        "data": "{}",
    }
    assert wire.post("/chat_reports", data=said | wrong).status_code == 400
    assert db.query(Chat).count() == 0


def test_another_shop_has_its_own_codes(shop, other_shop, db):
    for one in (shop, other_shop):
        one.send(chats.Save(email=ANNA, code="c1", platform="livetex", data=TALK))
    assert db.query(Chat).count() == 2


def test_the_secret_is_needed(sdk):
    with pytest.raises(Refused):
        sdk.send(chats.Save(did="d", code="c1", platform="livetex", data=TALK))
