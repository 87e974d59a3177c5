"""The call panel: the calls a page made, and the one that the last act made, with their permalinks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import g, session

from app.store import exchanges
from app.web.context import desk
from app.web.shops import shown_shop

if TYPE_CHECKING:
    from flask import Flask

    from app.store.exchanges import Exchange


def init_app(app: Flask) -> None:
    app.jinja_env.globals["calls_of_page"] = calls_of_page
    app.jinja_env.globals["call_of_last_act"] = call_of_last_act


def calls_of_page() -> list[Exchange]:
    """The calls that were made for this very answer."""
    found: list[Exchange] = g.get("exchanges", [])
    return found


def call_of_last_act() -> Exchange | None:
    """The call of the act that led here by a redirect; shown once, and in its own shop."""
    here, key = shown_shop(), session.get("call_panel")
    if key is None or here is None:
        return None
    with desk().reading() as db:
        call = exchanges.by_key(db, key)
    if call and call.shop_id != here.id:
        return None  # it waits for the page of that shop, in another tab
    session.pop("call_panel")
    return call
