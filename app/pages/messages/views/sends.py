"""The history: what was sent, refused, not sent, and what nobody knows until a person says so."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from flask import abort, flash, request
from flask_babel import gettext as _
from sqlalchemy import select

from app.pages.messages import page
from app.pages.messages.forms import Filters, FindForm, ResolveForm
from app.pages.messages.sending import look_at, send_or_404
from app.store import campaigns, customers, people, sends
from app.store.acts import Act
from app.store.base import now
from app.store.exchanges import Exchange
from app.store.paging import newest
from app.store.sends import Send
from app.web.context import desk, settings
from app.web.customers.keys import customer_or_404
from app.web.customers.parse import read_identifier
from app.web.login import me
from app.web.page import EVERYONE, needs
from app.web.paging_args import page_urls, place
from app.web.rees46 import About, noted
from app.web.render import go, render
from app.web.shops import shop
from app.web.sms import count

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

SHOWN_OF_CUSTOMER = 10
WORDS: dict[str, sends.State] = {"arrived": "arrived", "lost": "lost"}
FILTERS = ("campaign", "state", "person", "to")


@page.get("/")
def index() -> ResponseReturnValue:
    form, key = Filters(request.args), request.args.get("to", "")
    recipient = customer_or_404(key) if key else None
    with desk().reading() as db:
        form.offer(campaigns.of_shop(db, shop().id), people.everyone(db))
        query = sends.wanted(
            shop().id,
            state=form.state.data or "",
            campaign=form.campaign.data or "",
            person_id=form.person.data,
            recipient_id=recipient.id if recipient else None,
        )
        found = newest(db, query, Send.id, **place())
    filtered = any(request.args.get(name) for name in FILTERS)
    return render("messages/index.html", form=form, found=found, filtered=filtered, recipient=recipient,
                  find=FindForm(formdata=None), **page_urls(found.older, found.newer))  # fmt: skip


@page.post("/find")
@needs(EVERYONE)
def find() -> ResponseReturnValue:
    """Narrow the history to a recipient; the address goes no further than this form."""
    form = FindForm()
    if not form.validate_on_submit():
        flash(_("Type an e-mail address or a phone number."), "warning")
        return go(".index")
    kind, value = read_identifier(form.who.data or "")
    with desk().writing() as db:
        key = customers.remember(db, shop().id, kind, value).key
    return go(".index", to=key)


@page.get("/<int:number>")
def show(number: int) -> ResponseReturnValue:
    """One message as it was sent, and what became of it."""
    return _show(_followed(send_or_404(number)), ResolveForm(formdata=None))


def _show(send: Send, form: ResolveForm) -> ResponseReturnValue:
    with desk().reading() as db:
        act = db.scalar(select(Act).where(Act.once == send.once))
        calls = list(db.scalars(select(Exchange).where(Exchange.act_id == act.id))) if act else []
    text = send.texts.get("sms")
    return render("messages/show.html", send=send, look=look_at(send), act=act, calls=calls, form=form,
                  is_under_way=_is_under_way(send), sms=None if text is None else count(text))  # fmt: skip


def _is_under_way(send: Send) -> bool:
    """Whether REES46 may still be answering; after that nobody waits for it any more."""
    return send.state == "sending" and now() - send.at < timedelta(seconds=2 * settings().time_limit)


def _followed(send: Send) -> Send:
    """Follow what a person said of the act in the audit trail."""
    if not send.nobody_knows:
        return send
    with desk().reading() as db:
        act = db.scalar(select(Act).where(Act.once == send.once))
    if act is None or not act.settled:
        return send
    state: sends.State = "arrived" if act.outcome == "done" else "lost"
    with desk().writing() as db:
        sends.settle(db, send.id, state, act.settled.get("by", ""), act.settled.get("note", ""))
    return send_or_404(send.id)


@page.post("/<int:number>")
def resolve(number: int) -> ResponseReturnValue:
    """Take a person's word for a message of which nobody knew."""
    send, form = send_or_404(number), ResolveForm()
    state = WORDS.get(request.form.get("outcome", ""))
    if not form.validate_on_submit() or state is None:
        return _show(send, form)
    if not send.nobody_knows or _is_under_way(send):
        abort(409, _("There is nothing to settle: the outcome is known, or REES46 may still answer."))
    _settle(send, state, form.note.data or "")
    flash(_("Settled: it arrived.") if state == "arrived" else _("Settled: it did not arrive."), "success")
    return go(".show", number=number)


def _settle(send: Send, state: sends.State, note: str) -> None:
    """Write it down at the message and at its act in the trail."""
    about = About(before={"state": send.state}, after={"state": state}, reason=note)
    with noted("messages.Settle", about, {"message": send.id}), desk().writing() as db:
        sends.settle(db, send.id, state, me().name, note)
        act = db.scalar(select(Act).where(Act.once == send.once))
        if act:
            act.settled = {"outcome": "done" if state == "arrived" else "failed", "note": note, "by": me().name}
            act.outcome = act.settled["outcome"]


@page.get("/of/<key>")
def of(key: str) -> ResponseReturnValue:
    """What was sent to a customer, or with a customer's data; a panel of the profile."""
    customer = customer_or_404(key)
    with desk().reading() as db:
        query = sends.wanted(shop().id, recipient_id=customer.id)
        found = newest(db, query, Send.id, limit=SHOWN_OF_CUSTOMER)
    return render("messages/of.html", customer=customer, found=found)
