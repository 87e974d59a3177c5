"""What is delivered is what was previewed: every copy and language of the demo shop, over every channel."""

import json

import pytest

from app.run.demo import _campaigns
from app.store.campaigns import OF_CHANNEL, parts_of
from app.store.sends import Send
from tests.pages.test_messages import outbox
from tests.pages.test_messages_languages import speak

__all__ = ["outbox"]
ANNA = "anna.kowalska@example.com"
CAMPAIGNS = list(_campaigns())
GIVEN = {
    "order": {
        "number": "BK-7 <b>",
        "until": "20:00",
        "day": "today",
        "items": [{"name": "Bell & Co", "quantity": 2, "price": "1 200"}],
        "total": "2 400",
    },
    "product": {"name": "Фара «Луч»", "id": "1012", "price": "990"},
    "url": "https://r46.dev/x?a=1&b=2",
    "first_name": "Анна-Мария",
    "last_name": "O'Hara",
    "name": "Anna",
    "hours": 1,
    "code": "TEST-123",
    "promocode": "TEST-SPOKE",
    "discount": 20,
    "title": "Только сегодня",
    "subtitle": "",
    "body": "Rain & wind, “20 %”",
    "image": "https://shop.example.com/sale.png",
    "event": "product",
    "uri": "1012",
    "badge": "",
    "payload": "",
}


@pytest.fixture
def register(desk):
    """The register of the demo shop."""
    with desk.writing() as db:
        for campaign in _campaigns():
            campaign.shop_id = 1
            db.add(campaign)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_delivered_text_equals_previewed_text_for_every_copy(agent, marketer, register, outbox, desk, language):
    if language != "en":  # which is what she has
        speak(agent, language)
    for number, campaign in enumerate(CAMPAIGNS, start=1):
        before = len(outbox())
        page = marketer.get(f"/messages/new?campaign={number}&kind=transact").press("Write as JSON")
        fields = {"email": ANNA, "send_everywhere": "y", "json": json.dumps(GIVEN | {"language": language})}
        page = page.press("Look at what will be sent", **fields)
        page = page.press("Send the message")
        assert "REES46 took it" in page.text, campaign.code
        with desk.reading() as db:
            send = db.get_one(Send, int(page.path.rpartition("/")[2]))
        sent = {message.channel: without_empty(message.parts) for message in outbox()[: len(outbox()) - before]}
        assert sent == {
            channel: without_empty(said) for channel in OF_CHANNEL if (said := parts_of(channel, send.texts))
        }
        assert {message.language for message in outbox()[: len(sent)]} == {language}


def without_empty(parts):
    return {name: text for name, text in parts.items() if text}
