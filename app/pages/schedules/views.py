"""The list of schedules, and running or pausing one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash
from flask_babel import gettext as _

from app.pages.schedules import page
from app.store import schedules
from app.web.context import desk
from app.web.rees46 import About, noted
from app.web.render import go, render
from app.work.schedules import PLANNED

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@page.get("/")
def index() -> ResponseReturnValue:
    with desk().reading() as db:
        rows = [row for row in schedules.listed(db) if row.name in PLANNED]
    return render("schedules/index.html", rows=rows, planned=PLANNED)


@page.post("/<name>/run")
def run(name: str) -> ResponseReturnValue:
    _must_be_planned(name)
    with noted("schedules.Run", About(begun=lambda db, _row: schedules.run_now(db, name)), {"schedule": name}):
        flash(_("It runs within a few seconds."), "success")
    return go(".index")


@page.post("/<name>/pause")
def pause(name: str) -> ResponseReturnValue:
    return _pause(name, "schedules.Pause", paused=True)


@page.post("/<name>/resume")
def resume(name: str) -> ResponseReturnValue:
    return _pause(name, "schedules.Resume", paused=False)


def _pause(name: str, what: str, *, paused: bool) -> ResponseReturnValue:
    _must_be_planned(name)
    about = About(begun=lambda db, _row: schedules.pause(db, name, paused=paused))
    with noted(what, about, {"schedule": name}):
        pass
    return go(".index")


def _must_be_planned(name: str) -> None:
    if name not in PLANNED:
        abort(404)
