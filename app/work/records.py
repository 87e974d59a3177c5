"""Sending the records of an import: one act of the trail, in parts, each written down before it is sent."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.rees46.operation import Operation
from app.store import record_imports
from app.store.record_imports import Record, RecordImport, Taken
from app.web.context import desk, settings
from app.web.filters import number
from app.web.rees46 import About, act
from app.web.safeguards.second_person import Review, facts_of
from app.work.batches import batch_of
from app.work.kinds import Progress

if TYPE_CHECKING:
    from app.store.acts import Act
    from app.store.record_imports import RecordPart
    from app.store.works import Work
    from app.web.rees46 import Ended

# What is looked up after the check changes nothing of what is sent.
LOOKED_UP = {"unknown_products", "to_ask", "not_asked"}
Call = Callable[[list[Record]], Operation[Any]]
Sent = Callable[[Session, list[Record]], object]


def send_next(work: Work, call: Call, sent: Sent | None = None, *, again: bool = False) -> Progress:
    """Send the next part. With `again` a part of which nobody knows is sent once more: that changes nothing."""
    with desk().writing() as db:
        batch = batch_of(db, RecordImport, work)
        if again:
            record_imports.let_go(db, batch.id, record_imports.acts_in(db, batch.id, {"unknown"}))
        part = record_imports.next_part(db, batch.id)
    if part is not None:
        _send(batch, part, call, sent)
    with desk().writing() as db:
        counts, left = record_imports.counts(db, batch.id), record_imports.left(db, batch.id)
        if not left:
            record_imports.move(db, batch.id, "running", "done")
    return Progress(batch.rows - counts.get("waiting", 0), batch.rows, counts.get("refused", 0), is_over=not left)


def _send(batch: RecordImport, part: RecordPart, call: Call, sent: Sent | None) -> None:
    records = part.records(settings().key)
    about = About(
        reason=batch.reason,
        asked={"import": batch.key, "part": part.place + 1, "records": part.number},
        begun=lambda db, row: record_imports.take(db, part.id, row.id),
        ended=partial(_ended, batch=batch, records=records, sent=sent),
    )
    try:
        act(call(records), about)
    except Taken:
        return


def _ended(db: Session, ended: Ended, *, batch: RecordImport, records: list[Record], sent: Sent | None) -> None:
    if ended.state in {"failed", "refused"}:
        record_imports.let_go(db, batch.id, [ended.act.id])
    if ended.state == "done" and sent:
        sent(db, records)


def take_back(db: Session, work: Work) -> None:
    """Lead an import of which nothing was sent back to its review."""
    record_imports.move(db, batch_of(db, RecordImport, work).id, "running", "checked")


def review_records(db: Session, work: Work, _act: Act) -> Review:
    """Say what a second person is asked to approve: which file, how many records, and its totals."""
    batch = batch_of(db, RecordImport, work)
    lines = [
        (_("File"), "", batch.source or _("pasted")),
        (_("Records that are sent"), "", number(batch.rows)),
        (_("Rows that are left out"), "", number(len(batch.problems))),
    ]
    totals = ((name, value) for name, value in batch.figures.items() if isinstance(value, int | float | str))
    lines += [(name, "", str(value)) for name, value in totals]
    fixed = {name: value for name, value in batch.figures.items() if name not in LOOKED_UP}
    return Review(lines, facts_of(batch.key, batch.rows, fixed))
