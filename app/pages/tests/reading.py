"""A run as it is read: a row a scenario, its cells by channel, each beside what the run before it said."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from app.pages.tests.judging import CHECKS
from app.store import matrix, matrix_cells
from app.store.campaigns import OF_CHANNEL
from app.store.matrix import MatrixPlan
from app.web.channels import CHANNELS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy.orm import Session

    from app.store.matrix import MatrixCell, MatrixMessage, MatrixRun


@dataclass(frozen=True)
class Row:
    """A scenario as it was tried."""

    message: MatrixMessage
    before: Mapping[tuple[int, str], MatrixCell]

    def cell(self, channel: str) -> MatrixCell | None:
        return next((cell for cell in self.message.cells if cell.channel == channel), None)

    def change(self, cell: MatrixCell) -> str:
        """Say how a cell differs from the run before: better, worse, another text, new; empty for the same."""
        earlier = self.before.get((cell.scenario_id, cell.channel))
        if not cell.outcome:
            return ""
        if earlier is None:
            return "new" if self.before else ""
        if earlier.outcome != cell.outcome:
            return "better" if cell.outcome == "right" else "worse" if earlier.outcome == "right" else "other"
        return "text" if earlier.delivered != cell.delivered else ""


@dataclass(frozen=True)
class Report:
    """A run with everything that its page and its report show."""

    run: MatrixRun
    plan: MatrixPlan
    rows: list[Row]
    again_of: MatrixRun | None

    @cached_property
    def channels(self) -> list[str]:
        tried = {cell.channel for row in self.rows for cell in row.message.cells}
        return [channel for channel in OF_CHANNEL if channel in tried]

    @cached_property
    def counts(self) -> Counter[str]:
        """Count the cells by what holds of them."""
        return Counter(cell.outcome for row in self.rows for cell in row.message.cells)

    @property
    def changes(self) -> Counter[str]:
        return Counter(row.change(cell) for row in self.rows for cell in row.message.cells)

    @property
    def seconds(self) -> int | None:
        """How long it took."""
        return round((self.run.ended - self.run.at).total_seconds()) if self.run.ended else None


def report_of(db: Session, run: MatrixRun) -> Report:
    before = matrix_cells.cells_before(db, run)
    rows = [Row(message, before) for message in matrix.messages(db, run.id)]
    again_of = matrix.run_before(db, run)
    return Report(run, db.get_one(MatrixPlan, run.plan_id), rows, again_of)


def rows_of(found: Report) -> Iterator[list[object]]:
    """Give a line for each cell."""
    for row in found.rows:
        for cell in row.message.cells:
            yield [
                row.message.name,
                str(CHANNELS[cell.channel]),
                "; ".join(expected_words(one) for one in cell.expected),
                "\n".join((cell.delivered or {}).values()),
                cell.verdict,
                "; ".join(one["words"] for one in cell.found if one.get("words")),
                " ".join(filter(None, (cell.word, cell.judge))),
                cell.note,
            ]


def expected_words(one: Mapping[str, str]) -> str:
    """Say in words what is expected."""
    words = str(CHECKS.get(one["check"], one["check"]))
    return f"{words}: {one['value']}" if one.get("value") else words
