"""Working an import off: a few seconds at a time, by whoever looks at its page; a crash costs no more than a part.

There is no worker of the desk's own. Each step takes the batch for itself, does parts until its time is up and lets
go. What a step was about to send is written down first; a part that may have been sent is sent again, which changes
nothing, for REES46 updates whom it knows.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from app.pages.imports import stages
from app.rees46.errors import Rees46Error
from app.store import imports
from app.store.base import now
from app.store.imports import Batch, Part
from app.web.context import desk
from app.web.error_words import in_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from app.store.acts import Act

SECONDS = 2.0
WAITING_FOR = {"checking": ("waiting",), "running": ("checked",), "counting": ("accepted",)}
THEN = {"checking": "checked", "running": "accepted", "counting": "accepted"}


def work(batch: Batch) -> bool:
    """Do as many parts as fit into a step. False: somebody else is at it."""
    with desk().writing() as db:
        if not imports.take(db, batch):
            return False
    try:
        _parts(batch, time.monotonic() + SECONDS)
    except Rees46Error as error:
        said = in_words(error)
        _stand_still(batch, " ".join(filter(None, (said["happened"], said["advice"]))))
    finally:
        with desk().writing() as db:
            imports.release(db, batch.id)
    return True


def _parts(batch: Batch, until: float) -> None:
    """Do one part, and more while there is time."""
    with desk().reading() as db:
        met = imports.met(db, batch.id) if batch.state == "checking" else {}
    is_first = True
    while True:
        with desk().reading() as db:
            here = db.get_one(Batch, batch.id)
            part = imports.next_part(db, batch.id, WAITING_FOR.get(here.state, ()))
        if not here.is_at_work:
            return
        if part is None:
            _finish(here)
            return
        if not is_first and time.monotonic() >= until:
            return
        DO[here.state](here, part, met)
        is_first = False


def _check(batch: Batch, part: Part, met: dict[str, int]) -> None:
    found = stages.check(batch, part, met)
    met |= found.met
    with desk().writing() as db:
        kept = db.get_one(Part, part.id)
        if kept.state != "waiting":
            return
        kept.state, kept.met, kept.changes = "checked", found.met, found.changes
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
    batch.trouble = None


def _finish(batch: Batch) -> None:
    with desk().writing() as db:
        kept = db.get_one(Batch, batch.id)
        if kept.state == batch.state:
            kept.ended = now() if kept.state == "running" else kept.ended
            kept.state, kept.worked, kept.trouble = THEN[kept.state], 0, None


def _stand_still(batch: Batch, words: str) -> None:
    with desk().writing() as db:
        db.get_one(Batch, batch.id).trouble = words[:500]
