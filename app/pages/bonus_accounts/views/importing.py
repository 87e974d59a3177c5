"""Bringing a file of bonus accounts, looking at its totals, and letting it run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _

from app.pages.bonus_accounts import page
from app.pages.bonus_accounts.checking import check
from app.pages.bonus_accounts.columns import import_columns
from app.pages.bonus_accounts.forms import AgainForm, RunForm
from app.pages.bonus_accounts.reading import COLUMNS, KIND
from app.pages.bonus_accounts.words import AMOUNTS, words_of
from app.pages.bonus_accounts.work import KIND as WORK
from app.store import record_imports
from app.store.record_imports import RecordImport
from app.web.context import desk
from app.web.loaders import load_or_404
from app.web.page import MARKETERS, needs
from app.web.records.bringing import BringForm
from app.web.records.choosing import choose, chosen_before, keep
from app.web.records.columns import record_listing
from app.web.records.fields import IDENTITY
from app.web.records.problems import problems_as_csv
from app.web.rees46 import About, new_act, noted
from app.web.render import go, render
from app.web.shops import shop
from app.web.tables.listing import list_page
from app.work.batches import go_on_and_tell, queue, work_on

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

SECONDS = 2.0  # that one request spends on sending


@page.get("/imports")
def imports() -> ResponseReturnValue:
    return list_page(
        "bonus_accounts/imports.html",
        lambda db, at: record_listing(db, at, [KIND], import_columns(), "bonus-imports"),
    )


@page.route("/imports/new", methods=["GET", "POST"])
@needs(MARKETERS)
def new() -> ResponseReturnValue:
    """Take a file and check it; nothing is sent."""
    form = BringForm()
    brought = form.brought(COLUMNS, "bonuses", chosen_before(KIND)) if form.validate_on_submit() else None
    if brought is None:
        return render("bonus_accounts/new.html", form=form, columns=COLUMNS)
    batch, records = check(form.source, brought)
    return go(".show" if keep(batch, records, brought) else ".columns", key=batch.key)


@page.route("/imports/<key>/columns", methods=["GET", "POST"])
@needs(MARKETERS)
def columns(key: str) -> ResponseReturnValue:
    """Choose what the columns are."""
    batch, who = _batch(key), [column.name for column in IDENTITY]
    return choose("bonus_accounts/columns.html", batch, COLUMNS, who, lambda brought: check(batch.source, brought))


@page.get("/imports/<key>")
def show(key: str) -> ResponseReturnValue:
    return _show(_batch(key), RunForm(formdata=None), AgainForm(formdata=None))


def _batch(key: str) -> RecordImport:
    return load_or_404(RecordImport, key=key)


def _show(batch: RecordImport, form: RunForm, again: AgainForm) -> ResponseReturnValue:
    with desk().reading() as db:
        counts = record_imports.counts(db, batch.id)
    return render(
        "bonus_accounts/show.html",
        batch=batch,
        figures=batch.figures,
        counts=counts,
        form=form,
        again=again,
        amounts=AMOUNTS,
        words_of=words_of,
        work=work_on(WORK, batch.key),
    )


@page.post("/imports/<key>/run")
def run(key: str) -> ResponseReturnValue:
    """Let REES46 have what was checked."""
    batch, form = _batch(key), RunForm()
    if not form.validate_on_submit():
        return _show(batch, form, AgainForm(formdata=None))
    reason = (form.reason.data or "").strip() or None
    asked = {"import": batch.key, "accounts": batch.rows, "sums": batch.figures.get("sums")}
    with desk().writing() as db:
        if batch.rows and record_imports.move(db, batch.id, "checked", "running", reason=reason):
            act = new_act("bonus_accounts.Import", shop(), About(reason=reason), asked)
            queue(db, WORK, batch.key, batch.source or _("pasted"), batch.rows, act=act)
    return _go_on(key)


def _go_on(key: str) -> ResponseReturnValue:
    if _batch(key).state == "running":
        go_on_and_tell(WORK, key, seconds=SECONDS)
    return go(".show", key=key)


@page.post("/imports/<key>/again")
def again(key: str) -> ResponseReturnValue:
    """Send the parts again of which nobody knows; a person says that they did not arrive."""
    batch, form = _batch(key), AgainForm()
    if not form.validate_on_submit():
        return _show(batch, RunForm(formdata=None), form)
    with noted("bonus_accounts.SendAgain", asked={"import": batch.key}), desk().writing() as db:
        record_imports.let_go(db, batch.id, record_imports.acts_in(db, batch.id, {"unknown", "failed"}))
        record_imports.move(db, batch.id, "done", "running")
    return _go_on(key)


@page.get("/imports/<key>/problems.csv")
def problems(key: str) -> ResponseReturnValue:
    """The rows that are left out, and those that are worth a look, with why."""
    return problems_as_csv("bonuses", _batch(key), words_of)
