"""Outcomes of imports that are still to be told to the address the shop gave, and those that were."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from sqlalchemy import ForeignKey, Index, String, Text, select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Mapped, mapped_column

from app.engine.store.base import Base, OfShop
from app.engine.store.db import Db

WAITING, TOLD, GIVEN_UP = "waiting", "told", "given up"
PAUSES = (10, 30, 120, 600, 1800, 3600, 7200, 14400, 28800, 28800)  # seconds after each failure: a day in all
LEASE = timedelta(minutes=2)  # after which an attempt whose process was killed is made again


class Webhook(OfShop, Base):
    """What is to be posted where. One a job, so a result is told once."""

    __tablename__ = "webhooks"
    __table_args__ = (Index(None, "state", "due"), Index(None, "shop_id", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    job_id: Mapped[int] = mapped_column(ForeignKey("jobs.id", ondelete="CASCADE"), unique=True)
    url: Mapped[str] = mapped_column(String(2000))
    host: Mapped[str] = mapped_column(String(300))  # of one receiver one thing at a time is asked
    body: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(8), default=WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    due: Mapped[datetime]
    created: Mapped[datetime]
    last_words: Mapped[str | None] = mapped_column(String(200))  # how the last attempt went


def keep(db: Db, job: int, url: str, body: str) -> None:
    """Write down what is to be told."""
    host = (urlsplit(url).hostname or "")[:300]
    db.add(Webhook(shop_id=db.shop.id, job_id=job, url=url, host=host, body=body, due=db.now, created=db.now))


def is_any_due(db: Db, busy: Collection[str]) -> bool:
    """Look whether there is anything to take, without a lock on anything."""
    due = select(Webhook.id).where(Webhook.state == WAITING, Webhook.due <= db.now, Webhook.host.not_in(busy))
    return db.scalar(due.limit(1)) is not None


def claim_due(db: Db, busy: Collection[str], number: int) -> list[Webhook]:
    """Take webhooks whose time has come, one a receiver; nobody else takes them until the lease is over."""
    now = db.now
    due = select(Webhook).where(Webhook.state == WAITING, Webhook.due <= now, Webhook.host.not_in(busy))
    mine: dict[str, Webhook] = {}
    for webhook in db.scalars(due.order_by(Webhook.due, Webhook.id).limit(number * 10)):
        if webhook.host in mine or len(mine) >= number:
            continue
        unclaimed = update(Webhook).where(Webhook.id == webhook.id, Webhook.due == webhook.due)
        taken = db.execute(unclaimed.values(due=now + LEASE, attempts=Webhook.attempts + 1))
        if isinstance(taken, CursorResult) and taken.rowcount:
            mine[webhook.host] = webhook
    return list(mine.values())


def note(db: Db, number: int, *, is_told: bool, words: str) -> None:
    """Write down how an attempt went, and when to make the next."""
    webhook = db.get(Webhook, number)
    if webhook is None or webhook.state != WAITING:
        return
    webhook.last_words = words[:200]
    if is_told:
        webhook.state = TOLD
    elif webhook.attempts > len(PAUSES):
        webhook.state = GIVEN_UP
    else:
        webhook.due = db.now + timedelta(seconds=PAUSES[webhook.attempts - 1])


def webhooks_of(db: Db, jobs: Sequence[int]) -> dict[int, Webhook]:
    """Find the webhooks of some jobs."""
    return {webhook.job_id: webhook for webhook in db.scalars(select(Webhook).where(Webhook.job_id.in_(jobs)))}
