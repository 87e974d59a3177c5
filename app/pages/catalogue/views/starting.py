"""Bringing a file, saying what its columns are, and letting it run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, request
from flask_babel import gettext as _

from app.pages.catalogue import page, webhooks
from app.pages.catalogue.arriving import LARGEST, describe, read_again
from app.pages.catalogue.files import let_go
from app.pages.catalogue.forms import CatalogueColumns, NewForm, RunForm, options
from app.pages.catalogue.kinds import KINDS
from app.pages.catalogue.standing import missing_of, waits_for, wanted_number
from app.pages.catalogue.views.results import shown
from app.pages.catalogue.work import begin, move
from app.store.catalogue_imports import CatalogueImport
from app.web.context import desk
from app.web.http.large_uploads import kept, takes_large_files
from app.web.loaders import load_or_404
from app.web.page import MARKETERS, needs
from app.web.rees46 import About, new_act, noted
from app.web.render import go, render
from app.web.shops import shop
from app.web.sign_in.login import me
from app.web.tables.choosing import chosen
from app.web.tables.upload import Unreadable

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@page.route("/new", methods=["GET", "POST"])
@needs(MARKETERS)
@takes_large_files(LARGEST)
def new() -> ResponseReturnValue:
    """Ask for a file: `?kind=stock`."""
    kind = request.args.get("kind", "")
    form = NewForm(kind=kind if kind in KINDS else "products")
    if form.validate_on_submit() and (batch := _brought(form)):
        return go(".columns", key=batch.key)
    return render("catalogue/new.html", form=form, kinds=KINDS, is_told=webhooks.may_be_told(shop()))


def _brought(form: NewForm) -> CatalogueImport | None:
    """Describe what was brought; what is wrong with it is said on the form."""
    if not form.file.data:
        form.file.errors = [_("Choose a file.")]
        return None
    name = (form.file.data.filename or "")[-200:]
    batch = CatalogueImport(shop_id=shop().id, person=me().name, kind=form.kind.data, source=name)
    file = kept(form.file.data, shop().id)
    try:
        describe(batch, file)
    except Unreadable as unreadable:
        let_go(batch.file_id or file.id)
        form.file.errors = [unreadable.words]
        return None
    with desk().writing() as db:
        db.add(batch)
    return batch


@page.route("/<key>/columns", methods=["GET", "POST"])
@needs(MARKETERS)
def columns(key: str) -> ResponseReturnValue:
    batch = load_or_404(CatalogueImport, key=key)
    if batch.state != "draft":
        return go(".show", key=key)
    form = CatalogueColumns()
    if form.validate_on_submit():
        batch.columns = form.read(request.form, batch)
        if not form.form_errors:
            if move(batch, "draft", "checking", columns=batch.columns):
                begin(batch)
            return go(".show", key=key)
    return render("catalogue/columns.html", form=form, batch=batch, options=options(batch.kind), kind=KINDS[batch.kind])


@page.post("/<key>/read")
@needs(MARKETERS)
def read(key: str) -> ResponseReturnValue:
    """Read the file in another way: another encoding, separator or row of headings."""
    batch = load_or_404(CatalogueImport, key=key)
    if batch.state == "draft" and batch.format in {"table", "xlsx"}:
        try:
            read_again(batch, chosen(request.form, batch.reading))
            with desk().writing() as db:
                here = db.get_one(CatalogueImport, batch.id)
                here.reading, here.columns = batch.reading, batch.columns
        except Unreadable as unreadable:
            flash(unreadable.words, "danger")
    return go(".columns", key=key)


@page.post("/<key>/run")
def run(key: str) -> ResponseReturnValue:
    """Let REES46 have what was checked."""
    batch = load_or_404(CatalogueImport, key=key)
    form = RunForm()
    wanted, is_dangling = wanted_number(batch), bool(missing_of(batch))
    if not (form.validate_on_submit() and form.fits(wanted, is_dangling=is_dangling)):
        return shown(batch, form)
    if batch.count("too heavy") or not batch.count("good") or waits_for(batch):
        return go(".show", key=key)
    if webhooks.may_be_told(shop()):
        webhooks.open_for(batch)
    asked = {"import": batch.key, "kind": batch.kind, "items": batch.count("good"), "parts": batch.parts}
    asked |= {"lost": wanted} if wanted is not None else {}
    hook = {"hook": batch.hook, "hook_digest": batch.hook_digest}
    if move(batch, "checked", "running", new_act("catalogue.Run", shop(), About(), asked), **hook):
        begin(batch)
    else:
        flash(_("This import is running or done already; nothing was started a second time."), "info")
    return go(".show", key=key)


@page.post("/<key>/stop")
def stop(key: str) -> ResponseReturnValue:
    """Give it up. What REES46 has taken stays taken."""
    batch = load_or_404(CatalogueImport, key=key)
    if batch.state in {"draft", "checking", "checked", "running"}:
        with noted("catalogue.Stop", None, {"import": batch.key}):
            move(batch, batch.state, "stopped")
        flash(_("Stopped. What REES46 has taken so far stays taken."), "info")
    return go(".show", key=key)
