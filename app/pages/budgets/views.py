"""The budgets of roles, and who did unusually much."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash
from flask_babel import gettext as _

from app.pages.budgets import page
from app.pages.budgets.forms import NAMES, form_for, name_of
from app.pages.budgets.outliers import TIMES, lines
from app.store import budgets
from app.store.budgets import Kind
from app.web.context import desk
from app.web.page import asks_again
from app.web.rees46 import About, noted
from app.web.render import go, render
from app.web.safeguards.budgets import LABELS

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@page.route("/", methods=["GET", "POST"])
@asks_again
def index() -> ResponseReturnValue:
    """Say how much each role may."""
    with desk().reading() as db:
        limits = budgets.limits(db)
    form = form_for(limits)
    if form.validate_on_submit():
        wanted = form.wanted()
        changed = {key: most for key, most in wanted.items() if limits[key] != most}
        before = {name_of(*key): limits[key] for key in changed}
        about = About(before=before, after={name_of(*key): most for key, most in changed.items()})
        with noted("budgets.Edit", about), desk().writing() as db:
            budgets.set_limits(db, changed)
        flash(_("Saved."), "success")
        return go(".index")
    return render("budgets/index.html", form=form, names=NAMES, kinds=list(Kind), name_of=name_of)


@page.get("/outliers")
def outliers() -> ResponseReturnValue:
    with desk().reading() as db:
        found = lines(db)
    return render("budgets/outliers.html", lines=found, names=NAMES, labels=LABELS, kinds=list(Kind), times=TIMES)
