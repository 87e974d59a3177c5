"""Importing the state of bonus accounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.engine.jobs.parse_elements import owned, reads
from app.engine.jobs.registry import Remark, Row, job
from app.engine.store.bonuses import keep
from app.engine.store.db import Db
from app.rees46.bonuses import Statement


@job("bonuses", check=reads(Statement))
def save(db: Db, _about: Mapping[str, Any], rows: Sequence[Row[Statement]]) -> list[Remark]:
    """Keep the statements of a part."""
    known, purged = owned(db, rows)
    keep(db, [(owner, row.value) for row, owner in known])
    return purged
