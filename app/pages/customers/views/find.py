"""Finding one customer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, request
from flask_babel import gettext as _

from app.pages.customers import page
from app.pages.customers.forms.find import LONGEST, FindForm
from app.pages.customers.things import things
from app.pages.customers.words import NAMES
from app.rees46.profile import Profile
from app.store import customers, lookups
from app.web.context import desk
from app.web.customer_page.openings import hand_over
from app.web.customers.contact_state import state_of
from app.web.customers.lookup import Lookup, look_up, suggest
from app.web.customers.parse import has_digit, is_name
from app.web.customers.traces import remembered
from app.web.page import EVERYONE, needs
from app.web.render import go, render
from app.web.shops import shop
from app.web.sign_in.login import me

if TYPE_CHECKING:
    from flask import Response
    from flask.typing import ResponseReturnValue

    from app.web.customers.lookup import Person
    from app.web.customers.parse import Reading

RECENT = 12


@page.get("/")
def index() -> ResponseReturnValue:
    return _start(FindForm(formdata=None))


@page.route("/find", methods=["GET", "POST"])
@needs(EVERYONE)
def find() -> ResponseReturnValue:
    """Look somebody up by POST, so that no address and no number stands in a URL; lead to the profile."""
    if request.method == "GET":
        return (
            _start(FindForm(formdata=None, data={"who": typed[:LONGEST]})) if (typed := _in_address()) else go(".index")
        )
    form = FindForm()
    if not form.validate_on_submit():
        return _start(form)
    typed = form.who.data or ""
    found = Lookup() if is_name(typed) else look_up(typed)
    if found.person:
        _say_what_led_here(found, found.person)
        if isinstance(found.person.profile, Profile):
            hand_over(found.person.customer, found.person.profile)
        return go(".show", key=found.person.customer.key)
    return _not_found(form, typed, found)


def _in_address() -> str:
    """What somebody put into the address: kept for them to send, and never looked up from there."""
    typed = request.args.get("q") or request.args.get("who") or ""
    if typed:
        flash(_("Nobody was looked up yet: what an address holds is kept in logs. Press Find to look it up."), "info")
    return typed


def _not_found(form: FindForm, typed: str, found: Lookup) -> ResponseReturnValue:
    """Fall through: what is known of the contact itself, what the desk remembers, what may have been meant."""
    nobody = not found.people
    states = [state for way in _contacts(found) if (state := state_of(way))] if nobody else []
    return render(
        "customers/found.html",
        form=form,
        found=found,
        names=NAMES,
        states=states,
        remembered=remembered(typed) if nobody else [],
        things=things(typed) if nobody else [],
        meant=suggest(typed) if nobody and not is_name(typed) else [],
        known={} if states else _usable(found),
        by_name=is_name(typed),
    )


def _contacts(found: Lookup) -> list[Reading]:
    return [ways[0] for ways in found.missing if ways[0].kind in {"email", "phone"}]


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
    """What was typed, as far as a new customer can be made of it: words without a digit are no ID."""
    typed = [ways[0] for ways in found.missing]
    return {one.kind: one.value for one in typed if one.kind in {"email", "phone"} or has_digit(one.value)}
