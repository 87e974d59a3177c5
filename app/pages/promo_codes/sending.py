"""Sending a batch of codes in parts; each part is counted before it goes out, and a crash is taken up again."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from app.rees46 import promo_codes
from app.rees46.errors import Rees46Error, Refused
from app.store import promo_batches, promo_uploads
from app.store.promo_batches import PromoBatch
from app.web.context import desk, settings
from app.web.rees46 import About, act, ask

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.web.rees46 import Ended

SECONDS = 5.0  # that one request spends on it


def send_on(batch: PromoBatch) -> None:
    """Send parts until all are through or the time is over. What goes wrong is raised, and nothing sent is lost."""
    with desk().writing() as db:
        taken = promo_batches.take(db, batch.id)
    if taken is None:
        return
    refused = False
    try:
        _send_parts(taken, time.monotonic() + SECONDS)
    except Refused:
        refused = True
        raise
    finally:
        with desk().writing() as db:
            promo_batches.leave(db, batch.id, back=refused)


def _send_parts(batch: PromoBatch, until: float) -> None:
    while batch.part and time.monotonic() < until:
        _send_part(batch)
        with desk().reading() as db:
            batch = db.get_one(PromoBatch, batch.id)
    if not batch.part:
        after = left_in(batch.list_id)
        with desk().writing() as db:
            promo_batches.end(db, batch.id, after)


def _send_part(batch: PromoBatch) -> None:
    """Send the next part. Where the batch stands moves on in the transaction that says that the part was taken."""
    part, behind, key = batch.part, batch.position + len(batch.part), settings().key

    def ended(db: Session, ended: Ended) -> None:
        if ended.state == "done":
            promo_batches.accepted_until(db, batch.id, behind)
            promo_uploads.keep(db, batch, part, key)

    about = About(
        before={"available": batch.before},
        begun=lambda db, row: promo_batches.begin_part(db, batch.id, row.id),
        ended=ended,
    )
    act(promo_codes.Upload(id=batch.list_id or "", codes=part), about)


def left_in(list_id: str | None) -> int | None:
    """Ask how many codes a list has now; None when that cannot be learned."""
    try:
        lists = ask(promo_codes.Lists())
    except Rees46Error:
        return None
    return next((one.available for one in lists if one.id == list_id), None)
