"""Another e-mail, phone number or own ID: changed at once if it is nobody's; else both people are shown first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import flash, request
from flask_babel import gettext as _

from app.pages.customers import page
from app.pages.customers.forced import EMAIL, OWN_ID, PHONE, Contact
from app.pages.customers.forcing import loser_of, move_keys
from app.pages.customers.forms.force import LastStep
from app.rees46.errors import Rees46Error, Refused
from app.store.acts import AlreadyDone
from app.vault import digest
from app.web.context import settings
from app.web.customers.keys import KINDS, customer_or_404
from app.web.customers.lookup import read_profile
from app.web.customers.traces import note_seen
from app.web.error_words import in_words
from app.web.errors import earlier_click
from app.web.page import SUPPORT, needs
from app.web.rees46 import About, act
from app.web.render import go, render

if TYPE_CHECKING:
    from flask import Response
    from flask.typing import ResponseReturnValue

    from app.pages.customers.forms.force import NewContactForm
    from app.rees46.profile import Profile
    from app.store.customers import KnownCustomer
    from app.web.customers.lookup import Person


TOLD_APART = ("email", "phone", "loyalty_id", "first_name", "last_name", "birthday")


@page.route("/<key>/email", methods=["GET", "POST"])
@needs(SUPPORT)
def change_email(key: str) -> ResponseReturnValue:
    return _change(customer_or_404(key), EMAIL)


@page.route("/<key>/phone", methods=["GET", "POST"])
@needs(SUPPORT)
def change_phone(key: str) -> ResponseReturnValue:
    return _change(customer_or_404(key), PHONE)


@page.route("/<key>/own-id", methods=["GET", "POST"])
@needs(SUPPORT)
def change_id(key: str) -> ResponseReturnValue:
    return _change(customer_or_404(key), OWN_ID)


@dataclass(frozen=True)
class Change:
    """Whose contact is changed, and what is known of them."""

    customer: KnownCustomer
    contact: Contact
    profile: Profile


def _change(customer: KnownCustomer, contact: Contact) -> ResponseReturnValue:
    """Ask for the new contact, and for more if somebody loses it."""
    profile = read_profile(customer.identity)
    if profile is None:
        return render("customers/gone.html", 404, customer=customer)
    change, old = Change(customer, contact, profile), contact.of(profile, customer)
    if not old and contact is not OWN_ID:
        flash(str(contact.lacking), "info")
        return go(".show", key=customer.key)
    if request.form.get("step") == "force":
        return _force(change, contact.last(customer, old))
    form = contact.first(customer, old)
    if not form.validate_on_submit():
        return _asked(change, form)
    if loser := _loser(change, form):
        known = {name: one.data for name, one in form._fields.items() if name not in {"once", "csrf_token"}}
        return _last_step(change, contact.last(customer, old, formdata=None, data=known), loser)
    return _send(change, form, None)


def _force(change: Change, form: LastStep[Any]) -> ResponseReturnValue:
    """Do it, unless the contact has changed hands since it was shown."""
    if form.is_done:
        return go(".show", key=change.customer.key)
    if not form.validate_on_submit() and form.new_field.errors:
        return _asked(change, form)
    loser = _loser(change, form)
    if form.errors or form.form_errors or _name(loser) != form.owner.data:
        return _last_step(change, form, loser)
    return _send(change, form, loser)


def _loser(change: Change, form: NewContactForm[Any]) -> Person | None:
    """Who has the new contact now; one of the customer's own is lost to nobody."""
    return loser_of(change.customer, change.contact.kind, form.new)


def _send(change: Change, form: NewContactForm[Any], loser: Person | None) -> ResponseReturnValue:
    customer, profile = change.customer, change.profile
    about = About(
        customer,
        {change.contact.kind: form.given()[f"old_{form.kind}"], "owner_of_new": loser.customer.key if loser else None},
        {change.contact.kind: form.new},
        reason=form.reason.data,
        once=form.once.data,
        begun=lambda db, _row: note_seen(db, customer, profile),
    )
    try:
        act(form.operation, about)
    except AlreadyDone as done:
        flash(earlier_click(done.act), "info")
        return go(".show", key=customer.key)
    except Rees46Error as error:
        form.renew()  # what went wrong is shown above the form: another click is another try, on purpose
        return _last_step(change, form, loser, error) if isinstance(form, LastStep) else _asked(change, form, error)
    move_keys(customer, change.contact.kind, form.new, loser)
    _read_back(change, form.new)
    return go(".show", key=customer.key)


def _asked(change: Change, form: NewContactForm[Any], error: Rees46Error | None = None) -> Response:
    failure = in_words(error) if error else None
    return render("customers/change.html", _status(error), **vars(change), form=form, failure=failure)


def _last_step(change: Change, form: LastStep[Any], loser: Person | None, error: Rees46Error | None = None) -> Response:
    """Show both sides: who gets the contact, and who loses it."""
    seen, form.owner.data = form.owner.data, _name(loser)
    return render(
        "customers/force.html",
        _status(error),
        **vars(change),
        form=form,
        loser=loser,
        has_more=loser and any(getattr(loser.profile, kind, None) for kind in KINDS if kind != change.contact.kind),
        failure=in_words(error) if error else None,
        moved=seen is not None and seen != form.owner.data,
    )


def _status(error: Rees46Error | None) -> int | None:
    return (422 if isinstance(error, Refused) else 502) if error else None


def _name(loser: Person | None) -> str:
    """Name whom the person saw losing it, without telling it: a key may stand for somebody else by now."""
    if loser is None:
        return "nobody"
    told = [getattr(loser.profile, name, None) or "" for name in TOLD_APART]
    return digest("\n".join((loser.customer.key, *told)), settings().key, "loser ")


def _read_back(change: Change, new: str) -> None:
    """Say whether the new contact leads to the customer now."""
    kind, before = change.contact.kind, change.profile
    try:
        now = read_profile({kind: new})
    except Rees46Error:
        now = None
    same = [name for name in ("email", "phone", "first_name", "last_name") if name != kind]
    if now is not None and all(getattr(now, name) == getattr(before, name) for name in same):
        flash(str(change.contact.done), "success")
    else:
        flash(_("REES46 accepted the change, but does not show it yet. Look again in a minute."), "warning")
