"""Asking REES46 for the shop in use: every call lands in the request log, every act in the audit trail."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from flask import current_app, g, request, session
from flask_babel import gettext as _

from app.rees46.client import Client
from app.rees46.errors import Garbled, Rees46Error, Refused, Unreachable
from app.rees46.response import SHOWN
from app.store import acts, exchanges, vault
from app.store.acts import Act
from app.web.context import desk, settings
from app.web.login import me
from app.web.shops import shop

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.rees46.client import Exchange as Asked
    from app.rees46.operation import Operation
    from app.store.customers import KnownCustomer
    from app.store.shops import Shop
    from app.web.forms import OperationForm

R = TypeVar("R")


def ask(op: Operation[R], *, of: Shop | None = None, asked: dict[str, Any] | None = None) -> R:
    """Ask for something that changes nothing. What goes wrong is raised; errors.py puts it into words."""
    return client(of or shop(), op, asked=asked).send(op)


@dataclass(frozen=True)
class About:
    """What the audit trail should know of an act besides the call: about whom, from what, why, and which click."""

    customer: KnownCustomer | None = None
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None
    reason: str | None = None
    once: str | None = None  # a token of the form: the same click does it once
    asked: dict[str, Any] | None = None  # what is kept of a call whose parameters are too much: a part of an import


def act(op: Operation[R], about: About | None = None, *, of: Shop | None = None) -> R:
    """Do something. It is written down before it is tried; its outcome – also refused, also unknown – after."""
    about = about or About()
    where = of or shop()
    with desk().writing() as db:
        row = acts.begin(db, _row(op.name(), where, about, about.asked or op.params()))
    with _outcome_of(row, about):
        return client(where, op, act_id=row.id, asked=about.asked).send(op)


def send(form: OperationForm[Any], about: About | None = None) -> Any | None:
    """Do what a valid form says. A refusal becomes an error on the form, and nothing is returned."""
    try:
        return act(form.operation, about)
    except Refused as refused:
        form.refuse(refused.message)
        return None


@contextmanager
def noted(what: str, about: About | None = None, asked: dict[str, Any] | None = None) -> Iterator[Act]:
    """Write an act of the desk's own into the trail: `with noted("people.Add", asked={…}):`."""
    about = about or About()
    with desk().writing() as db:
        row = acts.begin(db, _row(what, None, about, asked or {}))
    with _outcome_of(row, about):
        yield row


@contextmanager
def _outcome_of(row: Act, about: About) -> Iterator[None]:
    """Write down how an act ended, whatever happened."""
    outcome: acts.Outcome = "failed"
    message: str | None = None
    try:
        yield
        outcome = "done"
    except Refused as refused:
        outcome, message = "refused", refused.message
        raise
    except Rees46Error as error:
        outcome, message = ("failed" if error.changed == "no" else "unknown"), error.message
        raise
    finally:
        with desk().writing() as db:
            acts.end(db, row.id, outcome, message, about.after if outcome == "done" else None)


def client(
    where: Shop,
    op: Operation[Any],
    act_id: int | None = None,
    *,
    asked: dict[str, Any] | None = None,
    kept: bool = True,
) -> Client:
    """Make the client of a shop; its exchange is kept with the request, the person and the act."""
    record = Recorder(where.id, act_id, json.dumps(asked or op.params(), ensure_ascii=False)) if kept else None
    return Client(
        address_of(where),
        where.shop_id,
        secret_of(where),
        session=current_app.extensions["rees46_session"],
        time_limit=settings().time_limit,
        record=record,
    )


def address_of(where: Shop) -> str:
    """Where the shop's REES46 is: its own address, the one of the settings, or the box of this process."""
    return where.api_url or settings().api_url or str(current_app.extensions["box_url"])


def secret_of(where: Shop) -> str:
    try:
        return where.secret(settings().key)
    except vault.KeyChanged:
        raise Refused(
            _("The key of this shop cannot be read any more: DESK46_SECRET_KEY has changed. Enter the key again."),
            operation="shops.Secret",
        ) from None


class Recorder:
    """Keeps an exchange in the request log and shows it on the page (the call panel)."""

    def __init__(self, shop_id: int, act_id: int | None, asked: str) -> None:
        self.row = exchanges.Exchange(shop_id=shop_id, act_id=act_id, asked=asked)

    def __call__(self, exchange: Asked) -> None:
        row = self.row
        row.person_id = getattr(me(), "id", None)
        row.operation, row.method, row.path = exchange.operation, exchange.method, exchange.path
        row.curl, row.status, row.answer = _shown(exchange.curl), exchange.status, exchange.answer
        row.milliseconds = round(exchange.milliseconds, 1)
        row.outcome = _outcome_name(exchange.error)
        row.request_id = g.get("request_id")
        with desk().writing() as db:
            db.add(row)
        g.setdefault("exchanges", []).append(row)
        if row.act_id:
            session["call_panel"] = row.key


def _shown(curl: str) -> str:
    """A command as it is kept: the body of an import may be a megabyte of other people's data."""
    return curl if len(curl) <= SHOWN else f"{curl[:SHOWN]}…"


def _outcome_name(error: Rees46Error | None) -> str:
    names = {Refused: "refused", Unreachable: "unreachable", Garbled: "garbled"}
    return next((name for kind, name in names.items() if isinstance(error, kind)), "done")


def _row(what: str, where: Shop | None, about: About, asked: dict[str, Any]) -> Act:
    person = me()
    return Act(
        person_id=getattr(person, "id", None),
        person=getattr(person, "name", ""),
        shop_id=where.id if where else None,
        what=what,
        customer_id=about.customer.id if about.customer else None,
        asked=asked,
        before=about.before,
        reason=about.reason or None,
        once=about.once or None,
        request_id=g.get("request_id"),
        ip=request.remote_addr,
    )
