"""What the messages of triggers say, in each language and over each channel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from app.engine.catalogue.format import price_formatted
from app.engine.catalogue.tracking import marked, marks
from app.engine.store.triggers import PRICE, STOCK

if TYPE_CHECKING:
    from app.engine.store.messages import Message
    from app.engine.store.products import Product

WORDS = {
    ("en", PRICE): ("The price has dropped", "{name} now costs {price}.", "See it"),
    ("en", STOCK): ("It is back in stock", "{name} is back, for {price}.", "See it"),
    ("ru", PRICE): ("Цена снизилась", "{name} теперь стоит {price}.", "Посмотреть"),
    ("ru", STOCK): ("Снова в наличии", "{name} снова в наличии, цена {price}.", "Посмотреть"),
}
LETTER = Markup(
    '<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title></head>'
    '<body><h1>{title}</h1><p>{text}</p><p><a href="{url}">{action}</a></p></body></html>'
)


def letter(kind: str, message: Message, product: Product, currency: str) -> dict[str, str]:
    """Write it for the channel and in the language of a message, whose code marks a click on it."""
    title, text, action = WORDS[message.language, kind]
    text = text.format(name=product.name, price=price_formatted(product.price, currency))
    url = marked(product.url, marks(message.kind, message.code))
    if message.channel == "email":
        html = LETTER.format(language=message.language, title=title, text=text, url=url, action=action)
        return {"subject": f"{title}: {product.name}"[:200], "html": str(html)}
    if message.channel == "sms":
        return {"text": f"{text} {url}"}
    if message.channel == "web_push":
        return {"title": title, "body": text, "url": url, "icon": product.picture}
    return {"title": title, "body": text, "image": product.picture, "event": "product", "uri": product.item_id}
