"""Which segments a customer is in: a panel of the profile, with adding and removing in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash
from flask_babel import gettext as _

from app.pages.segments import page
from app.pages.segments.forms import ChangeForm, LookUpForm, RemoveForm
from app.pages.segments.labels import choices, segment_of, title_of, with_names
from app.rees46 import segments
from app.web.customer_page.changed import came_from_customer, changed
from app.web.customers.identity import identity_for
from app.web.customers.keys import customer_or_404
from app.web.customers.lookup import look_up
from app.web.page import STAFF, needs
from app.web.rees46 import About, ask, send
from app.web.render import go, render, toast, wants_fragment

if TYPE_CHECKING:
    from flask import Response
    from flask.typing import ResponseReturnValue

    from app.store.customers import KnownCustomer


@page.route("/find", methods=["GET", "POST"])
@needs(STAFF)
def find() -> ResponseReturnValue:
    """Look up the segments of a customer."""
    form = LookUpForm()
    found = look_up(form.who.data or "") if form.validate_on_submit() else None
    if found and found.person:
        return go(".of", key=found.person.customer.key)
    if found and not found.people:
        form.who.errors = [_("REES46 knows no such customer.")]
    return render("segments/find.html", form=form, people=found.people if found else [])


@page.get("/of/<key>")
def of(key: str) -> ResponseReturnValue:
    customer = customer_or_404(key)
    return _panel(customer, ChangeForm(formdata=None))


@page.post("/of/<key>/add")
def add_here(key: str) -> ResponseReturnValue:
    customer = customer_or_404(key)
    return _change(customer, ChangeForm(), _("Added to %(segment)s."))


@page.post("/of/<key>/remove")
def remove_here(key: str) -> ResponseReturnValue:
    customer = customer_or_404(key)
    return _change(customer, RemoveForm(), _("Removed from %(segment)s."))


def _change(customer: KnownCustomer, form: ChangeForm, done: str) -> ResponseReturnValue:
    """Do what the form says, and show the segments as REES46 has them now."""
    form.identity = identity_for(form.makes, customer)
    if not (form.validate_on_submit() and send(form, About(customer=customer))):
        return _panel(customer, form)
    words = done % {"segment": title_of(segment_of(form.segment_id.data))}
    if came_from_customer():
        return changed(customer, words)
    if wants_fragment():
        return toast(_panel(customer, ChangeForm(formdata=None)), words)
    flash(words, "success")
    return go(".of", key=customer.key)


def _panel(customer: KnownCustomer, form: ChangeForm) -> Response:
    joined = with_names(ask(segments.Get(**identity_for(segments.Get, customer))))
    offered, back = choices(without=joined), came_from_customer()
    return render("segments/of.html", customer=customer, joined=joined, form=form, choices=offered, back=back)
