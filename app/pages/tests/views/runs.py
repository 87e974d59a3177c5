"""Runs: begun whole or for the failed cells alone, watched, compared with the one before, told as a report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash
from flask_babel import gettext as _

from app.pages.tests import page
from app.pages.tests.beginning import Chosen, NotBegun, begin
from app.pages.tests.judging import CHECKS
from app.pages.tests.plans import Whole, whole
from app.pages.tests.reading import Report, report_of, rows_of
from app.pages.tests.running import KIND
from app.store.matrix import MatrixPlan, MatrixRun
from app.web.channels import CHANNELS
from app.web.context import desk
from app.web.http.csv import csv_answer
from app.web.loaders import load_or_404
from app.web.page import STAFF, needs
from app.web.render import go, render
from app.work.batches import go_on, work_on

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

WORDS: dict[str, Any] = {"channel_names": CHANNELS, "checks": CHECKS}
SECONDS = 2.0  # that one request spends on it


@page.post("/<key>/run")
def start(key: str) -> ResponseReturnValue:
    """Run every scenario."""
    with desk().reading() as db:
        plan = whole(db, load_or_404(MatrixPlan, key=key))
    return _begin(plan, {row.id: set(plan.channels) for row in plan.scenarios})


@page.post("/runs/<key>/again")
def again(key: str) -> ResponseReturnValue:
    """Run the scenarios again of which a cell is wrong or unknown, and judge only these cells."""
    found = _report(key)
    chosen: Chosen = {}
    for row in found.rows:
        for cell in row.message.cells:
            if cell.outcome in {"wrong", "unknown"}:
                chosen.setdefault(cell.scenario_id, set()).add(cell.channel)
    with desk().reading() as db:
        plan = whole(db, found.plan)
    return _begin(plan, chosen, found.run)


def _begin(plan: Whole, chosen: Chosen, again_of: MatrixRun | None = None) -> ResponseReturnValue:
    try:
        run = begin(plan, chosen, again_of.id if again_of else None)
    except NotBegun as why:
        flash(why.words, "danger")
        return go(".run", key=again_of.key) if again_of else go(".show", key=plan.plan.key)
    go_on(KIND, run.key, title=plan.plan.name, seconds=SECONDS)
    return go(".run", key=run.key)


@page.get("/runs/<key>")
def run(key: str) -> ResponseReturnValue:
    return render("tests/run.html", it=_report(key), work=work_on(KIND, key), **WORDS)


@page.get("/runs/<key>/report")
def report(key: str) -> ResponseReturnValue:
    """Tell a run on paper."""
    return render("tests/report.html", it=_report(key), **WORDS)


@page.get("/runs/<key>/cells.csv")
@needs(STAFF)
def table(key: str) -> ResponseReturnValue:
    """Give a run as a file, a line a cell."""
    tried = [_("Scenario"), _("Channel"), _("Expected"), _("Delivered")]
    judged = [_("Verdict"), _("Why"), _("Person"), _("Note")]
    return csv_answer(f"test-{key}", [*tried, *judged], rows_of(_report(key)))


def _report(key: str) -> Report:
    with desk().reading() as db:
        return report_of(db, load_or_404(MatrixRun, key=key))
