"""Liveness and readiness, for machines: no sign-in, no details."""

from __future__ import annotations

from hmac import compare_digest
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Response, abort, current_app, jsonify, request
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from app.database import trouble_of
from app.pages.health import page
from app.pages.health.queue import Queue
from app.rees46.errors import Rees46Error
from app.rees46.promo_codes import Lists
from app.store import shops
from app.store.schema import desk as schema
from app.version import VERSION
from app.web.context import desk, settings
from app.web.http.meters import written
from app.web.page import open_to_all
from app.web.rees46 import client

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

REES46_SECONDS = 2.0  # whoever asks waits a few seconds, and a REES46 that is slow makes no desk unready


@page.get("/health")
@open_to_all
def live() -> ResponseReturnValue:
    """Say that the process answers, and which version it is."""
    return jsonify(status="ok", version=VERSION)


@page.get("/ready")
@open_to_all
def ready() -> ResponseReturnValue:
    """Say whether the databases have the present shape and can be written to.

    REES46 is named too, but a desk without it still serves.
    """
    try:
        with desk().reading() as db:
            first = next(iter(shops.in_use(db)), None)
        database = _fault_of_database()
    except (SQLAlchemyError, OSError):
        database = "failing"
    if database != "ok":
        return jsonify(status="failing", database=database), 503
    if not _box_is_ready():
        return jsonify(status="failing", database="ok", rees46="not ready"), 503
    return jsonify(status="ok", database="ok", rees46=_rees46(first))


@page.get("/metrics")
@open_to_all
def metrics() -> ResponseReturnValue:
    """Give Prometheus its figures, if it brings the token: `Authorization: Bearer …`."""
    token = settings().metrics_token
    if not token:
        abort(404)
    given = request.authorization.token if request.authorization else None
    if not compare_digest((given or "").encode(), token.encode()):
        return Response("", 401, {"WWW-Authenticate": "Bearer"})
    body, media = written([Queue()])
    return Response(body, content_type=media)


def _fault_of_database() -> str:
    if not schema.is_at_head(desk()):
        return "not migrated"
    try:
        desk().prove_writable()
    except DBAPIError as error:
        return "cannot be written to" if trouble_of(error) == "full" else "failing"
    except OSError:  # there is no room on the disk
        return "cannot be written to"
    return "ok"


def _box_is_ready() -> bool:
    """Ask the box of this process the same; a REES46 far away is not ours to judge."""
    if not settings().in_a_box:
        return True
    url = f"{current_app.extensions['box_url']}/ready"
    try:
        answer = current_app.extensions["rees46_session"].get(url, timeout=settings().time_limit)
    except OSError:
        return True  # it does not answer at all, which is said of REES46 as a whole
    return bool(answer.status_code != HTTPStatus.SERVICE_UNAVAILABLE)


def _rees46(shop: shops.Shop | None) -> str:
    """Ask the first shop's REES46 something harmless; the call is not kept."""
    if shop is None:
        return "no shop"
    try:
        client(shop, Lists(), kept=False, seconds=REES46_SECONDS).send(Lists())
    except Rees46Error:
        return "failing"
    return "ok"
