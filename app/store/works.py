"""Long work that goes on by itself: what is to be done, who is at it, and how far it is.

    awaiting ──► held: a second person approved it (see store/approvals.py)
    held ──► waiting ──► running ──► done
      │         ▲          ├──► paused      somebody wished it
      │         │          ├──► stopped     it cannot go on until somebody looks: `trouble` says why
      ▼         └──────────┴──► cancelled   somebody wished it; what was done stays
    undone    taken back in its undo window, before anything went out (see store/outbox.py)

Whoever works on it holds a lease and a fence: a worker that was asleep and wakes after another took over finds that
the fence has moved on, and lets go. What a part did stands in the ledger of its kind (links, codes, rows), never here.
Work that people begin is one act of the trail (`act_id`), which ends with it.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Literal, cast

from sqlalchemy import ColumnElement, CursorResult, Index, Select, String, case, func, or_, select, text, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store import acts
from app.store.base import Base, Id, Moment, now

State = Literal["awaiting", "held", "undone", "waiting", "running", "paused", "stopped", "cancelled", "done"]
Wish = Literal["", "pause", "cancel"]
AT_WORK = ("held", "waiting", "running")
RESTING = ("paused", "stopped", "cancelled")
LEASE = timedelta(seconds=15)
CHANNEL = "desk46_work"  # by which PostgreSQL tells of new work


class Work(Base):
    """Something that takes many parts. `about` says of which ledger, `done` counts its units (rows, links, codes)."""

    __tablename__ = "works"
    __table_args__ = (
        Index("ix_works_next", "state", "due"),
        Index("ix_works_shop", "shop_id", "id"),
        Index("ix_works_state", "shop_id", "state"),
        Index("ix_works_subject", "kind", "subject"),
        Index("ix_works_act", "act_id"),
    )

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(16), unique=True, default=lambda: secrets.token_hex(6))
    shop_id: Mapped[int]
    person_id: Mapped[int]  # in whose name it goes on
    person: Mapped[str] = mapped_column(String(120))  # the name at that time
    kind: Mapped[str] = mapped_column(String(32))
    subject: Mapped[str] = mapped_column(String(32))  # the key of the batch that it works on
    title: Mapped[str] = mapped_column(String(200), default="")  # the name of a file or list, if it has one
    act_id: Mapped[int | None]  # its one act in the trail
    at: Mapped[Moment]
    state: Mapped[str] = mapped_column(String(9), default="waiting")
    wish: Mapped[str] = mapped_column(String(6), default="")  # obeyed between two parts
    due: Mapped[Moment]  # not before
    owner: Mapped[str | None] = mapped_column(String(32))
    fence: Mapped[int] = mapped_column(default=0)
    until: Mapped[datetime | None]  # end of the lease
    tries: Mapped[int] = mapped_column(default=0)  # that failed since a part was done
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    left_out: Mapped[int] = mapped_column(default=0)
    trouble: Mapped[str | None] = mapped_column(String(500))
    started: Mapped[datetime | None]  # when it went on last, and how much was done before that
    done_before: Mapped[int] = mapped_column(default=0)
    ended: Mapped[datetime | None]

    @property
    def is_at_work(self) -> bool:
        return self.state in AT_WORK


def add(db: Session, work: Work) -> Work:
    """Queue work, in the transaction that keeps its batch: they are there together or not at all."""
    db.add(work)
    db.flush()
    tell_workers(db)
    return work


def tell_workers(db: Session) -> None:
    """Wake workers as soon as this transaction is through; SQLite's see by themselves that somebody wrote."""
    if db.get_bind().dialect.name == "postgresql":
        db.execute(text(f"NOTIFY {CHANNEL}"))


def seconds_to_next(db: Session) -> float | None:
    """Say in how long something is due, or the lease of what is being done is over; None: there is nothing to do."""
    free = case((Work.until > Work.due, Work.until), else_=Work.due)
    soonest = db.scalar(select(func.min(free)).where(Work.state.in_(AT_WORK)))
    if soonest is None:
        return None
    present = now() if isinstance(_present(db), datetime) else db.scalar(select(_present(db)))
    seconds: float = (soonest - present).total_seconds()
    return seconds


def claim(db: Session, owner: str, work_id: int | None = None) -> Work | None:
    """Take the work that has waited longest, or this one; None when there is nothing to do."""
    query = _free(db)
    if work_id is not None:
        query = query.where(Work.id == work_id)
    work = db.scalar(query.order_by(Work.due, Work.id).limit(1).with_for_update(skip_locked=True))
    if work is None:
        return None
    work.owner, work.fence, work.state = owner, work.fence + 1, "running"
    if work.started is None:
        work.started, work.done_before = now(), work.done
    db.flush()
    db.execute(update(Work).where(Work.id == work.id).values(until=_later(db, LEASE)))
    db.refresh(work)
    return work


def is_any_free(db: Session) -> bool:
    """Look whether there is something to do; it disturbs nobody who writes."""
    return db.scalar(_free(db).limit(1)) is not None


def _free(db: Session) -> Select[Work]:
    present = _present(db)
    is_held = Work.until > present
    return select(Work).where(Work.state.in_(AT_WORK), or_(Work.until.is_(None), ~is_held), Work.due <= present)


def renew(db: Session, work: Work) -> bool:
    """Keep the lease for longer; False when somebody else has taken over."""
    return _mine(db, work, until=_later(db, LEASE))


def is_mine(db: Session, work: Work) -> str | None:
    """Say what people wish for work that this worker holds; None when it holds it no more."""
    query = select(Work.wish).where(*_held_as(db, work))
    return db.scalar(query)


def note(db: Session, work: Work, *, done: int, total: int, left_out: int) -> bool:
    """Write down how far it is; False when somebody else has taken over."""
    return _mine(db, work, done=done, total=total, left_out=left_out, tries=0, trouble=None)


def let_go(db: Session, work: Work, state: State, *, due: datetime | None = None, **more: Any) -> bool:
    """Hold it no more: it waits (`due` says until when), rests or is over."""
    values: dict[str, Any] = {"state": state, "until": None, "owner": None, "wish": "", **more}
    if state not in AT_WORK:
        values["ended"] = now()
    is_let_go = _mine(db, work, due=due or now(), **values)
    if is_let_go:
        _end_act(db, work.act_id, state, done=bool(work.done))
    return is_let_go


def wish(db: Session, work_id: int, wish: Wish) -> bool:
    """Ask for a pause or an end. Where nobody is at it, it is so at once; else after the part that is being done."""
    present = _present(db)
    is_free = or_(Work.until.is_(None), Work.until <= present)
    then = {"pause": "paused", "cancel": "cancelled"}[wish]
    here = update(Work).where(Work.id == work_id, Work.state.in_(("waiting", "running")))
    is_so = _rows(db.execute(here.where(is_free).values(state=then, wish="", until=None, ended=now()))) == 1
    if wish == "cancel" and not is_so:
        resting = update(Work).where(Work.id == work_id, Work.state.in_(("paused", "stopped")))
        is_so = _rows(db.execute(resting.values(state=then, ended=now()))) == 1
    if is_so and (work := db.get(Work, work_id)):
        _end_act(db, work.act_id, then, done=bool(work.done))
    return is_so or _rows(db.execute(here.values(wish=wish))) == 1


def _end_act(db: Session, act_id: int | None, state: str, *, done: bool) -> None:
    """End the one act of work that is over; nothing happened if it was cancelled before its first part."""
    if act_id is None or state not in {"done", "cancelled"}:
        return
    if state == "cancelled" and not done and acts.withdraw(db, act_id):
        return
    acts.end(db, act_id, "done" if done or state == "done" else "failed")


def resume(db: Session, work_id: int, person_id: int, person: str) -> bool:
    """Let it go on, in the name of whoever says so."""
    here = update(Work).where(Work.id == work_id, Work.state.not_in(("awaiting", "held", "undone", "done")))
    state = case((Work.state.in_(RESTING), "waiting"), else_=Work.state)
    started = case((Work.state == "running", Work.started), else_=None)
    values = {"wish": "", "tries": 0, "due": now(), "ended": None, "person_id": person_id, "person": person}
    if not _rows(db.execute(here.values(state=state, started=started, trouble=None, **values))):
        return False
    act_id = db.scalar(select(Work.act_id).where(Work.id == work_id))
    if act_id is not None:
        acts.reopen(db, act_id)
    tell_workers(db)
    return True


def of_subject(db: Session, shop_id: int, kind: str, subject: str) -> Work | None:
    """The work on a batch, the last one if there were several."""
    query = select(Work).where(Work.shop_id == shop_id, Work.kind == kind, Work.subject == subject)
    return db.scalar(query.order_by(Work.id.desc()).limit(1))


def of_shop(shop_id: int, *, states: Sequence[str] = (), person_id: int | None = None) -> Select[Work]:
    query: Select[Work] = select(Work).where(Work.shop_id == shop_id)
    if states:
        query = query.where(Work.state.in_(states))
    return query.where(Work.person_id == person_id) if person_id is not None else query


def open_jobs(db: Session, shop_id: int) -> tuple[int, int]:
    """Count what is at work, and what stands still until somebody looks."""
    query = select(Work.state, func.count()).where(Work.shop_id == shop_id, Work.state.in_((*AT_WORK, *RESTING[:2])))
    counts: dict[str, int] = {row[0]: row[1] for row in db.execute(query.group_by(Work.state))}
    moving = sum(counts.get(state, 0) for state in AT_WORK)
    return moving, sum(counts.values()) - moving


def queue(db: Session) -> dict[str, tuple[int, datetime]]:
    """Count the work of all shops that is not over, by state, with the moment since when the oldest of it is due."""
    open_states = (*AT_WORK, *RESTING[:2])
    query = select(Work.state, func.count(), func.min(Work.due)).where(Work.state.in_(open_states))
    return {row[0]: (row[1], row[2]) for row in db.execute(query.group_by(Work.state))}


def latest(db: Session, shop_id: int, states: Sequence[str], most: int) -> list[Work]:
    return list(db.scalars(of_shop(shop_id, states=states).order_by(Work.id.desc()).limit(most)))


def _held_as(db: Session, work: Work) -> tuple[ColumnElement[bool], ...]:
    return Work.id == work.id, Work.fence == work.fence, Work.until > _present(db)


def _mine(db: Session, work: Work, **values: Any) -> bool:
    return _rows(db.execute(update(Work).where(*_held_as(db, work)).values(**values))) == 1


def _rows(result: Any) -> int:
    return cast("CursorResult[Any]", result).rowcount


def _present(db: Session) -> Any:
    """The moment by which leases are compared: hosts may differ in theirs, so PostgreSQL's own counts."""
    if db.get_bind().dialect.name == "postgresql":
        return func.timezone("UTC", func.clock_timestamp())
    return now()


def _later(db: Session, span: timedelta) -> Any:
    return _present(db) + span
