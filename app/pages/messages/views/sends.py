"""The history: what was sent, refused, not sent, and what nobody knows until a person says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import abort, flash, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.pages.messages import page
from app.pages.messages.columns import columns, few_columns
from app.pages.messages.history_forms import FindForm, ListFilters, ResolveForm
from app.pages.messages.sending import KIND, look_at, send_or_404
from app.store import acts, campaigns, customers, sends
from app.store.sends import Send
from app.web.acts.settling import calls_of, settle_act
from app.web.context import desk
from app.web.customers.keys import customer_or_404, identity_of
from app.web.customers.parse import read_identifier
from app.web.customers.traces import aliases
from app.web.messaging.shown import shown
from app.web.page import EVERYONE, STAFF, needs
from app.web.remembered import everyone
from app.web.render import go, load_anew, render
from app.web.shops import shop
from app.web.sign_in.access import may
from app.web.tables.listing import Listing, Narrowed, list_page
from app.work.batches import work_on
from app.work.bulk import SOURCES, Source

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue
    from sqlalchemy.orm import Session

    from app.store.customers import KnownCustomer
    from app.store.paging import Slice

SHOWN_OF_CUSTOMER = 10
WORDS: dict[str, acts.Verdict] = {"arrived": "done", "lost": "failed"}


@page.get("/")
def index() -> ResponseReturnValue:
    form, recipient = ListFilters(), _recipient()
    return list_page(
        "messages/index.html", lambda db, at: _listing(db, form, recipient, at), find=FindForm(formdata=None)
    )


def _recipient() -> KnownCustomer | None:
    key = request.args.get("to", "")
    return customer_or_404(key) if key else None


def _listing(db: Session, form: ListFilters, recipient: KnownCustomer | None, at: dict[str, Any]) -> Listing[Send]:
    form.offer(campaigns.of_shop(db, shop().id), everyone())
    found = _history(db, form, recipient, **at)
    shown = columns(customers.by_ids(db, {send.recipient_id for send in found.rows}))
    narrowed = [Narrowed("to", recipient.key, _("To %(who)s", who=identity_of(recipient)))] if recipient else []
    file = "messages" if may("messages.write") else ""
    return Listing(_("Messages, newest first"), shown, found, form, file=file, narrowed=narrowed)


def _history(db: Session, form: ListFilters, recipient: KnownCustomer | None, **at: Any) -> Slice[Send]:
    return sends.history(
        db,
        shop().id,
        state=form.state.data or "",
        campaign=form.campaign.data or "",
        kind=form.kind.data or "",
        person_id=form.person.data,
        recipients=aliases(recipient) if recipient else (),
        between=form.between(),
        **at,
    )


def everybody(db: Session, most: int) -> list[int]:
    """To whom the messages went that the filters show."""
    found = _history(db, ListFilters(request.args), _recipient(), limit=most)
    return list(dict.fromkeys(send.recipient_id for send in found.rows))


SOURCES["messages"] = Source(_l("Messages"), "messages.index", STAFF, everybody)


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


@page.get("/<int:number>/moved")
def moved(number: int) -> ResponseReturnValue:
    """Let an open page load itself anew once the message is no longer in the state that it shows."""
    if send_or_404(number).state == request.args.get("state"):
        return "", 204
    return load_anew(".show", number=number)


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
    return render("messages/of.html", customer=customer, found=found, columns=few_columns())
