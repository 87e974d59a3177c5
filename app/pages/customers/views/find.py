"""Finding one customer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, request
from flask_babel import gettext as _

from app.pages.customers import page
from app.pages.customers.forms.find import FindForm
from app.pages.customers.words import NAMES
from app.store import customers, lookups
from app.web.context import desk
from app.web.customers.lookup import look_up, suggest
from app.web.login import me
from app.web.page import EVERYONE, needs
from app.web.render import go, render
from app.web.shops import shop

if TYPE_CHECKING:
    from flask import Response
    from flask.typing import ResponseReturnValue

    from app.web.customers.lookup import Lookup, Person

RECENT = 12


@page.get("/")
def index() -> ResponseReturnValue:
    return _start(FindForm(formdata=None))


@page.route("/find", methods=["GET", "POST"])
@needs(EVERYONE)
def find() -> ResponseReturnValue:
    """Look somebody up by POST, so that no address and no number stands in a URL; lead to the profile."""
    if request.method == "GET":
        return go(".index")
    form = FindForm()
    if not form.validate_on_submit():
        return _start(form)
    typed = form.who.data or ""
    found = look_up(typed)
    if found.person:
        _say_what_led_here(found, found.person)
        return go(".show", key=found.person.customer.key)
    meant = [] if found.people else suggest(typed)
    return render("customers/found.html", form=form, found=found, meant=meant, names=NAMES, known=_usable(found))


def _start(form: FindForm) -> Response:
    with desk().reading() as db:
        recent = customers.recent(db, me().id, shop().id, limit=RECENT)
        lists = lookups.latest(db, shop().id, me().id)
    return render("customers/index.html", form=form, recent=recent, lists=lists, names=NAMES)


def _say_what_led_here(found: Lookup, person: Person) -> None:
    """Name the kinds of identifier, never the identifiers: a message travels in a cookie."""
    led = ", ".join(str(NAMES[reading.kind]) for reading in person.by)
    if found.missing:
        missing = ", ".join(str(NAMES[ways[0].kind]) for ways in found.missing)
        flash(
            _("Found by %(led)s. What else was typed (%(missing)s) leads to nobody.", led=led, missing=missing),
            "warning",
        )
    elif person.by[0].kind != "email" or len(person.by) > 1:
        flash(_("Found by %(led)s.", led=led), "info")


def _usable(found: Lookup) -> dict[str, str]:
    """What was typed, as far as a new customer can be made of it."""
    return {ways[0].kind: ways[0].value for ways in found.missing if ways[0].kind != "did"}
