"""One import by its key, and moving it from one state to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import update

from app.pages.imports.work import KINDS
from app.store import segment_names, works
from app.store.imports import Batch
from app.web.context import desk
from app.web.loaders import load_or_404
from app.work.batches import queue

if TYPE_CHECKING:
    from app.store.acts import Act
    from app.store.segment_names import SegmentName


def batch_or_404(key: str) -> Batch:
    return load_or_404(Batch, key=key)


def move(batch: Batch, before: str, then: str, act: Act | None = None, **more: Any) -> bool:
    """Move it on, and queue the work of a stage, which may be an act of the trail; of two clicks only one does."""
    here = update(Batch).where(Batch.id == batch.id, Batch.state == before)
    with desk().writing() as db:
        moved = db.execute(here.values(state=then, worked=0, **more))
        is_moved = bool(moved.rowcount)  # type: ignore[attr-defined]  # an UPDATE's result has it
        if is_moved and before in KINDS and (work := works.of_subject(db, batch.shop_id, KINDS[before], batch.key)):
            works.wish(db, work.id, "cancel")
        if is_moved and then in KINDS:
            queue(db, KINDS[then], batch.key, batch.source, batch.rows, act=act)
    return is_moved


def is_segment_met(batch: Batch) -> bool:
    """Whether anybody here ever met the segment they are put into; without one there is nothing to ask."""
    return not batch.segment_id or segment_of(batch) is not None


def segment_of(batch: Batch) -> SegmentName | None:
    """What the desk calls the segment they are put into."""
    if not batch.segment_id:
        return None
    with desk().reading() as db:
        return segment_names.by_id(db, batch.shop_id, batch.segment_id)
