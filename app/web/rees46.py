"""Asking REES46 for the shop in use: every call lands in the request log, every act in the audit trail."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from flask import current_app, g, has_request_context, request
from flask_babel import gettext as _
from sqlalchemy.exc import DBAPIError
from structlog import get_logger

from app import vault
from app.rees46.client import Client
from app.rees46.errors import Rees46Error, Refused
from app.store import acts
from app.store.acts import Act
from app.store.base import now
from app.web.calls.pacing import meter_of, seconds_for, take_turn
from app.web.calls.recorder import Recorder, write_down
from app.web.context import desk, settings
from app.web.safeguards.brakes import stop_if_braked
from app.web.safeguards.budgets import charge
from app.web.safeguards.second_person import wait_or_pass
from app.web.shops import shop
from app.web.sign_in.events import act_of_mine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy.orm import Session

    from app.rees46.client import Exchange
    from app.rees46.operation import Operation
    from app.store.customers import KnownCustomer
    from app.store.shops import Shop
    from app.web.forms.fields import OperationForm

R = TypeVar("R")


def ask(op: Operation[R], *, of: Shop | None = None, asked: dict[str, Any] | None = None) -> R:
    """Ask for something that changes nothing. What goes wrong is raised; errors.py puts it into words."""
    return client(of or shop(), op, asked=asked).send(op)


@dataclass(frozen=True)
class Ended:
    """How an act ended: with a reply if it was done, with an error if not."""

    act: Act
    state: acts.Ending
    reply: Any = None
    error: Exception | None = None


@dataclass(frozen=True)
class About:
    """What the audit trail should know of an act besides the call: about whom, from what, why, and which click.

    A ledger joins the act by two hooks, each run in the transaction that writes the act: `begun` with the act before
    anything is sent, `ended` with how it ended.
    """

    customer: KnownCustomer | None = None
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None
    reason: str | None = None
    once: str | None = None  # a token of the form: the same click does it once
    held: int | None = None  # the act, if it was written down before and waited in its undo window
    asked: dict[str, Any] | None = None  # what is kept of a call whose parameters are too much: a part of an import
    begun: Callable[[Session, Act], object] | None = None
    ended: Callable[[Session, Ended], object] | None = None


class NotWrittenDown(Exception):
    """REES46 did an act, and the desk could not write down that it did. In the trail it will be unknown."""

    def __init__(self, act_id: int) -> None:
        super().__init__("not written down")
        self.act_id = act_id


def act(op: Operation[R], about: About | None = None, *, of: Shop | None = None, listed: bytes | None = None) -> R:
    """Do something. It is written down before it is tried; its outcome – also refused, also unknown – after.

    Only a refusal, or a call that surely never left, lets the same click come again. Whatever else goes wrong once it
    is being tried leaves an act of which nobody knows. `listed` is a long list that was written before (client.send).
    """
    about = about or About()
    where = of or shop()
    stop_if_braked(where, op)
    row = new_act(op.name(), where, about, about.asked or op.params())
    if about.held is None:
        wait_or_pass(row, where, op.params(), about.begun)
    take_turn(where, op)
    row = _begin(row, about, seconds_for(op))
    try:
        g.is_sent = True
        reply = client(where, op, act_id=row.id, asked=about.asked).send(op, listed)
    except Exception as error:
        _end(about, Ended(row, _state_after(error, otherwise="unknown"), error=error))
        raise
    is_written = _end(about, Ended(row, "done", reply))
    write_down()
    if not is_written:
        raise NotWrittenDown(row.id)
    return reply


def send(form: OperationForm[Any], about: About | None = None) -> Any | None:
    """Do what a valid form says. A refusal becomes an error on the form, and nothing is returned."""
    try:
        return act(form.operation, about)
    except Refused as refused:
        form.refuse(refused.message)
        return None


@contextmanager
def noted(what: str, about: About | None = None, asked: dict[str, Any] | None = None) -> Iterator[Act]:
    """Write an act of the desk's own into the trail, that of the shop in the URL or, without one, that of the desk."""
    about = about or About()
    row = new_act(what, g.get("shop"), about, asked or {})
    if about.held is None:
        wait_or_pass(row, g.get("shop"), {})
    row = _begin(row, about)
    try:
        yield row
    except Exception as error:
        _end(about, Ended(row, _state_after(error, otherwise="failed"), error=error))
        raise
    _end(about, Ended(row, "done"))


def _begin(row: Act, about: About, seconds: float | None = None) -> Act:
    lease = timedelta(seconds=2 * (seconds or settings().time_limit))
    row.until = now() + lease
    with desk().writing() as db:
        row = acts.begin(db, row) if about.held is None else _begin_held(db, about.held, lease)
        if about.held is None:
            charge(db, row)
        if about.begun:
            about.begun(db, row)
    return row


def _begin_held(db: Session, act_id: int, lease: timedelta) -> Act:
    if not acts.start(db, act_id, lease):
        raise acts.NotHeld
    return db.get_one(Act, act_id)


def _state_after(error: Exception, *, otherwise: acts.Ending) -> acts.Ending:
    """Tell how an act ended that raised something."""
    if not isinstance(error, Rees46Error):
        return otherwise
    if error.changed != "no":
        return "unknown"
    return "refused" if isinstance(error, Refused) else "failed"


def _reason(error: Exception | None) -> str | None:
    """Why it was not done, for its page and the trail: REES46's words, or what came instead of an answer."""
    if not isinstance(error, Rees46Error):
        return None
    is_said = isinstance(error, Refused) or error.status is None
    return error.message if is_said else f"{error.message} (status {error.status})"


def _end(about: About, ended: Ended) -> bool:
    """Write down how an act ended; False when that cannot be written. After a while it counts as unknown then."""
    message = _reason(ended.error)
    after = about.after if ended.state == "done" else None
    try:
        with desk().writing() as db:
            acts.end(db, ended.act.id, ended.state, message, after)
            if about.ended:
                about.ended(db, ended)
    except DBAPIError as error:
        get_logger().error("an outcome could not be written down", act=ended.act.id, kind=type(error.orig).__name__)
        return False
    return True


def client(
    where: Shop,
    op: Operation[Any],
    act_id: int | None = None,
    *,
    asked: dict[str, Any] | None = None,
    kept: bool = True,
    record: Callable[[Exchange], None] | None = None,
    seconds: float | None = None,
    later: Callable[[Recorder, Exchange], None] | None = None,
) -> Client:
    """Make the client of a shop; the exchange is kept with request, person and act, or given to `record`.

    `later` takes exchanges of calls that are made on a thread of their own, and gives them to their recorders.
    """
    if kept and record is None:
        text = json.dumps(asked or op.params(), ensure_ascii=False)
        recorder = Recorder(where.id, act_id, text, meter_of(op)[0])
        record = partial(later, recorder) if later else recorder
    return Client(
        address_of(where),
        where.shop_id,
        secret_of(where),
        session=current_app.extensions["rees46_session"],
        time_limit=min(seconds_for(op), seconds or seconds_for(op)),
        record=record,
        shown_url=shown_address_of(where),
    )


def address_of(where: Shop) -> str:
    """Where the shop's REES46 is: its own address, the one of the settings, or the box of this process."""
    return where.api_url or settings().api_url or str(current_app.extensions["box_url"])


def shown_address_of(where: Shop | None) -> str:
    """Where somebody at a shell reaches the shop's REES46: the box answers at the host by which this page was reached.

    Work in the background has no request, and names the address that people use.
    """
    address = (where.api_url if where else "") or settings().api_url
    here = request.host_url if has_request_context() else settings().public_url
    return address or f"{here.rstrip('/')}/api"


def secret_of(where: Shop) -> str:
    try:
        return where.secret(settings().key)
    except vault.KeyChanged:
        raise Refused(
            _("The key of this shop cannot be read any more: DESK46_SECRET_KEY has changed. Enter the key again."),
            operation="shops.Secret",
        ) from None


def new_act(what: str, where: Shop | None, about: About, asked: dict[str, Any]) -> Act:
    """Describe an act of whoever is signed in; nothing is written yet."""
    row = act_of_mine(what, where, asked)
    row.customer_id = about.customer.id if about.customer else None
    row.before, row.reason, row.once = about.before, about.reason or None, about.once or None
    return row
