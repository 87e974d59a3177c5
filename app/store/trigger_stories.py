"""Stories of the trigger bench: somebody waits for a product, it changes, they are told or not, step by step.

A step points at the act that does it before it is sent, so that nothing is sent twice after a crash. What is expected
and what was seen are kept as data; pages have the words.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from app.store.acts import Act
from app.store.base import Base, Id, Json, Moment, now
from app.store.sweeping import delete_some

State = Literal["waiting", "looking", "ended"]
Verdict = Literal["right", "wrong", "lost", "skipped"]  # lost: REES46 does not tell
RESTORE = "restore"


class TriggerStory(Base):
    """Who tries which trigger of which product, as which customer, and what the product was before."""

    __tablename__ = "trigger_stories"
    __table_args__ = (Index("ix_trigger_stories_shop", "shop_id", "id"), Index("ix_trigger_stories_at", "at"))

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(16), unique=True, default=lambda: secrets.token_hex(6))
    shop_id: Mapped[int]
    at: Mapped[Moment]
    person: Mapped[str] = mapped_column(String(120))  # the name at that time
    customer_id: Mapped[int]  # of the customers that the desk knows
    name: Mapped[str] = mapped_column(String(80))  # of the persona; empty: a customer who was made for it
    kind: Mapped[str] = mapped_column(String(8))  # price or stock
    plot: Mapped[str] = mapped_column(String(16))
    item_id: Mapped[str] = mapped_column(String(255))
    item: Mapped[dict[str, Any]] = mapped_column(Json)  # the product before, as an import says it
    before: Mapped[dict[str, Any]] = mapped_column(Json)  # whether they waited, codes of the messages they had
    reason: Mapped[str | None] = mapped_column(Text)
    once: Mapped[str] = mapped_column(String(64), unique=True)
    until: Mapped[int] = mapped_column(default=-1)  # the last step that somebody has asked for
    steps: Mapped[list[TriggerStep]] = relationship(order_by="TriggerStep.place", lazy="selectin")

    def step(self, name: str) -> TriggerStep | None:
        return next((step for step in self.steps if step.name == name), None)


class TriggerStep(Base):
    """One step: what is expected of it, what was seen, and whether that is the same."""

    __tablename__ = "trigger_steps"
    __table_args__ = (UniqueConstraint("story_id", "place"), Index("ix_trigger_steps_act", "act_id"))

    id: Mapped[Id]
    story_id: Mapped[int] = mapped_column(ForeignKey("trigger_stories.id", ondelete="CASCADE"))
    place: Mapped[int]
    name: Mapped[str] = mapped_column(String(16))
    state: Mapped[State] = mapped_column(String(8), default="waiting")
    expected: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    seen: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    verdict: Mapped[Verdict | None] = mapped_column(String(8))
    act_id: Mapped[int | None] = mapped_column(ForeignKey("acts.id"))
    act: Mapped[Act | None] = relationship(lazy="joined")
    looked: Mapped[datetime | None]  # since when its outcome is looked for
    ended: Mapped[datetime | None]


class Taken(Exception):
    """Somebody else does this step, or did."""


def add(db: Session, story: TriggerStory) -> TriggerStory:
    """Keep a story; the same click a second time finds the first one's."""
    try:
        with db.begin_nested():
            db.add(story)
    except IntegrityError:
        known = db.scalar(select(TriggerStory).where(TriggerStory.once == story.once))
        if known is None:
            raise
        return known
    return story


def newest(db: Session, shop_id: int, limit: int) -> list[TriggerStory]:
    """List the stories of a shop, newest first."""
    query = select(TriggerStory).where(TriggerStory.shop_id == shop_id)
    return list(db.scalars(query.order_by(TriggerStory.id.desc()).limit(limit)))


def take(db: Session, step_id: int, act_id: int) -> None:
    """Say which act does a step; only one can."""
    mine = update(TriggerStep).where(TriggerStep.id == step_id, TriggerStep.act_id.is_(None))
    taken = db.execute(mine.values(act_id=act_id))
    if not taken.rowcount:  # type: ignore[attr-defined]  # an UPDATE's result has it
        raise Taken


def let_go(db: Session, step_id: int) -> None:
    """Let a step be done again that surely never left."""
    db.execute(update(TriggerStep).where(TriggerStep.id == step_id).values(act_id=None))


def ask_for(db: Session, story_id: int, place: int, *, skips: bool) -> None:
    """Note up to which step a story is to go; one that skips leaves out what was not brought to an end before it."""
    story = db.get_one(TriggerStory, story_id, with_for_update=True)
    story.until = max(story.until, place)
    for step in story.steps:
        if skips and step.place < place and step.state != "ended":
            step.state, step.verdict, step.ended = "ended", "skipped", now()


def forget_old(db: Session, before: datetime) -> bool:
    """Let go of some stories of long ago; True when there may be more."""
    return delete_some(db, TriggerStory, TriggerStory.at < before)
