"""From rows that were chosen to an outcome for each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import abort, flash, request
from flask_babel import gettext as _

from app.pages.bulk import page
from app.pages.bulk.columns import columns, row_columns
from app.pages.bulk.forms import RunForm, WhoForm
from app.store import bulks, customers
from app.store.bulks import Bulk, BulkRow
from app.store.paging import newest
from app.web.context import desk
from app.web.customers.keys import identity_of
from app.web.http.csv import csv_answer
from app.web.loaders import load_or_404
from app.web.page import STAFF, needs
from app.web.rees46 import About, new_act, noted
from app.web.render import go, render
from app.web.shops import shop
from app.web.sign_in.login import me
from app.web.tables.listing import Listing, list_page
from app.work.batches import go_on_and_tell, queue, work_on
from app.work.bulk import BULK_KINDS, MOST, SOURCES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.typing import ResponseReturnValue
    from sqlalchemy.orm import Session

    from app.web.forms.fields import Form

SECONDS = 2.0  # that one request spends on it
RETRIED = ("refused", "failed")
OUTCOMES = ("refused", "failed", "unknown", "same", "change", "done", "waiting")


@page.get("/")
def index() -> ResponseReturnValue:
    return list_page("bulk/index.html", _listing)


def _listing(db: Session, at: dict[str, Any]) -> Listing[Bulk]:
    found = newest(db, bulks.of_shop(shop().id), Bulk.id, **at)
    return Listing(_("Bulk acts, newest first"), columns(), found, file="bulk-acts")


@page.route("/new", methods=["GET", "POST"])
@needs(STAFF)
def new() -> ResponseReturnValue:
    """Take a pasted list."""
    form = WhoForm()
    if form.validate_on_submit():
        wanted = dict.fromkeys(form.people(), "")
        with desk().writing() as db:
            known = customers.remember_all(db, shop().id, wanted)
            ids = [known[key].id for key in wanted]
        return go(".show", key=_keep(_("a pasted list"), ids).key)
    return render("bulk/new.html", form=form)


@page.post("/choose")
def choose() -> ResponseReturnValue:
    """Take the rows that were chosen in a list, or with `all` whom its filters show; then ask what is to be done."""
    source = SOURCES.get(request.args.get("source", "")) or abort(404)
    if not me().may(source.needs):
        abort(403)
    with desk().reading() as db:
        if "all" in request.form:
            ids = source.everybody(db, MOST + 1)
        else:
            ids = customers.ids_of_keys(db, shop().id, request.form.getlist("customer"))
    if not ids:
        flash(_("Nothing was chosen: tick the rows first."), "warning")
        return go(source.page)
    if len(ids) > MOST:
        flash(_("The filters show more than %(most)s customers. Narrow them down.", most=MOST), "warning")
        return go(source.page)
    return go(".show", key=_keep(str(source.label), ids).key)


def _keep(source: str, ids: list[int]) -> Bulk:
    bulk = Bulk(shop_id=shop().id, person_id=me().id, person=me().name, source=source)
    with desk().writing() as db:
        return bulks.add(db, bulk, ids)


@page.get("/<key>")
def show(key: str) -> ResponseReturnValue:
    return _show(_bulk(key), RunForm(formdata=None), _forms(None))


def _show(bulk: Bulk, form: RunForm, forms: dict[str, Form]) -> ResponseReturnValue:
    shown = request.args.get("show", "")
    with desk().reading() as db:
        counts = bulks.counts(db, bulk.id)
    stage = "check" if bulk.state == "checking" else "run"

    def listing(db: Session, at: dict[str, Any]) -> Listing[BulkRow]:
        found = newest(db, bulks.of_bulk(bulk.id, shown), BulkRow.id, **at)
        is_page = request.method == "GET"  # what a form is refused on has no older rows, and no file
        file = f"bulk-{bulk.key}" if me().may(STAFF) and is_page else ""
        turns = None if is_page else (None, None)
        return Listing(_("Customers"), row_columns(), found, file=file, turns=turns)

    return list_page(
        "bulk/show.html",
        listing,
        bulk=bulk,
        about=BULK_KINDS.get(bulk.kind),
        counts=counts,
        shown=shown,
        form=form,
        forms=forms,
        asked=next((one for one in forms.values() if one.errors or one.form_errors), None),  # it answers with 422
        kinds=BULK_KINDS,
        outcomes=[name for name in OUTCOMES if counts.get(name)],
        work=work_on(f"{bulk.kind}.{stage}", bulk.key) if bulk.kind else None,
    )


def _forms(chosen: str | None) -> dict[str, Form]:
    """What may be done by this person, with what each asks; only the one that was chosen reads what was typed."""
    return {
        name: about.form(prefix=f"{name}-") if name == chosen else about.form(formdata=None, prefix=f"{name}-")
        for name, about in BULK_KINDS.items()
        if about.form and me().may(about.needs)
    }


@page.post("/<key>/check")
def check(key: str) -> ResponseReturnValue:
    """Say what is to be done, and look at every row; nothing is sent."""
    bulk, kind = _bulk(key), request.form.get("kind", "")
    forms = _forms(kind)
    form = forms.get(kind) or abort(400)
    if not form.validate_on_submit():
        return _show(bulk, RunForm(formdata=None), forms)
    with desk().writing() as db:
        if bulks.begin_check(db, bulk.id, kind, form.asked()):
            queue(db, f"{kind}.check", bulk.key, bulk.source, bulk.rows)
    return _go_on(bulk.key, "checking")


@page.post("/<key>/run")
def run(key: str) -> ResponseReturnValue:
    """Do it, for the rows for which the dry run said so."""
    bulk, form = _bulk(key), RunForm()
    about = BULK_KINDS.get(bulk.kind) or abort(409)
    if not me().may(about.needs):
        abort(403)
    if not form.validate_on_submit():
        return _show(bulk, form, {})
    reason = (form.reason.data or "").strip() or None
    with desk().writing() as db:
        total = bulks.counts(db, bulk.id).get("change", 0)
        if total and bulks.move(db, bulk.id, "checked", "running", reason=reason):
            asked = {"bulk": bulk.key, "what": bulk.kind, "customers": total, **bulk.asked}
            act = new_act("bulk.Run", shop(), About(reason=reason), asked)
            queue(db, f"{bulk.kind}.run", bulk.key, about.words(bulk), total, act=act)
    return _go_on(bulk.key, "running")


def _go_on(key: str, state: str) -> ResponseReturnValue:
    """Do at once what one request can."""
    bulk = _bulk(key)
    if bulk.state == state:
        stage = "check" if state == "checking" else "run"
        go_on_and_tell(f"{bulk.kind}.{stage}", key, seconds=SECONDS)
    return go(".show", key=key)


@page.post("/<key>/retry")
def retry(key: str) -> ResponseReturnValue:
    """Try the rows again that were refused or failed."""
    bulk = _bulk(key)
    about = BULK_KINDS.get(bulk.kind) or abort(409)
    if not me().may(about.needs):
        abort(403)
    with noted("bulk.Retry", asked={"bulk": bulk.key}), desk().writing() as db:
        if bulks.move(db, bulk.id, "done", "running"):
            bulks.try_again(db, bulk.id, RETRIED)
            asked = {"bulk": bulk.key, "again": True, **bulk.asked}
            act = new_act("bulk.Run", shop(), About(reason=bulk.reason), asked)
            queue(db, f"{bulk.kind}.run", bulk.key, about.words(bulk), act=act)
    return _go_on(bulk.key, "running")


@page.get("/<key>/left.csv")
@needs(STAFF)
def left(key: str) -> ResponseReturnValue:
    """The rows that were not done, with why, to be brought again."""
    bulk = _bulk(key)
    return csv_answer(f"bulk-{bulk.key}-left", [_("Customer"), _("Outcome"), _("Why")], _left(bulk))


def _left(bulk: Bulk) -> Iterator[list[object]]:
    with desk().reading() as db:
        rows = list(db.scalars(bulks.of_bulk(bulk.id).order_by(BulkRow.id)))
    for row in rows:
        if row.outcome not in {"done", "same"}:
            yield [identity_of(row.customer), row.outcome, row.answer]


def _bulk(key: str) -> Bulk:
    return load_or_404(Bulk, key=key)
