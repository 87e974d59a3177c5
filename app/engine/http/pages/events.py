"""`GET /events` and `GET /chats`: who sent what, so that an integration can be checked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from flask import Flask, request

from app.engine.http.access import of_a_shop, shops_to_choose
from app.engine.http.html import page, row
from app.engine.store import chats, events
from app.engine.store.db import Db

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

ON_A_PAGE = 50
LONGEST_KIND = 16
ABOUT = (
    "item_id",
    "amount",
    "price",
    "order_number",
    "category_id",
    "search_query",
    "recommended_by",
    "recommended_code",
    "segment",
    "referer",
    "name",
    "category",
    "label",
    "value",
    "payload",
)


def init_app(app: Flask) -> None:
    """Add the routes."""
    app.add_url_rule("/events", "pages.events", newest)
    app.add_url_rule("/chats", "pages.chats", talks)


@of_a_shop
def newest(db: Db) -> Response:
    """List what visitors and their devices told, newest first; `kind` leaves one kind of event."""
    kind = request.args.get("kind", "")[:LONGEST_KIND]
    found = events.newest(db, ON_A_PAGE + 1, request.args.get("before", type=row), kind)
    shown = found[:ON_A_PAGE]
    return page(
        "events.html",
        shop=db.shop,
        shops=shops_to_choose(db),
        events=shown,
        about=_about,
        kind=kind,
        kinds=events.kinds(db),
        older=_older(found),
    )


def _about(event: events.Event) -> dict[str, object]:
    """Give what was said besides who and when; what was not said is left out."""
    return {name: said for name in ABOUT if (said := getattr(event, name)) is not None}


@of_a_shop
def talks(db: Db) -> Response:
    """List conversations that were handed over, newest first."""
    found = chats.newest(db, ON_A_PAGE + 1, request.args.get("before", type=row))
    return page("chats.html", shop=db.shop, shops=shops_to_choose(db), chats=found[:ON_A_PAGE], older=_older(found))


def _older(found: Sequence[events.Event | chats.Chat]) -> int | None:
    return found[ON_A_PAGE - 1].id if len(found) > ON_A_PAGE else None
