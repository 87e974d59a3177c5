"""Sending a batch of codes, as work in parts: each is counted before it goes out, and taken up again after a crash."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.rees46 import promo_codes
from app.rees46.errors import Rees46Error, Refused, TooMany
from app.store import promo_batches, promo_uploads
from app.store.promo_batches import PromoBatch
from app.web.context import desk, settings
from app.web.page import MARKETERS
from app.web.rees46 import About, act, ask
from app.work.batches import batch_of
from app.work.kinds import Progress, kind

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.store.works import Work
    from app.web.rees46 import Ended

KIND = "promo_codes.batch"


def take_back(db: Session, work: Work) -> None:
    """Let another list be chosen for codes of which none went out."""
    promo_batches.put_back(db, batch_of(db, PromoBatch, work).id)


@kind(
    KIND,
    label=_l("Upload promo codes"),
    page="promo_codes.batch",
    needs=MARKETERS,
    is_repeatable=True,
    taken_back=take_back,
)
def send_some(work: Work) -> Progress:
    """Send a part. It may be sent again: a list leaves out the codes that it has already."""
    batch = _batch(work)
    if batch.state == "sending" and batch.part:
        try:
            _send_part(batch)
        except Refused as refused:
            if not isinstance(refused, TooMany):
                with desk().writing() as db:
                    promo_batches.put_back(db, batch.id)
            raise
        batch = _batch(work)
    if batch.state == "sending" and not batch.part:
        after = left_in(batch.list_id)
        with desk().writing() as db:
            promo_batches.end(db, batch.id, after)
        return Progress(batch.position, batch.total, is_over=True)
    return Progress(batch.position, batch.total, is_over=batch.state != "sending")


def _batch(work: Work) -> PromoBatch:
    with desk().reading() as db:
        return batch_of(db, PromoBatch, work)


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
