"""Customers, orders and devices that the reference's own examples name, so that these work as they are printed."""

from __future__ import annotations

from datetime import date, timedelta

from app.engine.seed.person import ANCHOR, EMAIL, SMS, Person, Purchase

ALL = EMAIL + SMS


def printed() -> list[Person]:
    return [*_found_by_loyalty_id(), *_imported(), *_subscribed(), *_devices_and_orders()]


def _found_by_loyalty_id() -> list[Person]:
    """L01 and L02, with the values that "Bulk search by attribute" answers."""
    return [
        Person(
            [("email", "email@example.com"), ("external_id", "1"), ("phone", "11111111111"), ("loyalty_id", "L01")],
            {"loyalty_bonuses": 300},
            on=EMAIL,
            dids=["device-l01"],
            push=[("web", "chrome", "web-token-l01")],
        ),
        Person(
            [("email", "email2@example.com"), ("external_id", "2"), ("loyalty_id", "L02")],
            {
                "first_name": "Thomas",
                "last_name": "Anderson",
                "gender": "m",
                "birthday": date(1971, 9, 11),
                "loyalty_bonuses": 0,
            },
            on=EMAIL,
            dids=["device-l02"],
            push=[("web", "chrome", "web-token-l02")],
        ),
    ]


def _imported() -> list[Person]:
    return [
        Person(
            [
                ("email", "test@example.com"),
                ("phone", "19991005000"),
                ("external_id", "998877"),
                ("loyalty_id", "123454321"),
            ],
            {
                "first_name": "Jane",
                "last_name": "Smith",
                "loyalty_status": "VIP",
                "loyalty_bonuses": 3000,
                "loyalty_bonuses_to_next_level": 70000,
                "bought_something": True,
                "auto": [
                    {"brand": "Mini", "model": "Countryman", "vds": "1234567"},
                    {"brand": "Toyota", "model": "Corolla", "vds": "987655431"},
                ],
                "kids": [{"birthday": "2014-06-03", "gender": "f"}, {"birthday": "2017-04-01", "gender": "m"}],
            },
            on=ALL,
            segments=[123],
        ),
        Person([("email", "test2@example.com")], on=EMAIL[:1]),
        Person(
            [
                ("email", "john.doe@examplemail.com"),
                ("phone", "4400114527199"),
                ("external_id", "100500"),
                ("loyalty_id", "000001234567"),
                ("telegram_id", "0125762968357835"),
            ],
            {
                "first_name": "John",
                "last_name": "Doe",
                "birthday": date(1990, 3, 11),
                "age": 31,
                "gender": "m",
                "location": "NY",
                "bought_something": True,
                "loyalty_card_location": "NY",
                "loyalty_status": "5% discount",
                "loyalty_bonuses": 1123,
                "loyalty_bonuses_to_next_level": 1877,
                "fb_id": "000000000354677",
                "vk_id": "vk031845",
                "kids": [{"gender": "m", "birthday": "2001-04-12"}, {"gender": "f", "birthday": "2015-07-28"}],
                "auto": [{"brand": "Nissan", "model": "Qashqai", "vds": "TM7N243E4G0BJG978"}],
            },
            on=EMAIL,
        ),
    ]


def _subscribed() -> list[Person]:
    return [
        Person([("email", "my@email.com"), ("phone", "10000000000"), ("loyalty_id", "L010101")], on=ALL),
        Person([("email", "my@example.com"), ("phone", "100000000000")], on=ALL, segments=[313, 123]),
        Person([("email", "jane@example.com")], {"first_name": "Jane"}, on=EMAIL, segments=[313]),
        Person([("email", "john.doe@store.com")], {"first_name": "John", "last_name": "Doe"}, on=EMAIL),
        Person([("email", "email1@example.com")], on=EMAIL),
        Person([("email", "email3@example.com")], off=EMAIL),
        Person([("phone", "19990009999")], on=SMS),
    ]


def _devices_and_orders() -> list[Person]:
    return [
        Person(
            [("email", "user@example.com"), ("phone", "15554443322"), ("loyalty_id", "000-33-444-111")],
            {"first_name": "Ursula", "last_name": "Serrano", "location": "7701123", "bought_something": True},
            on=ALL,
            dids=["gN7WW9zXpM"],
            push=[("mobile", "android", "android-token-ursula")],
            segments=[313],
            purchases=[
                Purchase("N318", ANCHOR - timedelta(days=40), "delivered", [("37", 318, 3), ("187", 5000, 1)]),
                Purchase(
                    "yKsvZbWpCL",
                    ANCHOR - timedelta(days=10),
                    "Delivered",
                    [("ITEM-ID-1", 205, 1)],
                    20,
                    24.87,
                    15,
                    "vxawxSi9Uy",
                    {
                        "delivery_type": "courier",
                        "delivery_address": "Rouse st, 13",
                        "location": "7701123",
                        "delivery_time": "15:00",
                    },
                ),
                Purchase("ORDER-3341", ANCHOR - timedelta(days=2), "new", [("3323", 160, 2)]),
            ],
        ),
        Person(dids=["DEVICE_ID", "DID"], about={"gender": "f"}),
    ]
