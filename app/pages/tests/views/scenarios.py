"""Scenarios: added, changed, taken out, and made of the template again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, request
from flask_babel import gettext as _

from app.pages.tests import page
from app.pages.tests.forms import ScenarioForm, of_scenario
from app.pages.tests.making import channels_of
from app.pages.tests.writing import remove, save
from app.store.campaigns import Campaign
from app.store.matrix import MatrixPlan, MatrixScenario
from app.web.context import desk
from app.web.customers.parse import read_identifier
from app.web.loaders import load_or_404
from app.web.page import STAFF, needs
from app.web.render import go, render

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@page.route("/<key>/scenarios/new", methods=["GET", "POST"])
@needs(STAFF)
def add_scenario(key: str) -> ResponseReturnValue:
    return _edit(load_or_404(MatrixPlan, key=key), None, ScenarioForm())


@page.route("/<key>/scenarios/<int:number>", methods=["GET", "POST"])
@needs(STAFF)
def scenario(key: str, number: int) -> ResponseReturnValue:
    plan = load_or_404(MatrixPlan, key=key)
    row = _of(plan, number)
    return _edit(plan, row, ScenarioForm(data=of_scenario(row)))


def _of(plan: MatrixPlan, number: int) -> MatrixScenario:
    row = load_or_404(MatrixScenario, number=number)
    return row if row.plan_id == plan.id else abort(404)


def _edit(plan: MatrixPlan, row: MatrixScenario | None, form: ScenarioForm) -> ResponseReturnValue:
    """Show or save a scenario; "One more" keeps what was typed and adds an empty line to every channel."""
    with desk().reading() as db:
        channels = channels_of(db.get_one(Campaign, plan.campaign_id))
    if request.form.get("do") == "more":
        for channel in channels:
            form[channel].append_entry()
    elif form.validate_on_submit():
        save(plan, row, read_identifier(form.who.data or ""), form.given())
        flash(_("The scenario is saved."), "success")
        return go(".show", key=plan.key)
    return render("tests/scenario.html", plan=plan, row=row, form=form, channels=channels)


@page.post("/<key>/scenarios/<int:number>/remove")
def remove_scenario(key: str, number: int) -> ResponseReturnValue:
    plan = load_or_404(MatrixPlan, key=key)
    remove(plan, _of(plan, number))
    flash(_("The scenario is taken out; runs keep what they tried."), "success")
    return go(".show", key=key)
