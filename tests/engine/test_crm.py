"""Bulk search: many customers by keys of one kind."""

import pytest

from app.engine.store.devices import PushToken, device_found_or_made
from app.rees46 import crm
from app.rees46.errors import Refused


@pytest.fixture
def search(shop):
    return lambda by, *ids: shop.send(crm.Search(by=by, ids=list(ids)))


@pytest.fixture
def people(keeper):
    keeper.save(email="email@example.com", external_id="1", phone="11111111111", loyalty_id="L01", loyalty_bonuses=300)
    keeper.save(
        email="email2@example.com",
        loyalty_id="L02",
        first_name="Thomas",
        last_name="Anderson",
        gender="m",
        birthday="1971-09-11",
        loyalty_bonuses=0,
    )


@pytest.mark.parametrize(
    ("by", "ids"),
    [
        ("loyalty_id", ("L01", "L02")),
        ("email", ("EMAIL@example.com", "email2@example.com")),
    ],
)
def test_customers_are_found_in_the_order_of_the_keys(people, search, by, ids):
    assert [found.loyalty_id for found in search(by, *ids)] == ["L01", "L02"]
    assert [found.loyalty_id for found in search(by, *reversed(ids))] == ["L02", "L01"]


def test_phone_and_own_id_are_keys_too(people, search):
    assert search("phone", "+1 111 111-11-11")[0].loyalty_id == "L01"
    assert search("external_id", "1")[0].loyalty_id == "L01"


def test_keys_of_nobody_are_absent_and_a_key_given_twice_counts_once(people, search):
    assert [found.email for found in search("loyalty_id", "L99", "L02", "L02")] == ["email2@example.com"]


def test_only_the_first_five_valid_birthdays_count(people, search):
    ignored = ["yesterday", "1971-13-40", ""]
    others = [f"2001-01-0{day}" for day in range(1, 6)]
    assert [found.loyalty_id for found in search("birthday", *ignored, *others[:4], "1971-09-11")] == ["L02"]
    assert search("birthday", *others, "1971-09-11") == []


def test_a_found_customer_has_the_24_documented_keys_and_null_for_what_is_unknown(people, wire):
    answer = wire.post(
        "/crm/search/bulk",
        json={
            "shop_id": "shop",
            "shop_secret": "shop-secret",
            "by": "loyalty_id",
            "ids": ["L01"],
        },
    )
    (found,) = answer.json
    assert list(found) == [
        "email",
        "external_id",
        "phone",
        "first_name",
        "last_name",
        "gender",
        "age",
        "birthday",
        "location",
        "email_bulk",
        "email_chain",
        "email_transactional",
        "web_push",
        "mobile_push",
        "sms_bulk",
        "sms_chain",
        "sms_transactional",
        "loyalty_id",
        "loyalty_location",
        "loyalty_status",
        "loyalty_bonuses",
        "loyalty_bonuses_to_next_level",
        "created_date",
        "device",
    ]
    assert {name for name, value in found.items() if value is not None} == {
        "email",
        "external_id",
        "phone",
        "loyalty_id",
        "loyalty_bonuses",
        "created_date",
    }


def test_consents_devices_and_pushes_are_told(people, keeper, search, database, db):
    keeper.manage(email="email@example.com", email_bulk=True, sms_bulk=False, did="d1")
    with database.writing() as writing:
        writing.at = db.at
        device = device_found_or_made(writing, "d1")
        token = {"kind": "web", "platform": "chrome", "token": "t", "created": writing.now}
        writing.add(PushToken(shop_id=writing.shop.id, device_id=device.id, **token))
    (found,) = search("loyalty_id", "L01")
    assert (found.email_bulk, found.sms_bulk, found.email_chain) == (True, False, None)
    assert (found.web_push, found.mobile_push, found.device) == (True, None, "d1")


def test_thousands_of_keys_are_one_call(keeper, search):
    keeper.import_(*({"loyalty_id": f"M{number}"} for number in range(520)))
    wanted = [f"M{number}" for number in range(1100)]
    assert [found.loyalty_id for found in search("loyalty_id", *wanted)] == wanted[:520]


def test_another_kind_of_key_is_refused(wire):
    said = {"shop_id": "shop", "shop_secret": "shop-secret", "ids": ["a"]}
    assert wire.post("/crm/search/bulk", json=said | {"by": "name"}).status_code == 400
    assert wire.post("/crm/search/bulk", json=said).status_code == 400


def test_searching_needs_the_secret(sdk):
    with pytest.raises(Refused):
        sdk.send(crm.Search(by="email", ids=["a@b.c"]))
