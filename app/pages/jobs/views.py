"""All jobs of the shop, how far one is, and letting it rest, go on or end."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from flask import abort, flash, request
from flask_babel import gettext as _

from app.pages.jobs import page
from app.pages.jobs.columns import columns, outbox_columns
from app.pages.jobs.forms import JobFilters
from app.store import acts, box_notices, works
from app.store import outbox as store
from app.store.base import now
from app.store.paging import newest, within
from app.store.works import Work
from app.web.context import desk
from app.web.loaders import load_or_404
from app.web.page import STAFF
from app.web.rees46 import About, new_act, noted
from app.web.remembered import remembered
from app.web.render import go, load_anew, render
from app.web.shops import shop
from app.web.sign_in.login import me
from app.web.tables.listing import Listing, list_page
from app.work import batches
from app.work.approving import number_for_me
from app.work.kinds import KINDS, place_of, undone
from app.work.notices.silence import watch_now_and_then

if TYPE_CHECKING:
    from flask import Flask
    from flask.typing import ResponseReturnValue
    from sqlalchemy.orm import Session

IN_TRAY = 8  # jobs
ENDED = ("done", "stopped")
AT_ONCE = timedelta(seconds=5)  # whoever began it has seen it end
LATELY = timedelta(minutes=3)  # in which open pages tell that a job ended; a hidden one asks once a minute


@page.record_once
def for_templates(state: Any) -> None:
    """Let pages with a batch show its job, and every page the tray."""
    app: Flask = state.app
    app.jinja_env.globals |= {
        "is_anybody_there": batches.is_anybody_there,
        "kind_of": lambda work: KINDS[work.kind],
        "place_of": place_of,
        "may_move": lambda work: me().may(KINDS[work.kind].needs),
        "seconds_left": batches.seconds_left,
        "trouble_of": batches.trouble_of,
        "undo_seconds_left": batches.undo_seconds_left,
    }


@page.get("/")
def index() -> ResponseReturnValue:
    form = JobFilters()
    return list_page("jobs/index.html", lambda db, at: _listing(db, form, at))


def _listing(db: Session, form: JobFilters, at: dict[str, Any]) -> Listing[Work]:
    states = [form.state.data] if form.state.data and form.validate() else []
    mine = me().id if form.whose.data == "mine" else None
    wanted = within(works.of_shop(shop().id, states=states, person_id=mine), Work.at, form.between())
    found = newest(db, wanted, Work.id, **at)
    return Listing(_("Jobs, newest first"), columns(), found, form, file="jobs")


@page.get("/tray")
def tray() -> ResponseReturnValue:
    """Show what goes on, what waits for somebody, and what ended last."""
    with desk().reading() as db:
        held = works.latest(db, shop().id, ("held",), IN_TRAY)
        at_work = works.latest(db, shop().id, ("waiting", "running"), IN_TRAY)
        standing = works.latest(db, shop().id, ("stopped", "paused"), IN_TRAY)
        over = works.latest(db, shop().id, ("done", "cancelled", "undone"), 3)
        notices = box_notices.unseen(db, shop().id) if me().may(STAFF) else 0
        asked = number_for_me(db) if me().may(STAFF) else 0
    return render(
        "jobs/tray.html", notices=notices, asked=asked, held=held, at_work=at_work, standing=standing, over=over
    )


@page.get("/count")
def count() -> ResponseReturnValue:
    """Count what goes on or waits for somebody, for the button in the bar; open pages ask every few seconds."""
    watch_now_and_then()
    is_staff = me().may(STAFF)
    moving, standing, notices, asked, last = remembered(("jobs", shop().id, me().id, is_staff), _counted)
    ended = [work for work in last if work.ended and work.ended > max(now() - LATELY, work.at + AT_ONCE)]
    return render("jobs/count.html", moving=moving, standing=standing, notices=notices, asked=asked, ended=ended)


def _counted(db: Session) -> tuple[int, int, int, int, list[Work]]:
    """What goes on, stands still, is told by the box and waits for me, and what ended last."""
    is_staff = me().may(STAFF)
    notices, asked = (box_notices.unseen(db, shop().id), number_for_me(db)) if is_staff else (0, 0)
    mine = works.of_shop(shop().id, states=ENDED, person_id=me().id).order_by(Work.id.desc()).limit(5)
    return *works.open_jobs(db, shop().id), notices, asked, list(db.scalars(mine))


@page.get("/<key>/progress")
def progress(key: str) -> ResponseReturnValue:
    """Show how far it is; when it moves no more, the page around it is loaded anew."""
    work = load_or_404(Work, key=key)
    if not work.is_at_work and "at" in request.args:
        return load_anew(KINDS[work.kind].page, **place_of(work))
    return render("jobs/progress.html", work=work)


@page.get("/outbox")
def outbox() -> ResponseReturnValue:
    """List what goes out soon and may still be taken back."""
    return list_page("jobs/outbox.html", _outbox)


def _outbox(db: Session, at: dict[str, Any]) -> Listing[Work]:
    return Listing(_("Outbox"), outbox_columns(), newest(db, store.waiting(shop().id), Work.id, **at))


@page.post("/<key>/undo")
def undo(key: str) -> ResponseReturnValue:
    """Take it back, as long as nothing of it went out."""
    work = _mine_to_move(key)
    if work.state == "awaiting" and work.person_id != me().id:
        abort(409, _("Only %(person)s takes this back. Refuse it on its page, and say why.", person=work.person))
    with desk().writing() as db:
        is_undone = store.take_back(db, work)
        if is_undone:
            undone(db, work)
            by = new_act("jobs.Undo", shop(), About(), {"job": work.key, "kind": work.kind})
            db.add(acts.done_at_once(by))
    if is_undone:
        flash(_("Taken back: nothing was sent."), "success")
    else:
        flash(_("It is too late to take it back: it went out, or somebody took it back before."), "warning")
    return go(KINDS[work.kind].page, **place_of(work))


@page.post("/<key>/pause")
def pause(key: str) -> ResponseReturnValue:
    return _wish(key, "pause", "jobs.Pause")


@page.post("/<key>/cancel")
def cancel(key: str) -> ResponseReturnValue:
    return _wish(key, "cancel", "jobs.Cancel")


def _wish(key: str, wish: works.Wish, what: str) -> ResponseReturnValue:
    work = _mine_to_move(key)
    done: list[bool] = []
    about = About(begun=lambda db, _row: done.append(works.wish(db, work.id, wish)), reason=request.form.get("reason"))
    with noted(what, about, {"job": work.key, "kind": work.kind}):
        pass
    if not done[0]:
        flash(_("It has ended already."), "info")
    return go(KINDS[work.kind].page, **place_of(work))


@page.post("/<key>/resume")
def resume(key: str) -> ResponseReturnValue:
    """Let it go on: at once, as far as this request goes, and then by itself."""
    work = _mine_to_move(key)
    with noted("jobs.Resume", asked={"job": work.key, "kind": work.kind}):
        batches.go_on_and_tell(work.kind, work.subject)
    return go(KINDS[work.kind].page, **place_of(work))


def _mine_to_move(key: str) -> Work:
    work: Work = load_or_404(Work, key=key)
    if not me().may(KINDS[work.kind].needs):
        abort(403)
    return work
