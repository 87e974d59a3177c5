"""How an import of the catalogue ended, for whoever asked to be told."""

from __future__ import annotations

from app.engine.store.db import Db
from app.engine.store.jobs import Job
from app.engine.working import Remark


def ended(db: Db, job: Job) -> list[Remark]:
    """Note what is to be told; nothing more is to be said of the job itself."""
    return []
