"""The request log, one call of it, and sending a call again."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from flask import abort, flash, g, request
from flask_babel import gettext as _

from app.pages.requests import page
from app.pages.requests.columns import columns
from app.pages.requests.forms import ListFilters, RepeatForm
from app.rees46.catalogue import operation_named
from app.rees46.errors import Rees46Error
from app.rees46.examples import example_of
from app.store import exchanges
from app.store.acts import AlreadyDone
from app.store.exchanges import Exchange
from app.store.paging import newest
from app.web.acts.repeat import Again, customer_of, may_repeat, owner_of
from app.web.loaders import load_or_404
from app.web.rees46 import About, act, ask
from app.web.remembered import everyone
from app.web.render import go, render
from app.web.shops import shop
from app.web.tables.listing import Listing, list_page

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue
    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from app.rees46.operation import Operation


@page.get("/")
def index() -> ResponseReturnValue:
    form = ListFilters()
    return list_page("requests/index.html", lambda db, at: _listing(db, form, at))


def _listing(db: Session, form: ListFilters, at: dict[str, Any]) -> Listing[Exchange]:
    who = {one.id: one.name for one in everyone()}
    form.offer(who)
    found = newest(db, _wanted(form), Exchange.id, **at)
    return Listing(_("Request log"), columns(who), found, form, file="request-log")


def _wanted(form: ListFilters) -> Select[Exchange]:
    return exchanges.wanted(
        shop().id,
        operation=form.operation.data or "",
        person_id=form.person.data,
        outcome=form.outcome.data or "",
        between=form.between(),
    )


@page.get("/<key>")
def show(key: str) -> ResponseReturnValue:
    exchange = _exchange(key)
    form = RepeatForm(formdata=None, asked=pretty(exchange.asked))
    return _show(exchange, form)


@page.post("/<key>")
def repeat(key: str) -> ResponseReturnValue:
    """Send the call again, as it stands in the form: by the rules of the page that owns its operation."""
    exchange = _exchange(key)
    kind = operation_named(exchange.operation) or abort(404)
    if not may_repeat(kind):
        abort(403)
    form = RepeatForm()
    op = form.operation(kind) if form.validate_on_submit() else None
    if op is None:
        return _show(exchange, form)
    try:
        answer = _sent(op, Again(form.once.data or "", form.reason.data or ""))
    except AlreadyDone as done:
        return go("trail.show", number=done.act.id)
    if answer is not None:
        return answer
    flash(_("Sent again."), "success")
    return go(".index", operation=exchange.operation)


@page.route("/try/<name>", methods=["GET", "POST"])
def try_out(name: str) -> ResponseReturnValue:
    """Send a call to a test shop, and show what is answered."""
    kind = operation_named(name) or abort(404)
    if shop().kind != "test":
        abort(404)
    if not may_repeat(kind):
        abort(403)
    sent = RepeatForm()
    op = sent.operation(kind) if sent.validate_on_submit() else None
    is_new = request.method == "GET" or op is not None
    asked = sent.asked.data or pretty(json.dumps(example_of(kind).call.params()))
    form = RepeatForm(formdata=None, asked=asked) if is_new else sent
    exchange = _answered(op, sent.once.data or "") if op else None
    answer = pretty(exchange.answer) if exchange else ""
    return render("requests/try.html", kind=kind, form=form, exchange=exchange, answer=answer)


def _answered(op: Operation[Any], once: str) -> Exchange | None:
    """Send it, and give what was written down of it, a refusal as well as an answer."""
    with suppress(Rees46Error):
        ask(op) if op.http.only_reads else act(op, About(customer_of(op), once=once))
    return next(reversed(g.get("exchanges", [])), None)


def _sent(op: Operation[Any], again: Again) -> ResponseReturnValue | None:
    """Send it; where its page asks something first, lead there."""
    owner = owner_of(type(op))
    if op.http.only_reads:
        ask(op)
    elif owner:
        return owner.send(op, again)
    else:
        act(op, About(customer_of(op), reason=again.reason, once=again.once))
    return None


def _exchange(key: str) -> Exchange:
    return load_or_404(Exchange, key=key)


def _show(exchange: Exchange, form: RepeatForm) -> ResponseReturnValue:
    who = {one.id: one.name for one in everyone()}
    kind = operation_named(exchange.operation)
    return render(
        "requests/show.html",
        exchange=exchange,
        form=form,
        kind=kind,
        may_send=kind is not None and may_repeat(kind),
        who=who.get(exchange.person_id or 0),
        answer=pretty(exchange.answer),
    )


def pretty(text: str) -> str:
    """Indent JSON; leave anything else as it is."""
    try:
        read: Any = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return json.dumps(read, ensure_ascii=False, indent=2)
