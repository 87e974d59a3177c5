"""The page of the doctor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.pages.doctor import page
from app.pages.doctor.checks import findings
from app.store import upkeep
from app.web.context import desk, settings
from app.web.render import render

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

LATELY = 10


@page.get("/")
def index() -> ResponseReturnValue:
    with desk().reading() as db:
        lately = upkeep.latest(db, LATELY)
        found = findings(settings(), db)
    return render("doctor/index.html", findings=found, lately=lately)
