"""Working an import off, as work in parts: rows are checked, sent and counted; a crash costs no more than a part.

What is about to be sent is written down first; a part that may have been sent is sent again, which changes nothing, for
REES46 updates whom it knows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l

from app.pages.imports import stages
from app.pages.imports.undo import lock
from app.store import brought_files, imports
from app.store.base import now
from app.store.imports import Batch, Part
from app.web.context import desk
from app.web.page import MARKETERS, STAFF
from app.work.batches import batch_of, go_on
from app.work.kinds import Progress, kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from app.store.acts import Act
    from app.store.works import Work

SECONDS = 2.0  # that the request which begins a stage spends on it
KINDS = {"checking": "imports.check", "running": "imports.send", "counting": "imports.count"}
WAITING_FOR = {"checking": ("waiting",), "running": ("checked",), "counting": ("accepted",)}
THEN = {"checking": "checked", "running": "accepted", "counting": "accepted"}


def begin(batch: Batch) -> None:
    """Do what a stage can do at once: for a small file that is all of it."""
    go_on(KINDS[batch.state], batch.key, title=batch.source, seconds=SECONDS)


def do_part(work: Work) -> Progress:
    """Do the next part of the stage that a batch is in."""
    with desk().reading() as db:
        batch = batch_of(db, Batch, work)
        is_at_it = KINDS.get(batch.state) == work.kind
        part = imports.next_part(db, batch.id, WAITING_FOR[batch.state]) if is_at_it else None
        met = imports.met(db, batch.id) if batch.state == "checking" else {}
    if part is None:
        if is_at_it:
            _finish(batch)
        return Progress(batch.rows if is_at_it else work.done, batch.rows, work.left_out, is_over=True)
    DO[batch.state](batch, part, met)
    with desk().reading() as db:
        here, left = batch_of(db, Batch, work), imports.left(db, batch.id, WAITING_FOR[batch.state])
    done = min((batch.parts - left) * imports.PART, batch.rows)
    return Progress(done, batch.rows, here.left_out if here.state == "checking" else 0)


def take_back(db: Session, work: Work) -> None:
    """Lead an import of which nothing was sent back to its review."""
    batch = batch_of(db, Batch, work)
    if batch.state == "running":
        batch.state, batch.worked = "checked", 0


for name, label, needs in (
    (KINDS["checking"], _l("Check a file"), MARKETERS),
    (KINDS["running"], _l("Import customers"), MARKETERS),
    (KINDS["counting"], _l("Count what arrived"), STAFF),
):
    kind(
        name,
        label=label,
        page="imports.show",
        needs=needs,
        is_repeatable=True,
        ends_on_page=True,
        taken_back=take_back,
    )(do_part)


def _check(batch: Batch, part: Part, met: dict[str, int]) -> None:
    found = stages.check(batch, part, met)
    met |= found.met
    with desk().writing() as db:
        kept = db.get_one(Part, part.id)
        if kept.state != "waiting":
            return
        kept.state, kept.met, kept.changes = "checked", found.met, found.changes
        kept.had = lock(found.kept)
        kept.skipped = [problem.row for problem in found.problems if problem.kind != "cell"]
        for problem in found.problems:
            problem.shop_id, problem.batch_id = batch.shop_id, batch.id
        db.add_all(found.problems)
        _add_up(db.get_one(Batch, batch.id), found.counts)


def _send(batch: Batch, part: Part, _met: dict[str, int]) -> None:
    """Send a part; that it was taken is written in the transaction that ends its act."""

    def begun(db: Session, row: Act) -> None:
        db.get_one(Part, part.id).act_id = row.id

    def taken(db: Session, sent: list[list[str]], sample: list[Any]) -> None:
        kept = db.get_one(Part, part.id)
        if kept.state == "checked":
            kept.state, kept.rows, kept.met, kept.sample = "accepted", sent, {}, sample
            _add_up(db.get_one(Batch, batch.id), {"accepted": len(sent)})

    stages.send(batch, part, begun, taken)


def _look(batch: Batch, part: Part, _met: dict[str, int]) -> None:
    arrived = stages.arrived(part)
    with desk().writing() as db:
        kept = db.get_one(Part, part.id)
        if kept.state != "accepted":
            return
        kept.state = "counted"
        _add_up(db.get_one(Batch, batch.id), {"arrived": arrived})


DO: dict[str, Callable[[Batch, Part, dict[str, int]], None]] = {"checking": _check, "running": _send, "counting": _look}


def _add_up(batch: Batch, counts: dict[str, int]) -> None:
    batch.counts = batch.counts | {name: batch.count(name) + value for name, value in counts.items()}
    batch.worked += 1


def _finish(batch: Batch) -> None:
    with desk().writing() as db:
        kept = db.get_one(Batch, batch.id)
        if kept.state == batch.state:
            if kept.state == "running":
                kept.ended = now()
                brought_files.let_go(db, kept.file_id)
            kept.state, kept.worked = THEN[kept.state], 0
