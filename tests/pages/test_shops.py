"""Shops: their keys, their addresses, and which one is in use."""

import pytest

from app.store.shops import Shop
from tests.adapters import Dead, trouble

NEW = {"name": "Third", "shop_id": "demo", "secret": "demo-secret", "kind": "live", "colour": "red"}


def test_a_shop_is_added_and_its_connection_tried(admin):
    page = admin.get("/shops/add").press("Add the shop", **NEW)
    assert page.h1 == "Third"
    assert "It works" in page.press("Try the connection").messages


def test_a_wrong_secret_is_found_by_trying(admin):
    page = admin.get("/shops/add").press("Add the shop", **NEW | {"secret": "wrong"})
    assert "REES46 does not accept the keys of this shop" in page.press("Try the connection").messages


def test_a_dead_rees46_is_said_in_words(app, admin):
    trouble(app, Dead())
    assert "REES46 did not answer." in admin.get("/shops/1").press("Try the connection").messages


def test_the_secret_is_encrypted_and_never_shown(desk, admin):
    admin.get("/shops/add").press("Add the shop", **NEW | {"secret": "very-secret-words"})
    with desk.reading() as db:
        kept = db.get(Shop, 3)
    assert "very-secret-words" not in str(vars(kept))
    assert "very-secret-words" not in admin.get("/shops/3").html
    assert kept.fingerprint in admin.get("/shops/3").text


def test_an_empty_secret_keeps_the_present_one(admin):
    page = admin.get("/shops/1").press("Save the shop", name="Renamed", secret="")
    assert page.h1 == "Renamed"
    assert "It works" in page.press("Try the connection").messages


@pytest.mark.parametrize(
    "address", ["ftp://x.test", "javascript:alert(1)", "https://me:pw@x.test", "https://x.test/?a=1"]
)
def test_an_address_that_is_none_is_refused(admin, address):
    page = admin.get("/shops/1").press("Save the shop", api_url=address)
    assert page.status == 422
    assert "This is not a web address." in page.errors


def test_the_shop_in_use_stands_on_every_page_and_can_be_switched(agent):
    page = agent.get("/trail/")
    assert "Demo" in page.dom.select_one(".shop").get_text()
    page = agent.post("/shops/switch", {"shop": "2"})
    assert "Second" in page.dom.select_one(".shop").get_text()
    assert page.dom.body["data-tone"] == "amber"


@pytest.mark.parametrize("number", ["", "99", "x", "²", "9" * 400])
def test_switching_to_nothing_changes_nothing(agent, number):
    assert agent.post("/shops/switch", {"shop": number}).status == 404


def test_a_key_that_cannot_be_read_any_more_is_said_in_words(app, desk, admin):
    with desk.writing() as db:
        db.get(Shop, 1).locked_secret = "garbage"
    page = admin.get("/shops/1").press("Try the connection")
    assert "DESK46_SECRET_KEY has changed" in page.messages


@pytest.mark.parametrize(
    ("name", "slug"), [("Вело и Спорт", "velo-i-sport"), ("  Demo! ", "demo-2"), ("★", "shop"), ("x" * 120, "x" * 50)]
)
def test_a_new_shop_gets_an_address_of_its_own_that_stays_when_it_is_renamed(admin, name, slug):
    page = admin.get("/shops/add").press("Add the shop", **NEW | {"name": name})
    assert f"/s/{slug}/" in page.text
    assert f"/s/{slug}/" in page.press("Save the shop", name="Another name").text
    assert f"/s/{slug}/" in admin.get("/shops/").row("Another name")
    assert admin.get(f"/s/{slug}/trail/").dom.select_one(".shop-name").get_text() == "Another name"


def test_switching_in_one_tab_changes_no_other(agent):
    tab_a = agent.get("/s/demo/segments/add")
    agent.post("/shops/switch", {"shop": "2"})
    preview = tab_a.press("Look first", who="anna.kowalska@example.com", segment_id="313")
    assert preview.full_path.startswith("/s/demo/")
    assert preview.dom.select_one(".shop-name").get_text() == "Demo"
    assert {link["href"].split("/")[2] for link in preview.dom.select("a[href^='/s/']")} == {"demo"}


def test_channels_are_off_until_they_are_ticked_and_then_subscriptions_show_and_change_them(admin, desk):
    def panel():
        return admin.get("/subscriptions/").press("Show subscriptions", who="anna.kowalska@example.com")

    assert "Telegram" not in panel().text
    admin.get("/shops/1").press("Save the shop", channels=["telegram", "wallet"])
    with desk.reading() as db:
        assert db.get(Shop, 1).channels == ["telegram", "wallet"]
    page = panel()
    assert "Telegram" in page.text
    assert "WhatsApp" not in page.text
    page = page.follow("Change them").press("Look what changes", telegram_bulk="true", wallet_bulk="true")
    page = page.press("Change 2 subscriptions")
    assert "Changed and read back" in page.messages
    admin.get("/shops/1").press("Save the shop", channels=[])
    assert "Telegram" not in panel().text


@pytest.mark.parametrize("address", ["/shops/1", "/shops/1/chat"])
def test_a_form_sent_without_the_field_of_the_secret_keeps_the_present_one(desk, admin, address):
    facts = {"name": "Demo shop", "kind": "test", "colour": "blue", "shop_id": "demo", "chat_url": ""}
    with desk.reading() as db:
        before = db.get_one(Shop, 1).locked_secret
    headers = {"X-CSRFToken": admin.token()}
    for sent in ({"data": facts | {"active": "y"}}, {"json": None}, {"json": [1, 2]}):
        assert admin.client.post(address, headers=headers, **sent).status_code < 500
    with desk.reading() as db:
        shop = db.get_one(Shop, 1)
    assert (shop.locked_secret, shop.locked_chat_secret) == (before, "")
