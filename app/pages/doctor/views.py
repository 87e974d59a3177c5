"""The page of the doctor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash
from flask_babel import gettext as _

from app.pages.doctor import page
from app.pages.doctor.checks import findings
from app.pages.doctor.first_steps import first_steps
from app.store import upkeep
from app.web.context import desk, settings
from app.web.rees46 import noted
from app.web.render import go, render

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

LATELY = 10


@page.get("/")
def index() -> ResponseReturnValue:
    with desk().reading() as db:
        lately = upkeep.latest(db, LATELY)
        found = findings(settings(), db)
        steps = first_steps(db)
    return render("doctor/index.html", findings=found, lately=lately, steps=steps)


@page.post("/first-steps/dismiss")
def dismiss() -> ResponseReturnValue:
    """Show the first steps no more, to no administrator."""
    with noted("doctor.Dismiss"):
        flash(_("The first steps are gone from home. What is wrong still stands here."), "success")
    return go(".index")
