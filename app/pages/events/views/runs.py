"""What was tried: all runs, one of them with what each event changed, and the register of the shop's own events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, request
from flask_babel import gettext as _

from app.pages.events import page
from app.pages.events.columns import RunFilters, columns
from app.pages.events.forms import CustomForm, TryForm
from app.pages.events.kinds import LABELS
from app.pages.events.runs import KIND, look_again
from app.pages.events.snapshots import changed, parts_of, words_of
from app.store import event_runs
from app.store.event_runs import MOST_EVENTS, EventRun
from app.store.paging import newest
from app.web.context import desk
from app.web.loaders import load_or_404
from app.web.rees46 import About, noted
from app.web.render import go, render
from app.web.shops import shop
from app.web.sign_in.login import me
from app.web.tables.listing import Listing, list_page
from app.work.batches import work_on

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue
    from sqlalchemy.orm import Session


@page.get("/")
def index() -> ResponseReturnValue:
    """List the runs, and the shop's own events."""
    return _index(CustomForm(formdata=None))


def _index(form: CustomForm) -> ResponseReturnValue:
    with desk().reading() as db:
        known = event_runs.custom_events(db, shop().id)
    filters = RunFilters()
    return list_page("events/index.html", lambda db, at: _listing(db, filters, at), known=known, form=form)


def _listing(db: Session, filters: RunFilters, at: dict[str, Any]) -> Listing[EventRun]:
    whose = me().id if filters.whose.data == "mine" else None
    found = newest(db, event_runs.of_shop(shop().id, whose, filters.between()), EventRun.id, **at)
    return Listing(_("Tries, newest first"), columns(), found, filters, file="event-tries")


@page.get("/runs/<key>")
def run(key: str) -> ResponseReturnValue:
    return shown(run_or_404(key), TryForm(formdata=None))


def run_or_404(key: str) -> EventRun:
    return load_or_404(EventRun, key=key)


def shown(one: EventRun, form: TryForm) -> ResponseReturnValue:
    """Show what was sent, and what each event changed of what REES46 says."""
    snapshots = [one.before, *(step.after for step in one.steps)]
    steps = [
        (step, [words_of(part) for part in changed(before, step.after)])
        for before, step in zip(snapshots, one.steps, strict=False)
    ]
    if not form.is_submitted():
        form.letter.data, form.stream.data = one.letter or "", one.stream or ""
    last: event_runs.Snapshot = next((after for after in reversed(snapshots[1:]) if after), {})
    return render(
        "events/run.html",
        run=one,
        steps=steps,
        after=last,
        parts=parts_of(one.before, last),
        words_of=words_of,
        labels=LABELS,
        form=form,
        has_device=one.person_id == me().id,
        work=work_on(KIND, one.key),
    )


@page.post("/runs/<key>/look")
def look(key: str) -> ResponseReturnValue:
    """Read the device again: segments and blocks follow events after a while. It sends no event."""
    one = run_or_404(key)
    sent = [step for step in one.steps if step.act_id]
    if sent:
        look_again(one, sent[-1])
        flash(_("Read again: “after” is as REES46 says it now."), "success")
    return go("benches.history", key=key) if request.form.get("bench") and one.block else go(".run", key=key)


@page.post("/register")
def register() -> ResponseReturnValue:
    """Write an event of the shop's own down, or what it means anew. REES46 is told nothing."""
    form = CustomForm()
    if not form.validate_on_submit():
        return _index(form)
    name = form.name.data.strip()
    said = {field: (form[field].data or "").strip() for field in ("meaning", "category", "label")}
    with desk().reading() as db:
        is_full = event_runs.count_custom(db, shop().id) >= MOST_EVENTS
        is_full = is_full and event_runs.custom_event(db, shop().id, name) is None
    if is_full:
        form.refuse(_("The register is full: it holds %(most)s events.", most=MOST_EVENTS))
        return _index(form)
    about = About(
        after={"name": name, **said}, begun=lambda db, _row: event_runs.keep_custom(db, shop().id, name, **said)
    )
    with noted("events.KeepCustom", about):
        flash(_("“%(name)s” stands in the register.", name=name), "success")
    return go(".index")


@page.post("/register/drop")
def drop() -> ResponseReturnValue:
    """Take an event off the register; REES46 keeps what it has."""
    name = request.form.get("name", "").replace("\0", "")[:255]
    about = About(before={"name": name}, begun=lambda db, _row: event_runs.drop_custom(db, shop().id, name))
    with noted("events.DropCustom", about):
        flash(_("“%(name)s” is off the register.", name=name), "success")
    return go(".index")
