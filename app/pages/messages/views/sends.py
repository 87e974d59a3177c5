"""The history: what was sent, refused, not sent, and what nobody knows until a person says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, request
from flask_babel import gettext as _

from app.pages.messages import page
from app.pages.messages.forms import FindForm, ListFilters, ResolveForm
from app.pages.messages.sending import KIND, look_at, send_or_404
from app.store import acts, campaigns, customers, people, sends
from app.store.sends import Send
from app.web.acts.settling import calls_of, settle_act
from app.web.context import desk
from app.web.customers.keys import customer_or_404
from app.web.customers.parse import read_identifier
from app.web.customers.traces import aliases
from app.web.messaging.shown import shown
from app.web.page import EVERYONE, needs
from app.web.paging_args import page_urls, place
from app.web.render import go, render
from app.web.shops import shop
from app.work.batches import work_on

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

SHOWN_OF_CUSTOMER = 10
WORDS: dict[str, acts.Verdict] = {"arrived": "done", "lost": "failed"}
FILTERS = ("campaign", "state", "person", "to")


@page.get("/")
def index() -> ResponseReturnValue:
    form, key = ListFilters(), request.args.get("to", "")
    recipient = customer_or_404(key) if key else None
    with desk().reading() as db:
        form.offer(campaigns.of_shop(db, shop().id), people.everyone(db))
        found = sends.history(
            db,
            shop().id,
            state=form.state.data or "",
            campaign=form.campaign.data or "",
            person_id=form.person.data,
            recipients=aliases(recipient) if recipient else (),
            **place(),
        )
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
    return _show(send_or_404(number), ResolveForm(formdata=None))


def _show(send: Send, form: ResolveForm) -> ResponseReturnValue:
    work = work_on(KIND, str(send.id)) if send.state == "held" else None
    return render(
        "messages/show.html",
        send=send,
        look=look_at(send),
        act=send.act,
        calls=calls_of(send.act),
        form=form,
        shown=shown(send.texts, send.number or ""),
        work=work,
    )


@page.post("/<int:number>")
def resolve(number: int) -> ResponseReturnValue:
    """Take a person's word for a message of which nobody knew."""
    send, form = send_or_404(number), ResolveForm()
    verdict = WORDS.get(request.form.get("outcome", ""))
    if not form.validate_on_submit() or verdict is None:
        return _show(send, form)
    if send.act is None:
        abort(409, _("There is nothing to settle: the outcome is known, or REES46 may still answer."))
    settle_act(send.act, verdict, form.note.data or "")
    flash(_("Settled: it arrived.") if verdict == "done" else _("Settled: it did not arrive."), "success")
    return go(".show", number=number)


@page.get("/of/<key>")
def of(key: str) -> ResponseReturnValue:
    """What was sent to a customer, or with a customer's data; a panel of the profile."""
    customer = customer_or_404(key)
    with desk().reading() as db:
        found = sends.history(db, shop().id, recipients=aliases(customer), limit=SHOWN_OF_CUSTOMER)
    return render("messages/of.html", customer=customer, found=found)
