"""Campaigns of the demo shop, with templates in English and Russian."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.engine.seed.keep import numbered, put
from app.engine.seed.letters import LETTERS
from app.engine.seed.person import ANCHOR
from app.engine.store.campaigns import MULTI, SMS, Campaign, Template

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.engine.store.db import Db

Parts = dict[str, str]
Written = tuple[str, str, dict[str, tuple[Parts, Parts]]]  # code, name, parts by channel in English and Russian
SHOP = "https://shop.example.com"

# A push that says what it is given, part by part.
PASSED_ON = {
    part: f"{{{{ {part} }}}}" for part in ("title", "subtitle", "body", "image", "event", "uri", "badge", "payload")
}

# code, name, English and Russian text
SMS_CAMPAIGNS = (
    (
        "order_ready",
        "Order is ready for pick-up",
        (
            "Order {{ order.number }} is ready at {{ order.place | default: 'our shop' }} "
            "until {{ order.until }}. {{ url }}"
        ),
        (
            "Заказ {{ order.number }} ждёт вас: {{ order.place | default: 'наш магазин' }}, "
            "до {{ order.until }}. {{ url }}"
        ),
    ),
    (
        "verification",
        "Verification code",
        "{{ code }} is your code. Tell nobody.",
        "{{ code }} - ваш код. Никому его не сообщайте.",
    ),
    (
        "courier",
        "Courier is on the way",
        "{{ name }}, the courier comes in {{ hours }} hour{% if hours != 1 %}s{% endif %}: {{ url }}",
        (
            "{{ name }}, курьер приедет {% if hours == 1 %}в течение часа"
            "{% else %}через {{ hours }} ч{% endif %}: {{ url }}"
        ),
    ),
)

MULTI_CAMPAIGNS: tuple[Written, ...] = (
    (
        "order_delivered",
        "Order delivered",
        {
            "web_push": (
                {
                    "title": "Order {{ order.number }} is here",
                    "body": "How do you like it? Tell us in a minute.",
                    "url": SHOP + "/orders/{{ order.number }}",
                    "icon": SHOP + "/icon.png",
                },
                {
                    "title": "Заказ {{ order.number }} доставлен",
                    "body": "Всё подошло? Расскажите за минуту.",
                    "url": SHOP + "/orders/{{ order.number }}",
                    "icon": SHOP + "/icon.png",
                },
            ),
            "mobile_push": (
                {
                    "title": "Your order is here",
                    "subtitle": "Order {{ order.number }}",
                    "body": "How do you like it?",
                    "image": SHOP + "/delivered.png",
                    "event": "custom",
                    "uri": "order/status/{{ order.number }}",
                    "payload": '{"order": "{{ order.number }}", "screen": "review"}',
                },
                {
                    "title": "Заказ доставлен",
                    "subtitle": "Заказ {{ order.number }}",
                    "body": "Всё подошло?",
                    "image": SHOP + "/delivered.png",
                    "event": "custom",
                    "uri": "order/status/{{ order.number }}",
                    "payload": '{"order": "{{ order.number }}", "screen": "review"}',
                },
            ),
            "email": LETTERS["order_delivered"],
            "sms": (
                {"text": "Order {{ order.number }} is delivered. How do you like it? {{ url }}"},
                {"text": "Заказ {{ order.number }} доставлен. Всё подошло? {{ url }}"},
            ),
        },
    ),
    (
        "welcome",
        "Welcome with a promo code",
        {
            "mobile_push": (
                {
                    "title": "Welcome aboard!",
                    "subtitle": "Greeting message",
                    "event": "category",
                    "uri": "100500",
                    "body": "{{ first_name }}, {{ promocode }} takes 10 % off an order.",
                    "image": SHOP + "/hello.png",
                },
                {
                    "title": "Добро пожаловать!",
                    "subtitle": "Рады знакомству",
                    "event": "category",
                    "uri": "100500",
                    "body": "{{ first_name }}, {{ promocode }} - скидка 10 % на первый заказ.",
                    "image": SHOP + "/hello.png",
                },
            ),
            "email": LETTERS["welcome"],
            "sms": (
                {"text": "{{ first_name }}, welcome! {{ promocode }} takes 10 % off your first order."},
                {"text": "{{ first_name }}, добро пожаловать! {{ promocode }} - скидка 10 % на первый заказ."},
            ),
        },
    ),
    (
        "back_in_stock",
        "Back in stock",
        {
            "web_push": (
                {
                    "title": "{{ product.name }} is back",
                    "body": "Only {{ product.left | default: 'a few' }} left.",
                    "url": SHOP + "/products/{{ product.id }}",
                    "icon": SHOP + "/icon.png",
                },
                {
                    "title": "{{ product.name }} снова в продаже",
                    "body": "Осталось: {{ product.left | default: 'мало' }}.",
                    "url": SHOP + "/products/{{ product.id }}",
                    "icon": SHOP + "/icon.png",
                },
            ),
            "mobile_push": (
                {
                    "title": "{{ product.name }} is back",
                    "subtitle": "Back in stock",
                    "body": "Yours for {{ product.price }}.",
                    "image": "",
                    "event": "product",
                    "uri": "{{ product.id }}",
                },
                {
                    "title": "{{ product.name }} снова в продаже",
                    "subtitle": "Снова в наличии",
                    "body": "Цена {{ product.price }}.",
                    "image": "",
                    "event": "product",
                    "uri": "{{ product.id }}",
                },
            ),
            "email": LETTERS["back_in_stock"],
        },
    ),
    ("receipt", "Receipt, by e-mail only", {"email": LETTERS["receipt"]}),
    (
        "news",
        "News, a push that opens the app",
        {
            "mobile_push": (
                {
                    "title": "The winter service is open",
                    "subtitle": "Workshop",
                    "badge": "0",
                    "body": "{{ first_name }}, bring your bike, we have time for it.",
                },
                {
                    "title": "Зимнее обслуживание открыто",
                    "subtitle": "Мастерская",
                    "badge": "0",
                    "body": "{{ first_name }}, привозите велосипед: у нас есть время.",
                },
            ),
        },
    ),
    ("push_bench", "Push bench: carries what is built there", {"mobile_push": (PASSED_ON, PASSED_ON)}),
    (
        "sale",
        "Sale, a push that opens a page",
        {
            "mobile_push": (
                {
                    "title": "Only today",
                    "subtitle": "Sale",
                    "event": "web",
                    "uri": SHOP + "/sale",
                    "body": "Everything for the rain at {{ discount }} % off.",
                    "image": SHOP + "/sale.png",
                },
                {
                    "title": "Только сегодня",
                    "subtitle": "Распродажа",
                    "event": "web",
                    "uri": SHOP + "/sale",
                    "body": "Скидка {{ discount }} % на всё от дождя.",
                    "image": SHOP + "/sale.png",
                },
            ),
        },
    ),
)


def campaigns(db: Db) -> None:
    """Insert all campaigns and their templates."""
    _insert(db, SMS, [(code, name, {"sms": ({"text": en}, {"text": ru})}) for code, name, en, ru in SMS_CAMPAIGNS])
    _insert(db, MULTI, MULTI_CAMPAIGNS)


def _insert(db: Db, kind: str, campaigns: Sequence[Written]) -> None:
    rows = [{"kind": kind, "code": code, "name": name, "created": ANCHOR} for code, name, _channels in campaigns]
    templates = [
        {"campaign_id": number, "channel": channel, "language": language, "parts": parts}
        for number, (_code, _name, channels) in zip(numbered(db, Campaign, rows), campaigns, strict=True)
        for channel, languages in channels.items()
        for language, parts in zip(("en", "ru"), languages, strict=True)
    ]
    put(db, Template, templates)
