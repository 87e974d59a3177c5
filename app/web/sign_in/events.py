"""Security events in the trail: signing in and out, what failed, what a role was refused, what left as a file."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from flask import g, has_request_context, request
from sqlalchemy.exc import DBAPIError
from structlog import get_logger

from app.store import acts
from app.store.acts import Act
from app.store.base import now
from app.web.context import desk
from app.web.sign_in.login import me

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.store.people import Person
    from app.store.shops import Shop


def act_of_mine(what: str, where: Shop | None, asked: dict[str, Any]) -> Act:
    """Describe an act of whoever is here; nothing is written yet."""
    person = me()
    return Act(
        person_id=getattr(person, "id", None),
        person=getattr(person, "name", ""),
        shop_id=where.id if where else None,
        what=what,
        asked=asked,
        parent_id=g.get("parent_act"),
        request_id=g.get("request_id"),
        ip=request.remote_addr if has_request_context() else None,
    )


def note_event(what: str, *, of: Person | None = None, asked: dict[str, Any] | None = None, once: str = "") -> None:
    """Write an event into the trail, done already; with `once` the same one is written once.

    It never stands in the way: where it cannot be written, the log says so.
    """
    act = act_of_mine(what, g.get("shop"), asked or {})
    act.once = once or None
    if of is not None:
        act.person_id, act.person = of.id, of.name
    try:
        with desk().writing() as db:
            acts.begin(db, acts.done_at_once(act))
    except acts.AlreadyDone:
        pass
    except DBAPIError as error:
        get_logger().error("a security event was not written", what=what, kind=type(error.orig).__name__)


def note_refusal() -> None:
    """Note that a role did not suffice, once an hour for each view and person: some pages ask again by themselves."""
    asked = {"page": request.endpoint or "", "method": request.method}
    once = f"{me().id} {asked} {getattr(g.get('shop'), 'id', '')} {now():%Y-%m-%d %H}"
    note_event("access.Refused", asked=asked, once=hashlib.sha256(once.encode()).hexdigest())


@contextmanager
def noted_export(name: str) -> Iterator[dict[str, int]]:
    """Note that a table leaves as a file; give what counts its rows, also of one that was cut off."""
    act = act_of_mine("exports.Table", g.get("shop"), {"file": name, "page": request.endpoint or ""})
    act.until = None  # it may take long, and needs nobody to settle it
    with desk().writing() as db:
        acts.begin(db, act)
    counted = {"rows": 0}
    try:
        yield counted
    finally:
        _end_export(act, counted)


def _end_export(act: Act, counted: dict[str, int]) -> None:
    try:
        with desk().writing() as db:
            acts.end(db, act.id, "done", after=dict(counted))
    except DBAPIError as error:
        get_logger().error("the end of an export was not written", act=act.id, kind=type(error.orig).__name__)
