"""Bringing a file of orders, looking at what it would do, and letting it run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request
from flask_babel import gettext as _

from app.pages.orders import page
from app.pages.orders.checking import KINDS, check
from app.pages.orders.columns import import_columns
from app.pages.orders.forms import MODES, NewForm, RunForm
from app.pages.orders.reading import COLUMNS, ORDERS, STATUSES
from app.pages.orders.sampling import look
from app.pages.orders.words import words_of
from app.pages.orders.work import ASK, KIND
from app.store import record_imports
from app.store.record_imports import RecordImport
from app.web.context import desk
from app.web.loaders import load_or_404
from app.web.page import MARKETERS, needs
from app.web.records.choosing import choose, chosen_before, keep
from app.web.records.columns import record_listing
from app.web.records.problems import problems_as_csv
from app.web.rees46 import About, new_act
from app.web.render import go, render
from app.web.shops import shop
from app.web.tables.listing import list_page
from app.work.batches import go_on_and_tell, queue, work_on

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

SECONDS = 2.0  # that one request spends on sending
ACTS = {ORDERS: "orders.Import", STATUSES: "orders.Statuses"}


@page.get("/imports")
def imports() -> ResponseReturnValue:
    return list_page(
        "orders/imports.html", lambda db, at: record_listing(db, at, KINDS, import_columns(), "order-imports")
    )


@page.route("/imports/new", methods=["GET", "POST"])
@needs(MARKETERS)
def new() -> ResponseReturnValue:
    """Take a file and check it; nothing is sent."""
    form = NewForm(mode=request.args.get("mode", ORDERS))
    brought = None
    if form.validate_on_submit():
        brought = form.brought(COLUMNS[form.mode.data], "orders", chosen_before(form.mode.data))
    if brought is None:
        return render("orders/new.html", form=form, columns=COLUMNS[ORDERS])
    batch, records = check(form.mode.data, form.source, brought)
    if not keep(batch, records, brought):
        return go(".columns", key=batch.key)
    _ask_of_products(batch)
    return go(".show", key=batch.key)


def _ask_of_products(batch: RecordImport) -> None:
    """Let a worker ask for the products of a file that nobody read lately."""
    if to_ask := batch.figures.get("to_ask"):
        with desk().writing() as db:
            queue(db, ASK, batch.key, batch.source or _("pasted"), len(to_ask))


@page.route("/imports/<key>/columns", methods=["GET", "POST"])
@needs(MARKETERS)
def columns(key: str) -> ResponseReturnValue:
    """Choose what the columns are."""
    batch = _batch(key)
    kind, source = batch.kind, batch.source
    answer = choose("orders/columns.html", batch, COLUMNS[kind], ["id"], lambda brought: check(kind, source, brought))
    if request.method == "POST":
        _ask_of_products(_batch(key))
    return answer


@page.get("/imports/<key>")
def show(key: str) -> ResponseReturnValue:
    return _show(_batch(key), RunForm(formdata=None))


def _batch(key: str) -> RecordImport:
    return load_or_404(RecordImport, key=key)


def _show(batch: RecordImport, form: RunForm) -> ResponseReturnValue:
    with desk().reading() as db:
        counts = record_imports.counts(db, batch.id)
    return render(
        "orders/show.html",
        batch=batch,
        figures=batch.figures,
        counts=counts,
        form=form,
        modes=MODES,
        words_of=words_of,
        work=work_on(KIND, batch.key),
        asking=work_on(ASK, batch.key),
    )


@page.get("/imports/<key>/sample")
def sample(key: str) -> ResponseReturnValue:
    """Look at a few of its orders in REES46; a panel."""
    batch = _batch(key)
    return render("orders/sample.html", batch=batch, found=look(batch) if batch.state == "done" else [])


@page.post("/imports/<key>/run")
def run(key: str) -> ResponseReturnValue:
    """Let REES46 have what was checked."""
    batch, form = _batch(key), RunForm()
    if not form.validate_on_submit():
        return _show(batch, form)
    reason = (form.reason.data or "").strip() or None
    what = ACTS[batch.kind]
    asked = {"import": batch.key, "orders": batch.rows, "total": batch.figures.get("total")}
    with desk().writing() as db:
        if batch.rows and record_imports.move(db, batch.id, "checked", "running", reason=reason):
            act = new_act(what, shop(), About(reason=reason), asked)
            queue(db, KIND, batch.key, batch.source or _("pasted"), batch.rows, act=act)
    if _batch(key).state == "running":
        go_on_and_tell(KIND, key, seconds=SECONDS)
    return go(".show", key=key)


@page.get("/imports/<key>/problems.csv")
def problems(key: str) -> ResponseReturnValue:
    """The rows that are left out, and those that are worth a look, with why."""
    return problems_as_csv("orders", _batch(key), words_of)
