"""The way in: whose subscriptions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _

from app.pages.subscriptions import page
from app.pages.subscriptions.forms import WhoForm
from app.web.customers.lookup import look_up
from app.web.render import go, render

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@page.get("/")
def index() -> ResponseReturnValue:
    return render("subscriptions/index.html", form=WhoForm(formdata=None), people=[])


@page.post("/")
def find() -> ResponseReturnValue:
    form = WhoForm()
    found = look_up(form.who.data or "") if form.validate_on_submit() else None
    if found and found.person:
        return go(".of", key=found.person.customer.key)
    if found and not found.people:
        form.who.errors = [_("REES46 knows no such customer.")]
    return render("subscriptions/index.html", form=form, people=found.people if found else [])
