"""Doing one part of a job: rows are checked one by one, and done together; a row that fails stops no other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import structlog
from sqlalchemy.exc import OperationalError

from app.engine.store.db import Db
from app.engine.store.jobs import Job, JobPart
from app.engine.working import KINDS, Remark, Row, Unfit

UNKNOWN = "This version cannot do such a job"
FAILED = "We had a problem with this row; it was left out"

log = structlog.get_logger("app.engine.worker")


def checked(part: JobPart) -> tuple[list[Row[Any]], list[Remark]]:
    """Sort the rows that can be done from those that cannot, and say why not."""
    check = KINDS[part.job.kind].check if part.job.kind in KINDS else _unknown
    good: list[Row[Any]] = []
    skipped: list[Remark] = []
    for place, raw in enumerate(part.rows, part.first):
        try:
            good.append(Row(place, check(raw)))
        except Unfit as unfit:
            skipped.append(Remark(place, str(unfit), is_skipped=True))
    return good, skipped


def _unknown(_row: Any) -> Any:
    raise Unfit(UNKNOWN)


def done(db: Db, job: Job, rows: Sequence[Row[Any]]) -> list[Remark]:
    """Do the rows together or, where that fails, one by one."""
    if not rows:
        return []
    remarks = _tried(db, job, rows)
    if remarks is not None:
        return remarks
    return [remark for row in rows for remark in _alone(db, job, row)]


def _alone(db: Db, job: Job, row: Row[Any]) -> list[Remark]:
    remarks = _tried(db, job, [row])
    return [Remark(row.place, FAILED, is_skipped=True)] if remarks is None else remarks


def _tried(db: Db, job: Job, rows: Sequence[Row[Any]]) -> list[Remark] | None:
    """Do the rows, or nothing of them: then none is given."""
    try:
        with db.begin_nested():
            return KINDS[job.kind].do(db, job.about, rows)
    except OperationalError:
        raise  # the database is busy or away: the whole part comes again
    except Exception as error:  # noqa: BLE001  # nothing that is wrong with a row may stop the shop's later jobs
        # A traceback would show what the rows hold.
        log.error("rows of a job failed", job=job.id, rows=len(rows), kind=type(error).__name__)  # noqa: TRY400
        return None
