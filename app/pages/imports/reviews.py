"""What a second person sees of an import of customers before they approve it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _

from app.pages.imports.work import KINDS
from app.store.imports import SUPPRESSED, Batch
from app.web.filters import number
from app.web.safeguards.second_person import Review, facts_of, reviews_job
from app.work.batches import batch_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.store.acts import Act
    from app.store.works import Work


@reviews_job(KINDS["running"])
def review_import(db: Session, work: Work, _act: Act) -> Review:
    """How many are sent where, and what of the review is decided against somebody's no."""
    batch = batch_of(db, Batch, work)
    opt_outs = batch.count("opt_outs") + batch.count("untold")
    lines = [
        (_("File"), "", batch.source or _("pasted")),
        (_("What is sent"), "", _("Suppressed addresses") if batch.kind == SUPPRESSED else _("Customers")),
        (_("Rows that are sent"), "", number(batch.to_send)),
        (_("Rows that are left out"), "", number(batch.left_out)),
        (_("Segment"), "", batch.segment_id or _("none")),
        (_("Opt-outs that are turned on again"), "", number(opt_outs) if batch.lifts else _("none")),
        (_("Held back, and sent all the same"), "", number(batch.count("decided"))),
    ]
    decided = {name: value for name, value in batch.counts.items() if name not in {"accepted", "counted"}}
    return Review(lines, facts_of(batch.key, batch.columns, decided, batch.lifts, batch.segment_id, batch.reason))
