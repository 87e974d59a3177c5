"""Bringing a file, saying what its columns are, and letting it run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, request
from flask_babel import gettext as _

from app.pages.imports import page
from app.pages.imports.batches import batch_or_404, is_segment_met, move
from app.pages.imports.bringing import keep, keep_again, read
from app.pages.imports.forms import BatchColumns, NewForm, RunForm, options
from app.pages.imports.views.results import shown
from app.pages.imports.work import begin
from app.store import brought_files, imports, segment_names
from app.store.imports import AUDIENCE, SUPPRESSED, Batch
from app.web.context import desk, settings
from app.web.page import MARKETERS, needs
from app.web.rees46 import About, new_act, noted
from app.web.render import go, render
from app.web.shops import shop
from app.web.sign_in.login import me
from app.web.tables.choosing import chosen
from app.web.tables.upload import Unreadable

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

SAMPLE = 3  # rows that are shown under each column


@page.route("/new", methods=["GET", "POST"])
@needs(MARKETERS)
def new() -> ResponseReturnValue:
    """Ask for a file: `?kind=suppressed`, `?segment=313`."""
    kind = SUPPRESSED if request.args.get("kind") == SUPPRESSED else AUDIENCE
    form = NewForm(segment_id=request.args.get("segment", "")[:255])
    batch = _brought(form, kind) if form.validate_on_submit() else None
    if batch is None:
        return render("imports/new.html", form=form, kind=kind, known=_known_segments())
    if kind == SUPPRESSED and len(batch.header) == 1:
        return _go_on(batch, move(batch, "draft", "checking"))
    return go(".columns", key=batch.key)


def _brought(form: NewForm, kind: str) -> Batch | None:
    """Read what was brought and keep it; what is wrong with it is said on the form."""
    content = form.content()
    if content is None:
        return None
    batch = Batch(
        shop_id=shop().id,
        person_id=me().id,
        person=me().name,
        kind=kind,
        source=((form.file.data.filename or "") if form.file.data else "")[-200:],
        segment_id=((form.segment_id.data or "").strip() or None) if kind == AUDIENCE else None,
    )
    try:
        return keep(batch, read(content, form.reading, kind), content)
    except Unreadable as unreadable:
        form.blame(unreadable.words)
        return None


def _known_segments() -> list[segment_names.SegmentName]:
    with desk().reading() as db:
        return [one for one in segment_names.listed(db, shop().id) if not one.is_dynamic]


@page.route("/<key>/columns", methods=["GET", "POST"])
@needs(MARKETERS)
def columns(key: str) -> ResponseReturnValue:
    batch = batch_or_404(key)
    if batch.state != "draft":
        return go(".show", key=key)
    form = BatchColumns()
    if form.validate_on_submit():
        batch.columns = form.read(request.form, batch)
        if not form.form_errors:
            return _go_on(batch, move(batch, "draft", "checking", columns=batch.columns))
    with desk().reading() as db:
        part = imports.first_part(db, batch.id)
        as_in = imports.named(db, batch.shop_id, batch.reading.get("as_in"))
    sample = [cells for _number, cells in part.rows[:SAMPLE]] if part else []
    return render(
        "imports/columns.html", form=form, batch=batch, sample=sample, options=options(batch.kind), as_in=as_in
    )


@page.post("/<key>/read")
@needs(MARKETERS)
def read_again(key: str) -> ResponseReturnValue:
    """Read the file in another way: another sheet, encoding, separator or row of headings."""
    batch = batch_or_404(key)
    with desk().reading() as db:
        content = brought_files.whole(db, batch.shop_id, batch.file_id, settings().key)
    if batch.state not in {"draft", "checked"} or content is None:
        flash(_("The file is no longer there. Bring it again."), "danger")
        return go(".show", key=key)
    try:
        keep_again(batch, read(content, chosen(request.form, batch.reading), batch.kind))
    except Unreadable as unreadable:
        flash(unreadable.words, "danger")
    return go(".columns", key=key)


@page.post("/<key>/run")
def run(key: str) -> ResponseReturnValue:
    """Let REES46 have what was checked."""
    batch = batch_or_404(key)
    form = RunForm()
    if not (form.validate_on_submit() and form.fits(is_met=is_segment_met(batch))):
        return shown(batch, form)
    lifts = bool(form.lifts.data) and batch.count("opt_outs") + batch.count("untold") > 0
    about = About(reason=form.reason.data if lifts else None)
    asked = {"import": batch.key, "customers": batch.to_send, "opt_outs_lifted": lifts}
    asked |= {"held_back_and_sent": batch.count("decided")} if batch.count("decided") else {}
    asked |= {"segment_id": batch.segment_id} if batch.segment_id else {}
    act = new_act("imports.Run", shop(), about, asked)
    moved = move(batch, "checked", "running", act, lifts=lifts, reason=about.reason)
    if not moved:
        flash(_("This import is running or done already; nothing was started a second time."), "info")
    return _go_on(batch, moved)


def _go_on(batch: Batch, moved: bool) -> ResponseReturnValue:  # noqa: FBT001  # what move() said
    """Do the first step at once: for a small file it is the only one."""
    if moved:
        begin(batch_or_404(batch.key))
    return go(".show", key=batch.key)


@page.post("/<key>/stop")
def stop(key: str) -> ResponseReturnValue:
    """Give it up. What REES46 has taken stays taken."""
    batch = batch_or_404(key)
    if batch.state in {"draft", "checking", "checked", "running"}:
        with noted("imports.Stop", None, {"import": batch.key}):
            move(batch, batch.state, "stopped")
        flash(_("Stopped. What REES46 has taken so far stays taken."), "info")
    return go(".show", key=key)
