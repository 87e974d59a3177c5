"""Jobs: work that was accepted and is done in the background. What is kept here survives any end of the process.

A job is cut into parts. The worker does a part and crosses it off in one transaction, so that a part is done once
however often the worker is killed, and needs no claim that could be left behind.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ForeignKey, Index, String, bindparam, delete, func, insert, or_, select
from sqlalchemy.orm import Mapped, contains_eager, mapped_column, relationship

from app.config import Settings
from app.engine.store.base import Base, Json, OfShop
from app.engine.store.batches import batches
from app.engine.store.db import Db
from app.engine.store.request_files import RequestFile, elements_of, folder, is_elsewhere, opened
from app.engine.store.shops import Shop

WAITING, DONE = "waiting", "done"
MOST_REMARKS = 1000  # of one job; the counts go on
KEPT = timedelta(days=90)  # how long a report can be read
GIVEN_UP = timedelta(days=7)  # how long a job waits for the host with its request file


class Job(OfShop, Base):
    """An import, and how far it got. Jobs of one shop are done in the order of their ids."""

    __tablename__ = "jobs"
    __table_args__ = (Index(None, "state", "shop_id", "id"), Index(None, "shop_id", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(32))
    state: Mapped[str] = mapped_column(String(8), default=WAITING)
    about: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)  # what the call said besides its rows
    request_file: Mapped[str | None] = mapped_column("spool", String(64), index=True)  # the file with its many rows
    total: Mapped[int]
    done: Mapped[int] = mapped_column(default=0)
    skipped: Mapped[int] = mapped_column(default=0)
    accepted: Mapped[datetime]
    started: Mapped[datetime | None]
    finished: Mapped[datetime | None]


class JobPart(OfShop, Base):
    """Rows of a job that are still to be done, so many from the first on; one of none brings the job to its end."""

    __tablename__ = "job_parts"
    __table_args__ = (Index(None, "job_id", "first"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    job_id: Mapped[int] = mapped_column(ForeignKey("jobs.id", ondelete="CASCADE"))
    first: Mapped[int]  # place of its first row in the call, from 1
    count: Mapped[int]
    rows: Mapped[list[Any]] = mapped_column(Json, default=list)  # empty where the job has a request file
    job: Mapped[Job] = relationship(lazy="joined")

    @property
    def is_last(self) -> bool:
        """Parts are done in their order; of a filed job the last one has no rows."""
        return self.count == 0 if self.job.request_file else self.first + self.count > self.job.total


class JobRemark(OfShop, Base):
    """What there is to say of a job, or of one row of it. The row's values are not repeated."""

    __tablename__ = "job_remarks"
    __table_args__ = (Index(None, "job_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    job_id: Mapped[int] = mapped_column(ForeignKey("jobs.id", ondelete="CASCADE"))
    row: Mapped[int | None]  # place in the call, from 1; none: about the whole job
    words: Mapped[str] = mapped_column(String(500))


# Asked for each part, and so written once.
OLDEST = select(func.min(Job.id)).where(Job.state == WAITING).group_by(Job.shop_id)
FIRST = select(func.min(JobPart.first)).where(JobPart.job_id == Job.id).correlate(Job).scalar_subquery()
NEXT = (
    select(JobPart)
    .join(JobPart.job)
    .options(contains_eager(JobPart.job))
    .where(Job.id.in_(OLDEST), JobPart.first == FIRST)
    .order_by(Job.id)
)
MINE = select(Job).where(Job.id == bindparam("job"), Job.state == WAITING).with_for_update(skip_locked=True)
STILL = select(JobPart.id).where(JobPart.id == bindparam("part"))
GONE = delete(JobPart).where(JobPart.id == bindparam("part")).execution_options(synchronize_session=False)


def accept(db: Db, kind: str, rows: Sequence[Any], about: Mapping[str, Any], *, at_once: int) -> Job:
    """Write down work to be done, so many rows in a transaction; with the commit of this one it is certain to be."""
    job = _job(db, kind, about, len(rows))
    part = {"shop_id": db.shop.id, "job_id": job.id}
    starts = range(1, len(rows) + 1, at_once)
    parts = [
        part | {"first": first, "count": len(some), "rows": some}
        for first, some in zip(starts, batches(rows, at_once), strict=True)
    ]
    db.execute(insert(JobPart), parts)
    return job


def accept_file(
    db: Db, kind: str, request_file: RequestFile, name: str, about: Mapping[str, Any], *, at_once: int
) -> Job:
    """Accept work whose rows are the list `name` of a request file; a last part, without rows, ends it."""
    total = len(elements_of(request_file.path, name))
    job = _job(db, kind, {**about, "list": name}, total)
    job.request_file = request_file.keep()
    part = {"shop_id": db.shop.id, "job_id": job.id, "rows": []}
    starts = range(1, total + 1, at_once)
    parts = [part | {"first": first, "count": min(at_once, total + 1 - first)} for first in starts]
    db.execute(insert(JobPart), [*parts, part | {"first": total + 1, "count": 0}])
    return job


def _job(db: Db, kind: str, about: Mapping[str, Any], total: int) -> Job:
    db.execute(select(Shop.id).where(Shop.id == db.shop.id).with_for_update(key_share=True))  # ids in order of commits
    job = Job(shop_id=db.shop.id, kind=kind, about=dict(about), total=total, accepted=db.now)
    db.add(job)
    db.flush()
    return job


def rows_of(settings: Settings, part: JobPart) -> Sequence[Any]:
    """Give the rows of a part, those of a request file as the bytes that stand in it."""
    if part.job.request_file is None:
        return part.rows
    rows = opened(folder(settings) / part.job.request_file, part.job.about["list"])
    return rows[part.first - 1 : part.first - 1 + part.count]


def next_parts(db: Db) -> Sequence[JobPart]:
    """Give the next part of each shop's oldest unfinished job."""
    return db.scalars(NEXT).all()


def waits_for_a_host(settings: Settings, job: Job, at: datetime) -> bool:
    """Tell whether another host than this one has to do a job, since the job's request file lies there."""
    if job.state == DONE or job.request_file is None or at - job.accepted > GIVEN_UP:
        return False
    return is_elsewhere(settings, job.request_file)


def take(db: Db, part: JobPart) -> Job | None:
    """Keep other workers off a job until the end of the transaction; none if the part is done or in other hands."""
    job = db.scalar(MINE, {"job": part.job_id})
    return job if job and db.scalar(STILL, {"part": part.id}) else None


def cross_off(db: Db, job: Job, part: JobPart, skipped: int, remarks: Sequence[tuple[int | None, str]]) -> None:
    """Write down that a part is done, and what there is to say of it."""
    db.execute(GONE, {"part": part.id})
    job.started = job.started or db.now
    job.done += part.count - skipped
    job.skipped += skipped
    if remarks:
        _say(db, job, remarks)
    if part.is_last:
        job.state, job.finished = DONE, db.now


def _say(db: Db, job: Job, remarks: Sequence[tuple[int | None, str]]) -> None:
    room = MOST_REMARKS - (db.scalar(select(func.count()).where(JobRemark.job_id == job.id)) or 0)
    rows = [{"shop_id": job.shop_id, "job_id": job.id, "row": row, "words": words} for row, words in remarks]
    if new := _about_the_whole_job_once(db, job, rows)[: max(0, room)]:
        db.execute(insert(JobRemark), new)


def _about_the_whole_job_once(db: Db, job: Job, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave out what an earlier part has said of the whole job already."""
    if all(row["row"] for row in rows):
        return rows
    said = set(db.scalars(select(JobRemark.words).where(JobRemark.job_id == job.id, JobRemark.row.is_(None))))
    return [row for row in rows if row["row"] or row["words"] not in said]


def last_jobs(db: Db, number: int, before: int | None = None) -> Sequence[Job]:
    """List the shop's jobs, newest first; `before` is the id of the last one of the page before."""
    mine = select(Job).where(Job.shop_id == db.shop.id)
    mine = mine.where(Job.id < before) if before else mine
    return db.scalars(mine.order_by(Job.id.desc()).limit(number)).all()


def failed_jobs(db: Db, number: int, before: int | None = None) -> Sequence[Job]:
    """List the shop's jobs that left out rows or more, newest first; `before` is the id of the last one seen."""
    of_all = select(JobRemark.id).where(JobRemark.job_id == Job.id, JobRemark.row.is_(None)).exists()
    mine = select(Job).where(Job.shop_id == db.shop.id, or_(Job.skipped > 0, of_all), Job.state == DONE)
    mine = mine.where(Job.id < before) if before else mine
    return db.scalars(mine.order_by(Job.id.desc()).limit(number)).all()


def remarks_of(db: Db, job: int, number: int = MOST_REMARKS) -> Sequence[JobRemark]:
    """Give what there is to say of a job, in the order of its rows."""
    mine = select(JobRemark).where(JobRemark.shop_id == db.shop.id, JobRemark.job_id == job)
    return db.scalars(mine.order_by(JobRemark.id).limit(number)).all()


def forget_old(db: Db, at_most: int = 100) -> None:
    """Delete reports that nobody reads any more."""
    old = select(Job.id).where(Job.state == DONE, Job.finished < db.now - KEPT).order_by(Job.id).limit(at_most)
    db.execute(delete(Job).where(Job.id.in_(db.scalars(old).all())))


def request_files_in_use(db: Db) -> list[str]:
    """Name the request files that are still to be worked off."""
    return list(db.scalars(select(Job.request_file).where(Job.state == WAITING, Job.request_file.is_not(None))))
