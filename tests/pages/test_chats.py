"""Chats saved with their customer, and push tokens."""

import json
from io import BytesIO

import pytest
from sqlalchemy import select

from app.engine.store.chats import Chat
from app.pages.chats import logs
from app.store.acts import Act
from app.store.sent_chats import SentChat
from tests.adapters import Answering, trouble

ANNA = "anna.kowalska@example.com"
LINES = "[10:31] Anna: Where is my parcel?\nIt was due on Monday.\n[10:32] Oleg: I look."


def kept(box):
    with box.extensions["db"].reading() as db:
        return list(db.scalars(select(Chat)))


def save(visitor, text=LINES, **more):
    return visitor.get("/chats/add").press("Save the chat", text=text, **more)


def test_a_pasted_chat_is_saved_with_its_customer_and_not_kept_here(box, desk, agent):
    page = save(agent, who=ANNA, code="c-1")
    assert page.path.startswith("/customers/")
    assert "Saved: 2 messages, as c-1." in page.messages
    assert "Saved a chat log" in page.text
    chat = kept(box)[0]
    assert chat.data["messages"][0] == {
        "at": "10:31",
        "author": "Anna",
        "text": "Where is my parcel?\nIt was due on Monday.",
    }
    assert agent.get("/chats/").row("c-1")[2] == "2"
    with desk.reading() as db:
        act = db.scalars(select(Act).where(Act.what == "chats.Save")).one()
        assert act.asked == {"code": "c-1", "platform": "livetex", "messages": 2}
        assert act.customer_id == db.scalars(select(SentChat)).one().customer_id


def test_a_file_of_the_platform_is_saved_as_it_is(box, agent):
    told = {"chat_id": 77, "visitor": {"email": ANNA}, "messages": [{"text": "Hi"}, {"text": "Hello"}]}
    file = (BytesIO(json.dumps(told).encode()), "chat.json")
    page = agent.post("/chats/add", {"file": file})
    assert "The log names this customer." in page.text
    page = page.press("Save the chat")
    assert "Saved: 2 messages, as 77." in page.messages
    assert kept(box)[0].data == told


def test_the_same_code_again_is_asked_about(box, agent):
    save(agent, who=ANNA, code="c-1")
    page = save(agent, "Anna: other", who=ANNA, code="c-1")
    assert page.status == 422
    assert "Saving again replaces it." in page.text
    assert "Saved: 1 message" in page.press("Save the chat", replaces="y").messages
    assert [chat.data["messages"][0]["text"] for chat in kept(box)] == ["other"]


@pytest.mark.parametrize(
    ("text", "who", "words"),
    [
        ("", ANNA, "The log is empty."),
        ("{broken", ANNA, "cannot be read"),
        ("{}", ANNA, "has to be an object"),
        ("good morning", ANNA, "has no author"),
        (LINES, "nobody@example.com", "knows no such customer"),
        (LINES, "", "names nobody"),
        ("a: anna.kowalska@example.com 79990000002", "", "names several"),
        (LINES, f"{ANNA} 79990000002", "several people"),
    ],
)
def test_what_cannot_be_saved_is_said_and_what_was_typed_stays(box, agent, text, who, words):
    page = save(agent, text, who=who)
    assert page.status == 422
    assert words in page.text
    assert kept(box) == []


def test_a_refusal_stands_on_the_form(app, agent, viewer):
    assert "No chat was saved from here" in viewer.get("/chats/").text
    trouble(app, Answering(400, json.dumps({"status": "error", "message": "No chats"}).encode()), "/chat_reports")
    assert "No chats" in save(agent, who=ANNA).text
    assert viewer.get("/chats/add").status == 403


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("Anna: hi\nOleg: hello", 2),
        ("10:31 Anna: hi", 1),
        ("[21.11.2026 10:31:02] Анна К.: привет\nи ещё", 1),
        ('[{"text": "hi"}]', 1),
        ('{"data": {"log": [{"t": 1}, {"t": 2}]}}', 2),
        ('{"text": "no list"}', 0),
    ],
)
def test_messages_are_counted_however_a_log_looks(app, text, messages):
    with app.test_request_context():
        assert logs.read(text).messages == messages
