"""Events that were sent to try them: a run is some events of one private device, with what REES46 said of it between.

A step points at the act that sends it before it is sent, so that nothing is sent twice after a crash.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Select, String, Text, UniqueConstraint, delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from app.store.acts import Act
from app.store.base import Base, Id, Json, Moment
from app.store.paging import ALWAYS, Between, within
from app.store.sweeping import delete_some

MOST_EVENTS = 200  # custom events of a shop
BLOCK = "block "  # before the code of a block, among the names of the parts of a snapshot
Snapshot = dict[str, Any]


class EventRun(Base):
    """Who tried what with which device; `before` is what REES46 said of it at first."""

    __tablename__ = "event_runs"
    __table_args__ = (
        Index("ix_event_runs_shop", "shop_id", "id"),
        Index("ix_event_runs_person", "shop_id", "person_id", "id"),
        Index("ix_event_runs_at", "at"),
    )

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(16), unique=True, default=lambda: secrets.token_hex(6))
    shop_id: Mapped[int]
    at: Mapped[Moment]
    person_id: Mapped[int]
    person: Mapped[str] = mapped_column(String(120))  # the name at that time
    title: Mapped[str] = mapped_column(String(200))
    did: Mapped[str] = mapped_column(String(64))
    seance: Mapped[str] = mapped_column(String(64))
    letter: Mapped[str | None] = mapped_column(String(1))  # of the A/B test
    stream: Mapped[str | None] = mapped_column(String(16))
    reason: Mapped[str | None] = mapped_column(Text)
    before: Mapped[Snapshot] = mapped_column(Json, default=dict)
    block: Mapped[dict[str, Any]] = mapped_column(Json, default=dict, server_default="{}")  # that the test bench asks
    once: Mapped[str] = mapped_column(String(64), unique=True)
    steps: Mapped[list[EventStep]] = relationship(order_by="EventStep.place", lazy="selectin")


class EventStep(Base):
    """One event of a run: its kind, what it says, and what REES46 said of the device behind it."""

    __tablename__ = "event_steps"
    __table_args__ = (Index("ix_event_steps_run", "run_id", "place"), Index("ix_event_steps_act", "act_id"))

    id: Mapped[Id]
    run_id: Mapped[int] = mapped_column(ForeignKey("event_runs.id", ondelete="CASCADE"))
    place: Mapped[int]
    event: Mapped[str] = mapped_column(String(32))
    said: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    after: Mapped[Snapshot] = mapped_column(Json, default=dict)
    act_id: Mapped[int | None] = mapped_column(ForeignKey("acts.id"))
    act: Mapped[Act | None] = relationship(lazy="joined")

    @property
    def outcome(self) -> str:
        return self.act.outcome if self.act else "waiting"


class CustomEvent(Base):
    """An event of the shop's own, and what it means: REES46 lists none."""

    __tablename__ = "custom_events"
    __table_args__ = (UniqueConstraint("shop_id", "name"),)

    id: Mapped[Id]
    shop_id: Mapped[int]
    name: Mapped[str] = mapped_column(String(255))
    meaning: Mapped[str] = mapped_column(String(500), default="")
    category: Mapped[str] = mapped_column(String(255), default="")
    label: Mapped[str] = mapped_column(String(255), default="")
    tried: Mapped[datetime | None]  # from this desk, the last time


def part_of_block(code: str) -> str:
    """Name the part of a snapshot that holds what a block showed."""
    return f"{BLOCK}{code}"


class Taken(Exception):
    """Somebody else sends this step, or did."""


def add(db: Session, run: EventRun) -> EventRun:
    """Keep a run; the same click a second time finds the first one's."""
    try:
        with db.begin_nested():
            db.add(run)
    except IntegrityError:
        known = db.scalar(select(EventRun).where(EventRun.once == run.once))
        if known is None:
            raise
        return known
    return run


def of_shop(shop_id: int, person_id: int | None = None, between: Between = ALWAYS) -> Select[EventRun]:
    query = select(EventRun).where(EventRun.shop_id == shop_id)
    return within(query if person_id is None else query.where(EventRun.person_id == person_id), EventRun.at, between)


def last_of(db: Session, shop_id: int, person_id: int) -> EventRun | None:
    """The last run of a person, whose device they may go on with."""
    return db.scalar(of_shop(shop_id, person_id).order_by(EventRun.id.desc()).limit(1))


def take(db: Session, step_id: int, act_id: int) -> None:
    """Say which act sends a step; only one can."""
    mine = update(EventStep).where(EventStep.id == step_id, EventStep.act_id.is_(None))
    taken = db.execute(mine.values(act_id=act_id))
    if not taken.rowcount:  # type: ignore[attr-defined]  # an UPDATE's result has it
        raise Taken


def let_go(db: Session, step_id: int) -> None:
    """Let a step be sent again that surely never left."""
    db.execute(update(EventStep).where(EventStep.id == step_id).values(act_id=None))


def custom_events(db: Session, shop_id: int) -> list[CustomEvent]:
    query = select(CustomEvent).where(CustomEvent.shop_id == shop_id)
    return list(db.scalars(query.order_by(CustomEvent.name).limit(MOST_EVENTS)))


def custom_event(db: Session, shop_id: int, name: str) -> CustomEvent | None:
    return db.scalar(select(CustomEvent).where(CustomEvent.shop_id == shop_id, CustomEvent.name == name))


def keep_custom(db: Session, shop_id: int, name: str, **said: Any) -> CustomEvent:
    """Write an event of the shop's own down, or what is known of it anew."""
    row = custom_event(db, shop_id, name)
    if row is None:
        row = CustomEvent(shop_id=shop_id, name=name)
        try:
            with db.begin_nested():
                db.add(row)
        except IntegrityError:  # somebody writes the same one down
            row = db.scalars(select(CustomEvent).where(CustomEvent.shop_id == shop_id, CustomEvent.name == name)).one()
    for field, value in said.items():
        setattr(row, field, value)
    return row


def count_custom(db: Session, shop_id: int) -> int:
    return db.scalar(select(func.count()).select_from(CustomEvent).where(CustomEvent.shop_id == shop_id)) or 0


def drop_custom(db: Session, shop_id: int, name: str) -> None:
    db.execute(delete(CustomEvent).where(CustomEvent.shop_id == shop_id, CustomEvent.name == name))


def forget_old(db: Session, before: datetime) -> bool:
    """Let go of some runs of long ago; True when there may be more."""
    return delete_some(db, EventRun, EventRun.at < before)
