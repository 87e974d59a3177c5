"""Jobs: work that was accepted and is done in the background. What is kept here survives any end of the process.

A job is cut into parts. The worker does a part and crosses it off in one transaction, so that a part is done once
however often the worker is killed, and needs no claim that could be left behind.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.engine.store.base import Base, Json, OfShop

WAITING, DONE = "waiting", "done"
PART = 500  # rows that are worked off in one transaction (FACTS F23)


class Job(OfShop, Base):
    """An import, and how far it got. Jobs of one shop are done in the order of their ids."""

    __tablename__ = "jobs"
    __table_args__ = (Index(None, "state", "shop_id", "id"), Index(None, "shop_id", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(32))
    state: Mapped[str] = mapped_column(String(8), default=WAITING)
    about: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)  # what the call said besides its rows
    total: Mapped[int]
    done: Mapped[int] = mapped_column(default=0)
    skipped: Mapped[int] = mapped_column(default=0)
    accepted: Mapped[datetime]
    started: Mapped[datetime | None]
    finished: Mapped[datetime | None]


class JobPart(OfShop, Base):
    """Rows of a job that are still to be done."""

    __tablename__ = "job_parts"
    __table_args__ = (Index(None, "job_id", "first"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    job_id: Mapped[int] = mapped_column(ForeignKey("jobs.id", ondelete="CASCADE"))
    first: Mapped[int]  # place of its first row in the call, from 1
    rows: Mapped[list[Any]] = mapped_column(Json)


class JobRemark(OfShop, Base):
    """What there is to say of a job, or of one row of it. The row's values are not repeated."""

    __tablename__ = "job_remarks"
    __table_args__ = (Index(None, "job_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    job_id: Mapped[int] = mapped_column(ForeignKey("jobs.id", ondelete="CASCADE"))
    row: Mapped[int | None]  # place in the call, from 1; none: about the whole job
    words: Mapped[str] = mapped_column(String(500))
