"""Saving a chat log with the customer it is of, and what was saved from here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash
from flask_babel import gettext as _
from flask_babel import ngettext

from app.pages.chats import page
from app.pages.chats.columns import columns
from app.pages.chats.forms import ChatForm, ListFilters
from app.rees46 import chats
from app.rees46.errors import Refused
from app.store import sent_chats
from app.store.paging import newest, within
from app.store.sent_chats import SentChat
from app.web.context import desk
from app.web.customers.lookup import look_up
from app.web.page import STAFF, needs
from app.web.rees46 import About, act
from app.web.render import go, render
from app.web.shops import shop
from app.web.sign_in.access import may
from app.web.sign_in.login import me
from app.web.tables.listing import Listing, list_page

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue
    from sqlalchemy.orm import Session

    from app.pages.chats.logs import Log
    from app.web.customers.lookup import Person

PLATFORM = "livetex"  # the only one that REES46 takes
NOT_SAVED = {"refused", "failed"}


@page.get("/")
def index() -> ResponseReturnValue:
    form = ListFilters()
    return list_page("chats/index.html", lambda db, at: _listing(db, form, at))


def _listing(db: Session, form: ListFilters, at: dict[str, Any]) -> Listing[SentChat]:
    found = newest(db, within(sent_chats.chats_of(shop().id), SentChat.at, form.between()), SentChat.id, **at)
    file = "chats" if may("chats.add") else ""
    return Listing(_("Chats, newest first"), columns(), found, form, file=file)


@page.route("/add", methods=["GET", "POST"])
@needs(STAFF)
def add() -> ResponseReturnValue:
    """Save a log. Whom it names is shown before it is saved; a code that was used is asked about."""
    form = ChatForm()
    log = form.log() if form.validate_on_submit() else None
    person = _person(form, log) if log else None
    if log is None or person is None or not _is_new(form):
        return render("chats/add.html", form=form, log=log)
    try:
        _save(form, log, person)
    except Refused as refused:
        form.refuse(refused.message)
        return render("chats/add.html", form=form, log=log)
    flash(
        ngettext(
            "Saved: %(num)s message, as %(code)s.",
            "Saved: %(num)s messages, as %(code)s.",
            log.messages,
            code=form.code.data,
        ),
        "success",
    )
    return go("customers.show", key=person.customer.key)


def _person(form: ChatForm, log: Log) -> Person | None:
    """Find whose it is. One that the log alone names is put into the form, for somebody to look at."""
    typed = (form.who.data or "").strip()
    people = look_up(typed).people if typed else [one for contact in log.contacts for one in look_up(contact).people]
    found = {person.customer.id: person for person in people}
    if typed and len(found) == 1:
        return people[0]
    if typed:
        several = _("This leads to several people. Type one identifier.")
        form.who.errors = [several if found else _("REES46 knows no such customer.")]
    elif len(found) == 1:
        kind = people[0].by[0]
        form.who.data = kind.value
        form.who.errors = [_("The log names this customer. Save again if it is theirs.")]
    else:
        form.who.errors = [
            _("The log names several customers. Say whose it is.")
            if found
            else _("The log names nobody whom REES46 knows. Say whose it is.")
        ]
    return None


def _is_new(form: ChatForm) -> bool:
    with desk().reading() as db:
        known = sent_chats.last_chat(db, shop().id, form.code.data)
    if known is None or known.act.outcome in NOT_SAVED or form.replaces.data or known.act.once == form.once.data:
        return True
    form.replaces.errors = [_("A chat with this code was saved from here. Saving again replaces it.")]
    return False


def _save(form: ChatForm, log: Log, person: Person) -> None:
    customer, code = person.customer, form.code.data
    identity = customer.identity if customer.kind in chats.Save.identifiers else {}
    for kind in ("email", "phone"):
        if not identity and (value := getattr(person.profile, kind, None)):
            identity = {kind: value}
    row = {
        "shop_id": shop().id,
        "person": me().name,
        "code": code,
        "customer_id": customer.id,
        "messages": log.messages,
    }
    act(
        chats.Save.from_form({**identity, "code": code, "platform": PLATFORM, "data": log.data}),
        About(
            customer=customer,
            asked={"code": code, "platform": PLATFORM, "messages": log.messages},
            once=form.once.data,
            begun=lambda db, sent: db.add(SentChat(act_id=sent.id, **row)),
        ),
    )
