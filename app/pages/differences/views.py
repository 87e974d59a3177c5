"""The list of differences, the probe, and beginning anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash
from flask_babel import gettext as _

from app.pages.differences import page
from app.pages.differences.columns import columns
from app.pages.differences.forms import ForgetForm, ListFilters, ProbeForm
from app.pages.differences.probe import Answered, probe
from app.store import reply_differences
from app.web.calls import drift
from app.web.context import desk
from app.web.render import go
from app.web.shops import shop
from app.web.tables.listing import Listing, list_page
from app.web.tables.numbered import numbered

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue
    from sqlalchemy.orm import Session

    from app.store.reply_differences import ReplyDifference


@page.get("/")
def index() -> ResponseReturnValue:
    return _list(ProbeForm(formdata=None), [])


@page.post("/")
def ask_all() -> ResponseReturnValue:
    """Ask every reading operation once, and show how each was answered."""
    form = ProbeForm()
    return _list(form, probe(form) if form.validate_on_submit() else [])


@page.post("/forget")
def forget() -> ResponseReturnValue:
    """Empty the list."""
    if ForgetForm().validate_on_submit():
        drift.drift().forget(shop().id)
        with desk().writing() as db:
            reply_differences.forget(db, shop().id)
        flash(_("The list is empty; what REES46 answers differently from now on will stand in it."), "success")
    return go(".index")


def _list(form: ProbeForm, answers: list[Answered]) -> ResponseReturnValue:
    drift.write_down()
    filters = ListFilters()
    return list_page(
        "differences/index.html",
        lambda db, _at: _listing(db, filters),
        form=form,
        forget=ForgetForm(formdata=None),
        answers=answers,
    )


def _listing(db: Session, filters: ListFilters) -> Listing[ReplyDifference]:
    part = numbered([row for row in reply_differences.of_shop(db, shop().id) if filters.fits(row)])
    return Listing(_("Met so far"), columns(), part.slice, filters, file="differences", numbered=part)
