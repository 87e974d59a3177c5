"""The e-mails of the demo shop's campaigns: a frame, and for each letter its words in English and Russian."""

from __future__ import annotations

FRAME = """<!doctype html>
<html lang="{language}">
<head><meta charset="utf-8"><title>{title}</title></head>
<body>
<h1>{title}</h1>
{body}
<hr>
<p><small>{foot}</small></p>
</body>
</html>
"""
FOOT = {
    "en": "Spoke and Sole, bicycles and sportswear. You get this letter because of your order or account.",
    "ru": "Spoke and Sole, велосипеды и спортивная одежда. Вы получили это письмо из-за заказа или учётной записи.",
}
ITEMS = """<table>
{% for item in order.items %}<tr><td>{{ item.name }}</td><td>{{ item.quantity }}</td><td>{{ item.price }}</td></tr>
{% endfor %}</table>"""


def _letter(language: str, subject: str, title: str, body: str) -> dict[str, str]:
    frame = FRAME.format(language=language, title="@title", body="@body", foot=FOOT[language])
    return {"subject": subject, "html": frame.replace("@title", title).replace("@body", body)}


LETTERS = {
    "order_delivered": (
        _letter(
            "en",
            "Order {{ order.number }} is delivered",
            "It is yours now, {{ first_name | default: 'friend' }}",
            f"<p>Order {{{{ order.number }}}} was delivered {{{{ order.day }}}}.</p>\n{ITEMS}\n"
            '<p><a href="{{ url }}">Tell us how you like it</a></p>',
        ),
        _letter(
            "ru",
            "Заказ {{ order.number }} доставлен",
            "Теперь это ваше, {{ first_name | default: 'друг' }}",
            f"<p>Заказ {{{{ order.number }}}} доставлен {{{{ order.day }}}}.</p>\n{ITEMS}\n"
            '<p><a href="{{ url }}">Расскажите, всё ли подошло</a></p>',
        ),
    ),
    "welcome": (
        _letter(
            "en",
            "Welcome, {{ first_name }}",
            "Welcome, {{ first_name }} {{ last_name }}",
            "<p>Your promo code <strong>{{ promocode }}</strong> takes 10 % off the first order.</p>",
        ),
        _letter(
            "ru",
            "Добро пожаловать, {{ first_name }}",
            "Добро пожаловать, {{ first_name }} {{ last_name }}",
            "<p>Ваш промокод <strong>{{ promocode }}</strong> даёт скидку 10 % на первый заказ.</p>",
        ),
    ),
    "back_in_stock": (
        _letter(
            "en",
            "{{ product.name }} is back",
            "{{ product.name }} is back",
            '<p>It costs {{ product.price }}. <a href="{{ product.url }}">Have a look</a>.</p>',
        ),
        _letter(
            "ru",
            "{{ product.name }} снова в продаже",
            "{{ product.name }} снова в продаже",
            '<p>Цена {{ product.price }}. <a href="{{ product.url }}">Посмотреть</a>.</p>',
        ),
    ),
    "receipt": (
        _letter(
            "en",
            "Your receipt {{ order.number }}",
            "Receipt {{ order.number }}",
            f"{ITEMS}\n<p>Total: {{{{ order.total }}}}</p>",
        ),
        _letter(
            "ru",
            "Чек по заказу {{ order.number }}",
            "Чек {{ order.number }}",
            f"{ITEMS}\n<p>Итого: {{{{ order.total }}}}</p>",
        ),
    ),
}
