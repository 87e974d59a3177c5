"""Files of an import: the rows that are not sent, and what changes for customers that REES46 knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _

from app.pages.imports import page
from app.pages.imports.batches import batch_or_404
from app.pages.imports.changes import Change, label_of
from app.pages.imports.faults import in_words
from app.pages.imports.holds import SENT
from app.pages.imports.parts import parts_of
from app.store import import_problems, imports
from app.web.context import desk
from app.web.http.csv import csv_answer
from app.web.masking import leave_whole_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.typing import ResponseReturnValue

    from app.store.import_problems import Problem
    from app.store.imports import Batch


@page.get("/<key>/changes.csv")
def changes_csv(key: str) -> ResponseReturnValue:
    """Each cell that changes for a customer whom REES46 knows: before and after."""
    batch = batch_or_404(key)
    header = [_("Row"), _("Customer"), _("Field"), _("Before"), _("After")]
    rows = ([row, who, label_of(one.field), one.before, one.after] for row, who, one in all_changes(batch))
    return csv_answer(f"import-{batch.key}-changes", header, rows)


def all_changes(batch: Batch) -> Iterator[tuple[int, str, Change]]:
    """Row, customer and change, in the order of the file."""
    for part in parts_of(batch, imports.changes):
        yield from ((row, who, Change(*rest)) for row, who, *rest in part.changes)


@page.get("/<key>/left-out.csv")
def left_out(key: str) -> ResponseReturnValue:
    """The rows that are not sent, in their own columns, to be mended and brought again."""
    batch = batch_or_404(key)
    leave_whole_for(batch.person_id)
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
        return import_problems.problems(db, batch.id, before=behind)
