"""Saving a review that a customer gave, with a warning where it changes one of today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash
from flask_babel import gettext as _

from app.pages.nps import page
from app.pages.nps.forms import ReviewForm
from app.rees46 import nps
from app.rees46.errors import Refused
from app.web.customers.keys import normal
from app.web.customers.lookup import look_up
from app.web.page import STAFF, needs
from app.web.panels.standing import read_or
from app.web.rees46 import About, act, ask
from app.web.render import go, render
from app.work.daily.shops import today

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from app.web.customers.lookup import Person


@page.route("/add", methods=["GET", "POST"])
@needs(STAFF)
def add() -> ResponseReturnValue:
    """Save a review; the second time, when today's review of the same would be changed."""
    form = ReviewForm()
    form.offer(
        {one.code: one.name or one.code for one in ask(nps.Channels())},
        {one.code: one.name or one.code for one in ask(nps.Categories())},
    )
    if not form.validate_on_submit() or not (person := _meant(form)):
        return render("nps/add.html", form=form)
    try:
        before = _of_today(form, person)
        act(
            _review(form, person),
            About(customer=person.customer, before={"rate": before} if before is not None else None),
        )
    except Refused as refused:
        form.refuse(refused.message)
        return render("nps/add.html", form=form)
    flash(
        _("The review is saved.")
        if before is None
        else _("Today's review was changed: %(before)s became %(after)s.", before=before, after=form.rate.data),
        "success",
    )
    return go(".index")


def _meant(form: ReviewForm) -> Person | None:
    people = look_up(form.who.data or "").people
    if len(people) == 1:
        return people[0]
    several = _("This leads to several people. Type one identifier.")
    form.who.errors = [several if people else _("REES46 knows no such customer.")]
    return None


def _review(form: ReviewForm, person: Person) -> nps.Create:
    identity = person.customer.identity if person.customer.kind in nps.Create.identifiers else {}
    for kind in ("email", "phone"):
        if not identity and (value := getattr(person.profile, kind, None)):
            identity = {kind: value}
    return nps.Create.from_form({**identity, **form.given()})


def _of_today(form: ReviewForm, person: Person) -> int | None:
    """Find today's rate of the same customer, channel and category, where REES46 tells contacts of reviews."""
    asked = nps.Reviews(date_from=today(), date_to=today(), channel=form.channel.data, category=form.category.data)
    own = {normal(kind, value) for kind in ("email", "phone") if (value := getattr(person.profile, kind, None))}
    for review in read_or(lambda: ask(asked), [])[0]:
        told = {normal(kind, value) for kind in ("email", "phone") if (value := getattr(review, kind))}
        if own & told:
            return review.rate
    return None
