"""Liveness and readiness, for machines: no sign-in, no details."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import jsonify
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.pages.health import page
from app.rees46.errors import Rees46Error
from app.rees46.promo_codes import Lists
from app.store import shops
from app.web.context import desk
from app.web.page import open_to_all
from app.web.rees46 import client

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@page.get("/health")
@open_to_all
def live() -> ResponseReturnValue:
    """Say that the process answers."""
    return jsonify(status="ok")


@page.get("/ready")
@open_to_all
def ready() -> ResponseReturnValue:
    """Say whether the database answers; REES46 is named too, but a desk without it still serves."""
    try:
        with desk().reading() as db:
            db.execute(text("SELECT 1"))
            first = next(iter(shops.in_use(db)), None)
    except SQLAlchemyError:
        return jsonify(status="failing", database="failing"), 503
    return jsonify(status="ok", database="ok", rees46=_rees46(first))


def _rees46(shop: shops.Shop | None) -> str:
    """Ask the first shop's REES46 something harmless; the call is not kept."""
    if shop is None:
        return "no shop"
    try:
        client(shop, Lists(), kept=False).send(Lists())
    except Rees46Error:
        return "failing"
    return "ok"
