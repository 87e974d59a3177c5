"""Adding a customer, once it is sure that none of the contacts is somebody's already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, request
from flask_babel import gettext as _

from app.pages.customers import page
from app.pages.customers.changes import CONTACTS
from app.pages.customers.forms.attributes import AttributesForm
from app.rees46.errors import Rees46Error, Refused
from app.rees46.profile import Profile
from app.store import customers
from app.web.context import desk
from app.web.customers.keys import telling
from app.web.customers.lookup import Person, find
from app.web.customers.parse import Reading
from app.web.error_words import in_words
from app.web.page import SUPPORT, needs
from app.web.rees46 import About, act
from app.web.render import go, render
from app.web.shops import shop

if TYPE_CHECKING:
    from flask import Response
    from flask.typing import ResponseReturnValue

    from app.store.customers import KnownCustomer

KEYS = (*CONTACTS, "external_id")


@page.route("/new", methods=["GET", "POST"])
@needs(SUPPORT)
def new() -> ResponseReturnValue:
    """Add a customer; what was looked for in vain is filled in by `step=start`."""
    form = AttributesForm()
    if request.method == "GET" or request.form.get("more") or request.form.get("step") == "start":
        form.add_row(request.form.get("more", ""))
        return _form(form)
    if not form.validate_on_submit():
        return _form(form)
    try:
        if owners := _owners(form):
            return _form(form, owners)
        customer = _remembered(form)
        act(
            form.operation,
            About(customer, after=form.texts() and {name: text for name, text in form.texts().items() if text}),
        )
    except Rees46Error as error:
        return _form(form, error=error)
    flash(_("Created. This is what REES46 knows by now."), "success")
    return go(".show", key=customer.key)


def _owners(form: AttributesForm) -> list[Person]:
    """Find whose the contacts are already."""
    said = form.texts()
    people = [find(Reading(kind, said[kind])) for kind in KEYS if said.get(kind)]
    return list({person.customer.id: person for person in people if person}.values())


def _remembered(form: AttributesForm) -> KnownCustomer:
    """Give the key that the new customer will have."""
    said = form.texts()
    contacts = {kind: said[kind] for kind in KEYS if said.get(kind)}
    name = " ".join(part for part in (said["first_name"], said["last_name"]) if part)
    with desk().writing() as db:
        return customers.remember(db, shop().id, *telling(Profile(), **contacts), name)


def _form(form: AttributesForm, owners: list[Person] | None = None, error: Rees46Error | None = None) -> Response:
    status = 409 if owners else None
    if error:
        status = 422 if isinstance(error, Refused) else 502
    failure = in_words(error) if error else None
    return render("customers/new.html", status, form=form, owners=owners or [], failure=failure)
