"""Customers that every demo shop has, each of them a case of its own. `app.engine.seed` lists them."""

from __future__ import annotations

from datetime import date, timedelta

from app.engine.seed.person import ANCHOR, EMAIL, SMS, Person, Purchase

ALL = EMAIL + SMS


def well_known() -> list[Person]:
    """Make them anew: rows are written from them once a shop."""
    return [_anna(), _vera(), *_reachable_by_one_channel(), *_not_to_be_used(), *_odd()]


def _anna() -> Person:
    return Person(
        keys=[
            ("email", "anna.kowalska@example.com"),
            ("email", "anna.k@example.org"),
            ("phone", "447700900101"),
            ("phone", "447700900102"),
            ("external_id", "10001"),
            ("loyalty_id", "BIKE-0001"),
            ("loyalty_id", "OLD-77"),
            ("telegram_id", "700100200"),
        ],
        about={
            "first_name": "Anna",
            "last_name": "Kowalska",
            "gender": "f",
            "birthday": date(1988, 4, 17),
            "location": "LON",
            "fb_id": "anna.kowalska.88",
            "vk_id": "id1988417",
            "loyalty_card_location": "LON",
            "loyalty_status": "Gold",
            "loyalty_bonuses": 1240,
            "loyalty_bonuses_to_next_level": 760,
            "bought_something": True,
            "tags": ["vip", "gravel", "newsletter test"],
            "kids": [{"gender": "m", "birthday": "2016-05-03"}, {"gender": "f", "birthday": "2019-11-21"}],
            "auto": [{"brand": "Mini", "model": "Countryman", "vds": "1234567"}],
            "custom_properties": {"language": "en", "frame_size": "M", "club": "Hackney Wheelers", "visits": 41},
        },
        on=ALL,
        created=ANCHOR - timedelta(days=1400),
        dids=["anna-laptop", "anna-phone"],
        push=[("web", "chrome", "web-token-anna"), ("mobile", "ios", "ios-token-anna")],
        segments=[313, 123, 315],
        purchases=[
            Purchase("BK-20011", ANCHOR - timedelta(days=400), "delivered", [("1011", 39900, 1), ("1094", 2990, 1)]),
            Purchase(
                "BK-20388", ANCHOR - timedelta(days=120), "delivered", [("1042", 2490, 2)], 350, 249, 300, "JULY10"
            ),
            Purchase(
                "BK-20977",
                ANCHOR - timedelta(days=3),
                "in transit",
                [("37", 318, 1), ("3323", 160, 4)],
                350,
                more={
                    "delivery_type": "courier",
                    "delivery_address": "12 Mare Street, London",
                    "delivery_date": date(2026, 11, 2),
                    "details": {"payment_card_provider": "visa", "gift_package": True, "comment": "Ring twice"},
                    "steps": [
                        {"status": "placed", "total": 1308.0, "cash": 1308.0, "date": "2026-10-29 12:00:00"},
                        {"status": "in transit", "total": 1308.0, "cash": 1308.0, "date": "2026-10-30 09:12:00"},
                    ],
                },
                lines={
                    "37": {"status": "shipped", "original_price": 398.0, "discount_product": 80.0},
                    "3323": {"status": "shipped"},
                },
            ),
        ],
        calls=[_call(day, *said) for day, said in enumerate(CALLS * 3)],
    )


def _vera() -> Person:
    return Person(
        keys=[
            ("email", "vera.sokolova@example.com"),
            ("phone", "79990000002"),
            ("external_id", "10002"),
            ("loyalty_id", "BIKE-0002"),
        ],
        about={
            "first_name": "Вера",
            "last_name": "Соколова",
            "gender": "f",
            "birthday": date(1995, 9, 30),
            "location": "MSK",
            "loyalty_status": "Серебро",
            "loyalty_bonuses": 310,
            "bought_something": True,
            "loyalty_bonuses_to_next_level": 690,
            "tags": ["бег"],
            "custom_properties": {"language": "ru", "shoe_size": 38},
        },
        on=EMAIL + SMS[2:],
        off=SMS[:2],
        created=ANCHOR - timedelta(days=640),
        dids=["vera-phone"],
        push=[("mobile", "android", "android-token-vera")],
        segments=[313, 316],
        purchases=[
            Purchase("BK-20544", ANCHOR - timedelta(days=80), "доставлен", [("1075", 6430, 1), ("1088", 480, 3)]),
            Purchase("BK-20810", ANCHOR - timedelta(days=21), "отменён", [("1063", 4990, 1)]),
        ],
        calls=[
            _call(21, "phone", "incoming", "return", "Возврат", "Куртка мала, хочет поменять на размер L.", "closed"),
            _call(20, "email", "outgoing", "answer", "Возврат", "Отправили этикетку для возврата.", "closed"),
        ],
    )


def _reachable_by_one_channel() -> list[Person]:
    return [
        Person(
            [("phone", "79990000001")],
            {"first_name": "Пётр", "last_name": "Волков", "gender": "m"},
            on=SMS,
            created=ANCHOR - timedelta(days=90),
            segments=[316],
        ),
        Person(
            [("email", "wanda.webpush@example.com")],
            {"first_name": "Wanda", "last_name": "Webpush"},
            off=EMAIL,
            dids=["wanda-laptop"],
            push=[("web", "firefox", "web-token-wanda")],
        ),
        Person(
            [("email", "max.mobile@example.com")],
            {"first_name": "Max", "last_name": "Mobile"},
            off=EMAIL,
            dids=["max-phone"],
            push=[("mobile", "ios_firebase", "ios-token-max")],
        ),
        Person([("email", "ella.email@example.com")], {"first_name": "Ella", "last_name": "Email"}, on=EMAIL),
        Person([("email", "nora.new@example.com")], {"first_name": "Nora", "last_name": "New"}),
        Person([("loyalty_id", "CARD-ONLY-1")], {"first_name": "Carl", "loyalty_status": "Bronze"}),
        Person(dids=["anonymous-device"], about={"gender": "m"}),
    ]


def _not_to_be_used() -> list[Person]:
    return [
        Person(
            [("phone", "447700900103")],
            {"first_name": "Bruno", "last_name": "Bounced"},
            on=SMS,
            off=EMAIL,
            unusable=[("bruno.bounced@example.com", "bounced")],
        ),
        Person(
            [("email", "clara.complained@example.com"), ("phone", "447700900104")],
            {"first_name": "Clara", "last_name": "Complained"},
            off=ALL,
            unusable=[("clara.complained@example.com", "suppressed")],
        ),
        Person(
            [("email", "boris.blacklisted@example.com")],
            {"first_name": "Борис", "last_name": "Чернов"},
            off=EMAIL,
            unusable=[("boris.blacklisted@example.com", "blacklisted")],
        ),
        Person(
            [("email", "uma.unsubscribed@example.com"), ("phone", "447700900105")],
            {"first_name": "Uma", "last_name": "Unsubscribed"},
            on=SMS,
            off=EMAIL,
        ),
        Person(
            [("email", "sam.suppressed@example.com"), ("phone", "447700900106")],
            {"first_name": "Sam", "last_name": "Suppressed"},
            on=SMS,
            off=EMAIL,
            unusable=[("sam.suppressed@example.com", "suppressed"), ("nobody.suppressed@example.com", "suppressed")],
        ),
    ]


def _odd() -> list[Person]:
    long = "Wolfeschlegelsteinhausenbergerdorff"
    return [
        Person(
            [("email", "html@example.com")],
            {
                "first_name": "<b>Robert</b>",
                "last_name": "<script>alert(1)</script>",
                "tags": ["<i>tag</i>"],
                "custom_properties": {"note": "\"quotes\" & 'apostrophes'"},
            },
            on=EMAIL,
            calls=[_call(2, "chat", "incoming", "question", "<u>Theme</u>", "He said: <img src=x> & left", "new")],
        ),
        Person([("email", "formula@example.com")], {"first_name": "=1+1", "last_name": "+cmd|' /C calc'!A0"}, on=EMAIL),
        Person(
            [("email", f"{long.lower()}.hubert@a-domain-name-that-never-seems-to-end.example.com")],
            {"first_name": "Hubert Blaine", "last_name": f"{long} {long}", "location": "A very long place " * 5},
            on=EMAIL,
        ),
        Person([("email", "o'hara+tag@example.com")], {"first_name": "Siobhán", "last_name": "O’Hara"}, on=EMAIL[:1]),
    ]


CALLS = (
    ("phone", "incoming", "question", "Delivery", "Asked when the order comes; told Thursday.", "closed"),
    ("chat", "incoming", "question", "Sizes", "Frame size for 172 cm: advised M.", "closed"),
    ("email", "outgoing", "answer", "Returns", "Sent the label for the return.", "closed"),
    ("phone", "incoming", "complaint", "Quality", "The bell came scratched. Offered 10 % or a new one.", "open"),
    ("chat", "outgoing", "offer", "Service", "Offered the autumn check of the bicycle.", "closed"),
    ("phone", "outgoing", "question", "Delivery", "Nobody answered; will try in the evening.", "open"),
    ("store", "incoming", "visit", "Test ride", "Rode the Gravel 2 and the Allroad Disc, liked both.", "closed"),
    ("email", "incoming", "question", "Bonuses", "Why did 300 bonuses burn? Explained the year's limit.", "closed"),
)


def _call(  # noqa: PLR0917  # the columns of one row
    day: int, channel: str, event: str, call_type: str, theme: str, comment: str, status: str
) -> dict[str, object]:
    return {
        "at": ANCHOR - timedelta(days=day * 9, hours=day % 7),
        "channel": channel,
        "event": event,
        "location_id": "LON",
        "call_type": call_type,
        "call_theme": theme,
        "subject_appeal": None,
        "comment": comment,
        "author_type": "support",
        "status": status,
    }
