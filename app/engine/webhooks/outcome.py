"""How an import of the catalogue ended, for whoever asked to be told."""

from __future__ import annotations

from app.engine.jobs.registry import Remark
from app.engine.store.db import Db
from app.engine.store.jobs import Job, remarks_of
from app.engine.store.webhooks import keep
from app.rees46.webhooks import Outcome

NAMED = 3  # rows that the message names; the report has them all


def ended(db: Db, job: Job) -> list[Remark]:
    """Note what is to be told; nothing more is to be said of the job itself."""
    if url := job.about.get("webhook"):
        keep(db, job.id, url, _outcome(db, job).model_dump_json(exclude_none=True))
    return []


def _outcome(db: Db, job: Job) -> Outcome:
    if not job.skipped:
        return Outcome(status="success")
    rows = [f"Row {remark.row}: {remark.words}." for remark in remarks_of(db, job.id, NAMED) if remark.row]
    return Outcome(status="error", message=" ".join([f"{job.skipped} of {job.total} were left out.", *rows]))
