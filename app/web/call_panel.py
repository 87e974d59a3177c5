"""The call panel: the calls a page made, and the one that the last act made, with their permalinks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import g, session

from app.store import exchanges
from app.web.context import desk

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
    """The call of the act that led here by a redirect; shown once."""
    key = session.pop("call_panel", None)
    if key is None:
        return None
    with desk().reading() as db:
        return exchanges.by_key(db, key)
