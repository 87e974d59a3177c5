"""The allow-list: who agreed to get test messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, request
from flask_babel import gettext as _

from app.pages.messages import page
from app.pages.messages.columns import recipient_columns
from app.pages.messages.forms import RecipientForm
from app.pages.messages.history_forms import RecipientFilters
from app.store import bulks, customers
from app.store import recipients as store
from app.store.bulks import Bulk
from app.store.recipients import Recipient
from app.web.cells.emails import read_email
from app.web.cells.phones import read_phone
from app.web.context import desk
from app.web.loaders import load_or_404
from app.web.page import MARKETERS, STAFF, needs
from app.web.rees46 import noted
from app.web.render import go
from app.web.shops import shop
from app.web.sign_in.access import may
from app.web.sign_in.login import me
from app.web.tables.listing import Listing, list_page
from app.web.tables.numbered import numbered

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue
    from sqlalchemy.orm import Session


@page.get("/recipients")
@needs(STAFF)
def recipients() -> ResponseReturnValue:
    return _listed(RecipientForm(formdata=None))


def _listed(form: RecipientForm) -> ResponseReturnValue:
    filters = RecipientFilters(request.args)
    return list_page("messages/recipients.html", lambda db, _at: _listing(db, filters), form=form)


def _listing(db: Session, filters: RecipientFilters) -> Listing[Recipient]:
    kind = filters.kind.data
    part = numbered([one for one in store.of_shop(db, shop().id) if not kind or one.kind == kind])
    file = "test-recipients" if may("messages.add_recipient") else ""
    return Listing(_("Test recipients"), recipient_columns(), part.slice, filters, file=file, numbered=part)


@page.post("/recipients")
@needs(MARKETERS)
def add_recipient() -> ResponseReturnValue:
    form = RecipientForm()
    if not (form.validate_on_submit() and (who := _read(form))):
        return _listed(form)
    (kind, value), whose = who, form.whose.data or ""
    with noted("messages.AddRecipient", asked={kind: value, "whose": whose}), desk().writing() as db:
        if not store.listed(db, shop().id, {kind: value}):
            db.add(Recipient(shop_id=shop().id, kind=kind, value=value, whose=whose, added_by=me().name))
    flash(_("%(whose)s may get test messages.", whose=whose), "success")
    return go(".recipients")


def _read(form: RecipientForm) -> tuple[str, str] | None:
    typed = form.who.data or ""
    if email := read_email(typed):
        return "email", email
    if phone := read_phone(typed):
        return "phone", phone
    form.who.errors = [_("This is neither an e-mail address nor a phone number.")]
    return None


@page.post("/recipients/group")
@needs(STAFF)
def write_to_all() -> ResponseReturnValue:
    """Begin a message to everybody on the allow-list; which one it is, and a dry run, come next."""
    with desk().writing() as db:
        wanted = {(one.kind, one.value): one.whose for one in store.of_shop(db, shop().id)}
        known = customers.remember_all(db, shop().id, wanted)
        bulk = Bulk(shop_id=shop().id, person_id=me().id, person=me().name, source=_("the allow-list"))
        bulks.add(db, bulk, (customer.id for customer in known.values()))
    return go("bulk.show", key=bulk.key, _anchor="messages-group")


@page.post("/recipients/<int:number>/remove")
@needs(MARKETERS)
def remove_recipient(number: int) -> ResponseReturnValue:
    found = load_or_404(Recipient, number=number)
    with noted("messages.RemoveRecipient", asked={found.kind: found.value}), desk().writing() as db:
        db.delete(db.get_one(Recipient, number))
    flash(_("%(whose)s is off the allow-list.", whose=found.whose), "success")
    return go(".recipients")
