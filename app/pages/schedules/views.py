"""The list of schedules, and running or pausing one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import abort, flash
from flask_babel import gettext as _

from app.pages.schedules import page
from app.pages.schedules.columns import columns
from app.pages.schedules.forms import KeepForm, ListFilters
from app.store import schedules
from app.web.rees46 import About, noted
from app.web.render import go, render
from app.web.tables.listing import Listing, list_page
from app.web.tables.numbered import numbered
from app.work.schedules import PLANNED, kept_days

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue
    from sqlalchemy.orm import Session

    from app.store.schedules import Schedule


MOST = 100  # on a page: all of them


@page.record_once
def for_templates(state: Any) -> None:
    """Let pages say for how long something is kept."""
    state.app.jinja_env.globals["kept_days"] = kept_days


@page.get("/")
def index() -> ResponseReturnValue:
    form = ListFilters()
    return list_page("schedules/index.html", lambda db, _at: _listing(db, form))


def _listing(db: Session, form: ListFilters) -> Listing[Schedule]:
    part = numbered([row for row in schedules.listed(db) if row.name in PLANNED and form.fits(row)], MOST)
    return Listing(_("Schedules"), columns(), part.slice, form, file="schedules", numbered=part)


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


@page.route("/<name>/keep", methods=["GET", "POST"])
def keep(name: str) -> ResponseReturnValue:
    """Choose for how long rows are kept."""
    planned = PLANNED[name] if name in PLANNED and PLANNED[name].days else abort(404)
    form, usual = KeepForm(), planned.days or 0
    form.most = planned.most
    before = kept_days(name)
    if not form.is_submitted():
        form.days.data = before
    elif form.validate():
        about = About(
            before={"days": before},
            after={"days": form.days.data},
            begun=lambda db, _row: schedules.keep_for(db, name, form.days.data or usual),
        )
        with noted("schedules.Keep", about, {"schedule": name}):
            flash(_("Saved. It holds from the next run on."), "success")
        return go(".index")
    return render("schedules/keep.html", form=form, name=name, label=planned.label, usual=usual)


def _pause(name: str, what: str, *, paused: bool) -> ResponseReturnValue:
    _must_be_planned(name)
    about = About(begun=lambda db, _row: schedules.pause(db, name, paused=paused))
    with noted(what, about, {"schedule": name}):
        pass
    return go(".index")


def _must_be_planned(name: str) -> None:
    if name not in PLANNED:
        abort(404)
