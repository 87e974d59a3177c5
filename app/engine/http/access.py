"""Who may look at the box's own pages, which show what was sent to people.

On a developer's machine everybody at it may: the call comes from this very machine, to an address of this machine,
past no proxy, and DESK46_PUBLIC_URL says that this machine is all there is. Anywhere else a shop's id and secret open
the pages of that shop for twelve hours.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flask import current_app, redirect, request, url_for
from itsdangerous import BadData, URLSafeTimedSerializer
from sqlalchemy import select

from app.browsers import foreign_origin
from app.engine.http.html import page
from app.engine.store.db import Circumstances, Db
from app.engine.store.shops import Shop, is_secret_of, shop_of

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from app.config import Settings
    from app.database import Database

COOKIE = "box46"
SECONDS = 12 * 3600
HERE = {"localhost", "127.0.0.1", "::1"}
PROXIED = ("Forwarded", "X-Forwarded-For", "X-Real-Ip", "Via")
View = Callable[..., "Response"]


def of_a_shop(view: Callable[..., Response]) -> View:
    """Give the view a session of the shop that the visitor looks at, or show the door."""

    @functools.wraps(view)
    def guarded(**given: Any) -> Response:
        database: Database[Db] = current_app.extensions["db"]
        settings: Settings = current_app.extensions["settings"]
        with database.reading() as db:
            shop = _shop(db, settings)
            if shop is None:
                return page("door.html", 403, wrong=False)
            db.at = Circumstances(shop, settings)
            return view(db, **given)

    return guarded


def shops_to_choose(db: Db) -> list[Shop]:
    """List the shops that the visitor may look at."""
    return list(db.scalars(select(Shop).order_by(Shop.id))) if _is_here(db.at.settings) else [db.shop]


def enter() -> Response:
    """Check the keys of a shop and open its pages."""
    database: Database[Db] = current_app.extensions["db"]
    settings: Settings = current_app.extensions["settings"]
    if foreign_origin(request, settings.public_url) is not None:
        return page("door.html", 403, wrong=False)
    with database.reading() as db:
        shop = shop_of(db, request.form.get("shop_id", ""))
    if shop is None or not is_secret_of(shop, request.form.get("shop_secret", ""), settings.key):
        return page("door.html", 403, wrong=True)
    answer = redirect(url_for("pages.outbox"), 303)
    answer.set_cookie(
        settings.cookie_name(COOKIE),
        _signer(settings).dumps(shop.shop_id),
        max_age=SECONDS,
        httponly=True,
        samesite="Strict",
        secure=settings.over_https,
        path="/" if settings.over_https else request.script_root or "/",
    )
    return answer


def _shop(db: Db, settings: Settings) -> Shop | None:
    if _is_here(settings):
        wanted = request.args.get("shop", "")
        return shop_of(db, wanted) or db.scalar(select(Shop).order_by(Shop.id).limit(1))
    try:
        return shop_of(
            db, _signer(settings).loads(request.cookies.get(settings.cookie_name(COOKIE), ""), max_age=SECONDS)
        )
    except BadData:
        return None


def _is_here(settings: Settings) -> bool:
    addresses = (request.remote_addr, urlsplit(request.host_url).hostname, urlsplit(settings.public_url).hostname)
    return all(address in HERE for address in addresses) and not any(name in request.headers for name in PROXIED)


def _signer(settings: Settings) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(settings.key.oldest_first, salt="the box's own pages")
