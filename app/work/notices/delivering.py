"""Bringing notices to people: by e-mail, and signed to the chat of a shop."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from typing import TYPE_CHECKING

from flask import current_app
from flask_babel import force_locale
from structlog import get_logger

from app.store import notices
from app.store.notices import Delivery
from app.store.people import Person
from app.store.shops import Shop
from app.web.context import desk, settings
from app.work.notices.mail import NotSent, send_mail
from app.work.notices.words import words_of

if TYPE_CHECKING:
    from app.work.notices.words import Words

AT_ONCE = 200  # deliveries of one run
TIME_LIMIT = 10.0
TOO_MANY = 429


def deliver() -> None:
    """Deliver what is due; each is written down as begun before it is tried."""
    for _number in range(AT_ONCE):
        with desk().writing() as db:
            delivery = notices.take(db)
        if delivery is None:
            return
        _try(delivery)


def _try(delivery: Delivery) -> None:
    trouble, surely_not = None, False
    try:
        _send(delivery)
    except NotSent as error:
        trouble, surely_not = str(error), error.surely
    with desk().writing() as db:
        notices.end(db, delivery, trouble=trouble, surely_not=surely_not)
    if trouble:
        get_logger("app.work").warning("a notice did not arrive", notice=delivery.notice.key, trouble=trouble)


def _send(delivery: Delivery) -> None:
    with desk().reading() as db:
        shop = db.get(Shop, delivery.notice.shop_id) if delivery.notice.shop_id else None
        person = db.get(Person, delivery.person_id) if delivery.person_id else None
    if delivery.person_id is None:
        with force_locale(settings().language):
            _post(delivery, shop, words_of(delivery.notice, shop))
    elif person is not None and person.active and (shop is None or person.role_in(shop.id) is not None):
        with force_locale(person.language or settings().language):
            words = words_of(delivery.notice, shop)
            send_mail(settings(), person.email, words.title, words.text)


def _post(delivery: Delivery, shop: Shop | None, words: Words) -> None:
    """Post to the chat: `text` is what Slack, Mattermost and their likes show, and the rest is for programs."""
    if shop is None or not shop.chat_url:
        return
    about = {"text": words.text.strip(), "kind": delivery.notice.kind, "key": delivery.notice.key, "url": words.url}
    body = json.dumps(about, ensure_ascii=False).encode()
    headers = {
        "Content-Type": "application/json",
        "Desk46-Signature": signature(shop.chat_secret(settings().key), body),
    }
    session = current_app.extensions["rees46_session"]
    try:
        answer = session.post(shop.chat_url, data=body, headers=headers, timeout=TIME_LIMIT, allow_redirects=False)
    except OSError as error:  # those of requests, too; whether it arrived only a refused connection tells
        raise NotSent(type(error).__name__, surely="NewConnectionError" in repr(error)) from None
    if answer.status_code >= 300:
        is_passing = answer.status_code == TOO_MANY or answer.status_code >= 500
        raise NotSent(f"status {answer.status_code}", surely=is_passing)


def signature(secret: str, body: bytes, moment: int | None = None) -> str:
    """Sign a body with the moment, so that whoever has the secret knows that it is ours and not an old one."""
    at = int(time.time()) if moment is None else moment
    digest = hmac.new(secret.encode(), b"%d." % at + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={digest}"
