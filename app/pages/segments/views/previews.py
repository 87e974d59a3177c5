"""Adding and removing by hand, with a look first: whom, and to what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, request
from flask_babel import gettext as _

from app.pages.segments import page
from app.pages.segments.forms import ChangeForm, RemoveForm, WhoForm
from app.pages.segments.labels import choices, segment_of, title_of, with_names
from app.rees46 import segments
from app.web.customers.identity import identity_for
from app.web.customers.keys import customer_or_404
from app.web.customers.lookup import look_up, read_profile
from app.web.page import STAFF, needs
from app.web.rees46 import About, ask, send
from app.web.render import go, render

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from app.store.customers import KnownCustomer


@page.route("/add", methods=["GET", "POST"])
@needs(STAFF)
def add() -> ResponseReturnValue:
    return _who("add")


@page.route("/remove", methods=["GET", "POST"])
@needs(STAFF)
def remove() -> ResponseReturnValue:
    return _who("remove")


def _who(act: str) -> ResponseReturnValue:
    """Ask whom and which segment; `?segment=313` fills the latter in."""
    form = WhoForm(segment_id=request.args.get("segment", "")[:255])
    found = look_up(form.who.data or "") if form.validate_on_submit() else None
    if found and found.person:
        return go(".preview", act=act, segment_id=form.segment_id.data, key=found.person.customer.key)
    if found and not found.people:
        form.who.errors = [_("REES46 knows no such customer.")]
    people = found.people if found else []
    return render("segments/who.html", act=act, form=form, people=people, choices=choices())


@page.get("/<any(add, remove):act>/<segment_id>/<key>")
@needs(STAFF)
def preview(act: str, segment_id: str, key: str) -> ResponseReturnValue:
    return _preview(act, customer_or_404(key), _form(act, segment_id))


@page.post("/<any(add, remove):act>/<segment_id>/<key>")
def change(act: str, segment_id: str, key: str) -> ResponseReturnValue:
    """Do what the preview showed."""
    customer = customer_or_404(key)
    form = _form(act, segment_id)
    form.identity = identity_for(form.makes, customer)
    if not (form.validate_on_submit() and send(form, About(customer=customer))):
        return _preview(act, customer, form)
    words = {"name": customer.name or _("The customer"), "segment": title_of(segment_of(form.segment_id.data))}
    flash(
        _("%(name)s is now in %(segment)s.", **words)
        if act == "add"
        else _("%(name)s is no longer in %(segment)s.", **words),
        "success",
    )
    return go(".of", key=key)


def _form(act: str, segment_id: str) -> ChangeForm:
    return (ChangeForm if act == "add" else RemoveForm)(segment_id=segment_id)


def _preview(act: str, customer: KnownCustomer, form: ChangeForm) -> ResponseReturnValue:
    joined = with_names(ask(segments.Get(**identity_for(segments.Get, customer))))
    segment = segment_of(str(form.segment_id.data or ""))
    return render(
        "segments/preview.html",
        act=act,
        customer=customer,
        form=form,
        joined=joined,
        segment=segment,
        is_in=any(one.segment_id == segment.segment_id for one in joined),
        profile=read_profile(customer.identity),
    )
