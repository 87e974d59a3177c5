"""Push tokens: registered for a device, known by their end."""

import json

import pytest
from sqlalchemy import select

from app.engine.store.devices import PushToken
from app.store.acts import Act
from tests.adapters import Answering, trouble

TOKEN = "fcm-0123456789abcdef"


def register(visitor, **said):
    given = {"did": "device-1", "token": TOKEN, "platform": "android"} | said
    return visitor.get("/push_tokens/add").press("Register it", **given)


def test_a_token_is_registered_and_known_by_its_end(box, desk, marketer):
    page = register(marketer)
    assert "mobile push reaches this device now" in page.messages
    assert page.row("device-1")[1:3] == ["•••abcdef", "Android (Firebase)"]
    assert TOKEN not in marketer.get("/push_tokens/").html
    with box.extensions["db"].reading() as db:
        assert TOKEN in [row.token for row in db.scalars(select(PushToken))]
    with desk.reading() as db:
        act = db.scalars(select(Act).where(Act.what == "push_tokens.Add")).one()
    assert act.asked == {"did": "device-1", "platform": "android", "token": "•••abcdef"}


def test_a_token_moves_to_the_device_that_registered_it_last(marketer):
    register(marketer)
    register(marketer, did="device-2")
    assert [row[0] for row in marketer.get("/push_tokens/").rows()] == ["device-2"]
    assert "Nothing matches" in marketer.get("/push_tokens/?did=device-1").text


@pytest.mark.parametrize("wrong", [{"did": " "}, {"token": ""}, {"token": "x" * 1025}, {"stream": "no spaces"}])
def test_what_is_no_token_is_refused_at_its_field(marketer, wrong):
    assert register(marketer, **wrong).status == 422
    assert "No token was registered" in marketer.get("/push_tokens/").text


def test_a_refusal_stands_on_the_form(app, marketer, viewer):
    body = json.dumps({"status": "error", "message": "No tokens"}).encode()
    trouble(app, Answering(400, body), "/mobile_push_tokens")
    assert "No tokens" in register(marketer).text
    assert viewer.get("/push_tokens/add").status == 403
