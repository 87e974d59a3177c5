"""Blocks of stories, as they were set up; what visitors did with them is among the events."""

from __future__ import annotations

from typing import Any

from sqlalchemy import String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from app.engine.store.base import Base, Json, OfShop
from app.engine.store.db import Db
from app.engine.store.events import Event

SEEN, FOLLOWED = "story_view", "story_click"  # kinds of event: name is the block, label the story, value the slide


class StoryBlock(OfShop, Base):
    """A block that apps name by its code, with its stories in the shape of the contract."""

    __tablename__ = "story_blocks"
    __table_args__ = (UniqueConstraint("shop_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(255))
    settings: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    stories: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)


def block_of(db: Db, code: str) -> StoryBlock | None:
    """Find a block of the shop by its code."""
    return db.scalar(select(StoryBlock).where(StoryBlock.shop_id == db.shop.id, StoryBlock.code == code))


def slides_seen(db: Db, code: str, did: str) -> set[tuple[str, int]]:
    """Tell which slides of a block a device has seen, by story and slide."""
    seen = select(Event.label, Event.value).where(Event.shop_id == db.shop.id, Event.kind == SEEN)
    mine = seen.where(Event.did == did, Event.name == code).distinct()
    return {(story or "", slide or 0) for story, slide in db.execute(mine)}
