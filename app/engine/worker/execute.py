"""Executes one part of a job: rows are checked one by one, and done together; a row that fails stops no other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
import structlog
from sqlalchemy.exc import OperationalError

from app.config import Settings
from app.engine.jobs.registry import KINDS, Remark, Row, Unfit
from app.engine.store.db import Db
from app.engine.store.jobs import Job, JobPart, rows_of

UNKNOWN = "This version cannot do such a job"
LOST = "The file that held this row is gone"
UNFINISHED = "We had a problem when all rows were done; what comes after them was left out"
FAILED = "We had a problem with this row; it was left out"

log = structlog.get_logger("app.engine.worker.main")


def checked(settings: Settings, part: JobPart) -> tuple[list[Row[Any]], list[Remark]]:
    """Sort the rows that can be done from those that cannot, and say why not."""
    check = KINDS[part.job.kind].check if part.job.kind in KINDS else _unknown
    good: list[Row[Any]] = []
    skipped: list[Remark] = []
    try:
        rows = rows_of(settings, part)
    except (OSError, KeyError, msgspec.MsgspecError):
        return [], [Remark(place, LOST, is_skipped=True) for place in range(part.first, part.first + part.count)]
    for place, raw in enumerate(rows, part.first):
        try:
            good.append(Row(place, check(raw)))
        except Unfit as unfit:
            skipped.append(Remark(place, str(unfit), is_skipped=True))
        except Exception as error:  # noqa: BLE001  # else one row ends the worker, and again at each new start
            # A traceback would show what the row holds.
            log.error("a row of a job failed", job=part.job_id, row=place, kind=type(error).__name__)  # noqa: TRY400
            skipped.append(Remark(place, FAILED, is_skipped=True))
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
            return KINDS[job.kind].do(db, job.about | {"job": job.id}, rows)
    except OperationalError:
        raise  # the database is busy or away: the whole part comes again
    except Exception as error:  # noqa: BLE001  # nothing that is wrong with a row may stop the shop's later jobs
        # A traceback would show what the rows hold.
        log.error("rows of a job failed", job=job.id, rows=len(rows), kind=type(error).__name__)  # noqa: TRY400
        return None


def closed(db: Db, job: Job) -> list[Remark] | None:
    """Bring a job to its end, or nearer to it: then none is given."""
    close = KINDS[job.kind].close if job.kind in KINDS else None
    if close is None:
        return []
    try:
        with db.begin_nested():
            return close(db, job)
    except OperationalError:
        raise  # as above
    except Exception as error:  # noqa: BLE001  # as above
        log.error("the end of a job failed", job=job.id, kind=type(error).__name__)  # noqa: TRY400
        return [Remark(None, UNFINISHED)]
