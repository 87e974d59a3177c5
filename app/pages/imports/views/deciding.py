"""Deciding about rows that are held back: about each of them, or about all that are still open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, request
from flask_babel import gettext as _
from flask_babel import ngettext

from app.pages.imports import page
from app.pages.imports.batches import batch_or_404
from app.pages.imports.holds import SENT, offered
from app.pages.imports.work import KINDS, begin
from app.store import import_problems, imports
from app.store.imports import Batch
from app.web.context import desk
from app.web.render import go
from app.work.batches import queue

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue
    from sqlalchemy.orm import Session


@page.post("/<key>/decide")
def decide(key: str) -> ResponseReturnValue:
    """Keep what was chosen for the rows that were shown; with `all` the same for every row that is still open."""
    batch = batch_or_404(key)
    if batch.state != "checked":
        flash(_("This import is running or done already; nothing was decided."), "info")
        return go(".show", key=key)
    wanted = request.form.get("all", "")
    with desk().writing() as db:
        done = _decide_all(db, batch, wanted) if wanted else _decide_shown(db, batch)
        db.flush()
        sent = sum(count for decision, count in import_problems.decisions(db, batch.id).items() if decision in SENT)
        kept = db.get_one(Batch, batch.id)
        kept.counts = kept.counts | {"decided": sent}
    flash(ngettext("%(num)s row is decided.", "%(num)s rows are decided.", done), "success")
    return go(".show", key=key, _anchor="held")


def _decide_shown(db: Session, batch: Batch) -> int:
    chosen = {name: said for name, said in request.form.items() if name.startswith("row-") and said}
    done = 0
    for problem in import_problems.problems(db, batch.id, ("held",), most=batch.rows):
        decision = chosen.get(f"row-{problem.row}")
        if decision in offered(problem.faults):
            problem.decision, done = decision, done + 1
    return done


def _decide_all(db: Session, batch: Batch, decision: str) -> int:
    """Rows for which this cannot be decided stay open."""
    found = import_problems.problems(db, batch.id, ("held",), most=batch.rows)
    fit = [one for one in found if one.decision is None and decision in offered(one.faults)]
    for problem in fit:
        problem.decision = decision
    return len(fit)


@page.post("/<key>/cells")
def leave_out_cells(key: str) -> ResponseReturnValue:
    """Look through the rows again: of the columns that were chosen a bad cell is left out, of the others its row."""
    batch = batch_or_404(key)
    chosen = [place for place in range(len(batch.header)) if request.form.get(f"column-{place}") == "cell"]
    with desk().writing() as db:
        is_anew = imports.check_anew(db, batch.id, chosen)
        if is_anew:
            queue(db, KINDS["checking"], batch.key, batch.source, batch.rows)
    if is_anew:
        begin(batch_or_404(key))
    else:
        flash(_("This import is running or done already; nothing was decided."), "info")
    return go(".show", key=key)
