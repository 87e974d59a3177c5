"""The log of a customer and of the whole desk, and logging one more communication."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from flask import flash, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.pages.communications import page
from app.pages.communications.columns import columns
from app.pages.communications.forms import FindForm, ListFilters, LogForm
from app.pages.communications.reading import read_log, vocabulary
from app.rees46 import communications
from app.rees46.errors import Rees46Error
from app.store import communications as archive
from app.store import customers
from app.store.acts import AlreadyDone
from app.store.communications import FIELDS, Communication
from app.store.paging import newest
from app.web.acts.alike import asks_first
from app.web.context import desk
from app.web.customer_page.changed import came_from_customer, changed
from app.web.customers.identity import identity_for
from app.web.customers.keys import customer_or_404
from app.web.customers.lookup import look_up
from app.web.error_words import in_words
from app.web.page import EVERYONE, STAFF, SUPPORT, needs
from app.web.rees46 import About, act
from app.web.render import go, render, toast, wants_fragment
from app.web.shops import shop
from app.web.sign_in.access import may
from app.web.sign_in.login import me
from app.web.tables.listing import Listing, list_page
from app.work.bulk import SOURCES, Source

if TYPE_CHECKING:
    from flask import Response
    from flask.typing import ResponseReturnValue
    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from app.store.customers import KnownCustomer


@page.get("/")
def index() -> ResponseReturnValue:
    """What the desk has seen lately, of all customers."""
    form = ListFilters()
    with desk().reading() as db:
        recent = customers.recent(db, me().id, shop().id, limit=5)
    return list_page(
        "communications/index.html",
        lambda db, at: _listing(db, form, at),
        find=FindForm(formdata=None),
        recent=recent,
    )


def _listing(db: Session, form: ListFilters, at: dict[str, Any]) -> Listing[Communication]:
    found, words = newest(db, _wanted(form), Communication.id, **at), vocabulary()
    form.offer(words, found.rows)
    shown = columns(customers.by_ids(db, {row.customer_id for row in found.rows}), words)
    file = "communications" if may("communications.add") else ""
    return Listing(_("Communications, the latest seen first"), shown, found, form, file=file)


def _wanted(form: ListFilters) -> Select[Communication]:
    return archive.wanted(
        shop().id,
        channel=form.channel.data or "",
        theme=form.theme.data or "",
        ours=form.by.data == "us",
        days=form.days(),
    )


def everybody(db: Session, most: int) -> list[int]:
    """Whom the filters of the list show."""
    ids = _wanted(ListFilters(request.args)).with_only_columns(Communication.customer_id).distinct()
    return list(db.scalars(ids.order_by(None).limit(most)))


SOURCES["communications"] = Source(_l("Communications"), "communications.index", STAFF, everybody)


@page.post("/find")
@needs(EVERYONE)
def find() -> ResponseReturnValue:
    """Lead from an address, a number or an ID to the log of whoever it is."""
    form = FindForm()
    found = look_up(form.who.data or "") if form.validate_on_submit() else None
    if found and found.person:
        return go(".of", key=found.person.customer.key)
    return render("communications/find.html", find=form, found=found)


@page.get("/of/<key>")
def of(key: str) -> ResponseReturnValue:
    """A customer's communications; also a panel of the profile."""
    customer = customer_or_404(key)
    return _log(customer, new_form(customer))


def _log(customer: KnownCustomer, form: LogForm) -> Response:
    log, words = read_log(customer), vocabulary()
    form.offer(words)
    return render("communications/of.html", customer=customer, log=log, form=form, words=words)


def new_form(customer: KnownCustomer, *, filled: bool = False) -> LogForm:
    """An empty form, or the one that was sent in."""
    form = LogForm() if filled else LogForm(formdata=None)
    form.who = identity_for(communications.Save, customer) if filled else {}
    return form


@page.route("/of/<key>/add", methods=["GET", "POST"])
@needs(SUPPORT)
def add(key: str) -> ResponseReturnValue:
    """Log a communication. What was typed stays there whatever REES46 says."""
    customer = customer_or_404(key)
    form = new_form(customer, filled=request.method == "POST")
    form.offer(vocabulary())
    if form.validate_on_submit() and not _was_logged(form, customer) and _saved(form, customer):
        return _logged(customer)
    return render("communications/add.html", customer=customer, form=form, back=came_from_customer())


def _was_logged(form: LogForm, customer: KnownCustomer) -> bool:
    """Ask first when a colleague logged one a moment ago; a second click of the same form finds its own."""
    return asks_first(form.again, customer, communications.Save.name())


def _logged(customer: KnownCustomer) -> ResponseReturnValue:
    """Show the log with the new entry; that it is saved is said even when the log cannot be read just now."""
    words = _("Logged.")
    if came_from_customer():
        return changed(customer, words)
    if wants_fragment():
        with suppress(Rees46Error):
            return toast(_log(customer, new_form(customer)), words)
    flash(words, "success")
    return go(".of", key=customer.key)


def _saved(form: LogForm, customer: KnownCustomer) -> bool:
    """Save it, and keep it as ours; say on the form what went wrong."""
    try:
        answer = act(form.operation, About(customer=customer, once=form.once.data))
    except AlreadyDone as done:
        if done.act.outcome == "done":
            return True
        form.refuse(
            _("An earlier click sent this already, and nobody knows whether it was saved. Look at the log first.")
        )
        return False
    except Rees46Error as error:
        form.refuse(" ".join(filter(None, in_words(error).values())))
        if error.changed == "no":
            form.try_anew()
        return False
    fields = {name: form[name].data or None for name in FIELDS}
    with desk().writing() as db:
        archive.keep(db, shop().id, customer.id, answer.id, fields, by=me().name, is_new=True)
    return True
