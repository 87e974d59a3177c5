"""How far an import is, what became of it, and the rows that were left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request
from flask_babel import gettext as _
from sqlalchemy import update

from app.pages.imports import page
from app.pages.imports.batches import batch_or_404, move, segment_of
from app.pages.imports.elements import elements_of
from app.pages.imports.faults import choice, in_words
from app.pages.imports.fields import CUSTOM, TARGETS
from app.pages.imports.forms import RunForm
from app.pages.imports.holds import SENT, offered
from app.pages.imports.sampling import look
from app.pages.imports.work import work
from app.store import imports
from app.store.imports import Batch, Part
from app.web.context import desk
from app.web.csv import csv_answer
from app.web.page import STAFF, needs
from app.web.paging_args import whole_number
from app.web.render import go, render, wants_fragment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.typing import ResponseReturnValue
    from sqlalchemy.orm import Session

    from app.store.imports import Problem

PREVIEW = 20
PROBLEMS = 100  # rows with faults that a page shows


@page.app_template_filter("fault")
def fault(one: dict[str, object]) -> str:
    return in_words(one)


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


def shown(batch: Batch, form: RunForm, *, is_busy: bool = False) -> ResponseReturnValue:
    with desk().reading() as db:
        first = imports.first_part(db, batch.id) if batch.state == "checked" else None
        problems = _page_of(db, batch, ("left", "cell"), "behind")
        held = _page_of(db, batch, ("held",), "behind_held")
        rows = {fault["row"] for one in held for fault in one.faults if "row" in fault}
        earlier = imports.rows_numbered(db, batch.id, rows) if rows else {}
        open_rows = imports.decisions(db, batch.id).get(None, 0) if held else 0
        stuck = imports.stuck_part(db, batch.id) if batch.state in {"running", "stopped"} else None
    preview = [one for one in elements_of(batch, first.rows) if one.row not in set(first.skipped)] if first else []
    return render("imports/show.html", batch=batch, form=form, is_busy=is_busy, segment=segment_of(batch),
                  preview=preview[:PREVIEW], problems=problems[:PROBLEMS], more=len(problems) > PROBLEMS,
                  held=held[:PROBLEMS], more_held=len(held) > PROBLEMS, earlier=earlier, open_rows=open_rows,
                  fields=_fields(batch), stuck=stuck.act if stuck else None)  # fmt: skip


def _page_of(db: Session, batch: Batch, kinds: tuple[str, ...], name: str) -> list[Problem]:
    """Some rows with something wrong; one more than is shown tells that there are more."""
    behind = whole_number(request.args.get(name)) or 0
    return imports.problems(db, batch.id, kinds, before=behind, most=PROBLEMS + 1)


def _fields(batch: Batch) -> list[tuple[str, str]]:
    """The columns that are sent: under which name, and what they are called here."""
    chosen = sorted((int(place), target) for place, target in batch.columns.items())
    return [
        (batch.header[place], batch.header[place]) if target == CUSTOM else (target, str(TARGETS[target].label))
        for place, target in chosen
    ]


@page.post("/<key>/step")
def step(key: str) -> ResponseReturnValue:
    """Work for a few seconds. The page asks for the next step by itself; without script there is a button."""
    batch = batch_or_404(key)
    is_busy = batch.is_at_work and not work(batch)
    batch = batch_or_404(key)
    if not batch.is_at_work or not wants_fragment():
        return go(".show", key=key)
    return shown(batch, RunForm(formdata=None), is_busy=is_busy)


@page.post("/<key>/count")
@needs(STAFF)
def count(key: str) -> ResponseReturnValue:
    """Count how many of those that were sent REES46 knows now."""
    batch = batch_or_404(key)
    if move(batch, "accepted", "counting", counts={**batch.counts, "arrived": 0}):
        with desk().writing() as db:
            again = update(Part).where(Part.batch_id == batch.id, Part.state == "counted")
            db.execute(again.values(state="accepted"))
        work(batch_or_404(key))
    return go(".show", key=key)


@page.get("/<key>/sample")
def sample(key: str) -> ResponseReturnValue:
    """Look at a few of them in REES46; a panel."""
    batch = batch_or_404(key)
    return render("imports/sample.html", batch=batch, found=look(batch), segment=segment_of(batch))


@page.get("/<key>/left-out.csv")
def left_out(key: str) -> ResponseReturnValue:
    """The rows that are not sent, in their own columns, to be mended and brought again."""
    batch = batch_or_404(key)
    return csv_answer(f"import-{batch.key}-left-out", [*batch.header, _("Row"), _("Problem")], _lines(batch))


def _lines(batch: Batch) -> Iterator[list[object]]:
    behind = 0
    while found := _problems(batch, behind):
        for one in (problem for problem in found if problem.decision not in SENT):
            width = len(batch.header)  # what stands beyond the columns stays beyond them, to be seen again
            why = " ".join(in_words(fault) for fault in one.faults)
            yield [*one.cells[:width], one.row, why, *one.cells[width:]]
        behind = found[-1].id


def _problems(batch: Batch, behind: int) -> list[Problem]:
    with desk().reading() as db:
        return imports.problems(db, batch.id, before=behind)
