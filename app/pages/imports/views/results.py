"""How far an import is, what became of it, and the rows that were left out."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from flask import request
from sqlalchemy import update

from app.pages.imports import page
from app.pages.imports.batches import batch_or_404, is_segment_met, move, segment_of
from app.pages.imports.changes import label_of
from app.pages.imports.elements import elements_of
from app.pages.imports.faults import choice, in_words
from app.pages.imports.fields import CUSTOM, TARGETS, fields_of
from app.pages.imports.forms import RunForm
from app.pages.imports.holds import offered
from app.pages.imports.sampling import look
from app.pages.imports.views.files import all_changes
from app.pages.imports.work import KINDS, begin
from app.store import import_problems, imports
from app.store.imports import Batch, Part
from app.web.context import desk
from app.web.page import STAFF, needs
from app.web.paging_args import whole_number
from app.web.render import go, render
from app.work.batches import work_on

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue
    from sqlalchemy.orm import Session

    from app.pages.imports.changes import Change
    from app.store.import_problems import Problem

PREVIEW = 20
CHANGES = 10  # that a page shows
PROBLEMS = 100  # rows with faults that a page shows


@page.app_template_filter("fault")
def fault(one: dict[str, object]) -> str:
    return in_words(one)


@page.app_template_filter("field_label")
def field_label(name: str) -> str:
    return label_of(name)


@page.app_template_filter("choices_of")
def choices_of(problem: Problem) -> list[tuple[str, str]]:
    """What may be decided about a row that is held back."""
    return [(decision, choice(decision, problem.faults)) for decision in offered(problem.faults)]


@page.get("/<key>")
def show(key: str) -> ResponseReturnValue:
    batch = batch_or_404(key)
    if batch.state == "draft" and not batch.forgotten:
        return go(".columns", key=key)
    return shown(batch, RunForm(formdata=None))


def shown(batch: Batch, form: RunForm) -> ResponseReturnValue:
    with desk().reading() as db:
        first = imports.first_part(db, batch.id) if batch.state == "checked" else None
        problems = _page_of(db, batch, ("left", "cell"), "behind")
        held = _page_of(db, batch, ("held",), "behind_held")
        rows = {fault["row"] for one in held for fault in one.faults if "row" in fault}
        earlier = imports.rows_numbered(db, batch.id, rows) if rows else {}
        open_rows = import_problems.decisions(db, batch.id).get(None, 0) if held else 0
        stuck = imports.stuck_part(db, batch.id) if batch.state in {"running", "stopped"} else None
    preview = [one for one in elements_of(batch, first.rows) if one.row not in set(first.skipped)] if first else []
    return render(
        "imports/show.html",
        batch=batch,
        form=form,
        segment=segment_of(batch),
        preview=preview[:PREVIEW],
        problems=problems[:PROBLEMS],
        more=len(problems) > PROBLEMS,
        held=held[:PROBLEMS],
        more_held=len(held) > PROBLEMS,
        earlier=earlier,
        open_rows=open_rows,
        fields=_fields(batch),
        unused=_unused(batch),
        faulty=_faulty(batch),
        is_met=is_segment_met(batch),
        changes=_first_changes(batch),
        stuck=stuck.act if stuck else None,
        work=work_on(KINDS[batch.state], batch.key) if batch.is_at_work else None,
    )


def _first_changes(batch: Batch) -> list[tuple[int, str, Change]]:
    """What changes first, for the page; a file has all of it."""
    return list(islice(all_changes(batch), CHANGES)) if batch.state == "checked" and batch.count("changes") else []


def _page_of(db: Session, batch: Batch, kinds: tuple[str, ...], name: str) -> list[Problem]:
    """Some rows with something wrong; one more than is shown tells that there are more."""
    behind = whole_number(request.args.get(name)) or 0
    return import_problems.problems(db, batch.id, kinds, before=behind, most=PROBLEMS + 1)


def _fields(batch: Batch) -> list[tuple[str, str]]:
    """The columns that are sent: under which name, and what they are called here."""
    chosen = sorted((int(place), target) for place, target in batch.columns.items())
    labels = [batch.header[place] if target == CUSTOM else str(TARGETS[target].label) for place, target in chosen]
    names = [fields_of(target, batch.header[place])[0] for place, target in chosen]
    return list(zip(names, labels, strict=True))


def _unused(batch: Batch) -> list[tuple[str, int]]:
    """The columns that are not sent, and how many cells they fill."""
    filled = batch.reading.get("filled", [])
    return [
        (batch.header[place], count) for place, count in enumerate(filled) if count and str(place) not in batch.columns
    ]


def _faulty(batch: Batch) -> list[tuple[int, str, int]]:
    """The columns with cells that cannot be read, and how many rows have one."""
    counted = ((place, name, batch.count(f"column {place}")) for place, name in enumerate(batch.header))
    return [(place, name, count) for place, name, count in counted if count]


@page.post("/<key>/count")
@needs(STAFF)
def count(key: str) -> ResponseReturnValue:
    """Count how many of those that were sent REES46 knows now."""
    batch = batch_or_404(key)
    if move(batch, "accepted", "counting", counts={**batch.counts, "arrived": 0}):
        with desk().writing() as db:
            again = update(Part).where(Part.batch_id == batch.id, Part.state == "counted")
            db.execute(again.values(state="accepted"))
        begin(batch_or_404(key))
    return go(".show", key=key)


@page.get("/<key>/sample")
def sample(key: str) -> ResponseReturnValue:
    """Look at a few of them in REES46; a panel."""
    batch = batch_or_404(key)
    return render("imports/sample.html", batch=batch, found=look(batch), segment=segment_of(batch))
