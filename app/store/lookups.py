"""Lists that somebody pasted to look many customers up: what became of each line, kept for a day under a key.

A list stands in parts of at most 500 lines, each with its lines as typed until REES46 was asked about them.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, Index, Row, String, UniqueConstraint, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store import schedules
from app.store.base import Base, Id, Json, Moment, now
from app.store.sweeping import delete_some

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

KEPT = timedelta(days=1)
PART = 500  # lines that are asked about together
SWEEPER = "lookups.forget"  # the schedule that lets go of them


class Lookup(Base):
    """A pasted list and its answers. It holds personal data, therefore it is not kept for long."""

    __tablename__ = "lookups"
    __table_args__ = (Index("ix_lookups_shop", "shop_id", "person_id", "id"),)

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(32), unique=True, default=lambda: secrets.token_hex(12))
    shop_id: Mapped[int]
    person_id: Mapped[int]
    at: Mapped[Moment]
    expires: Mapped[datetime] = mapped_column(index=True, default=lambda: now() + KEPT)
    many: Mapped[int]  # lines


class LookupPart(Base):
    """Some lines of a list: `typed` until they were looked up, then `lines` with what became of each."""

    __tablename__ = "lookup_parts"
    __table_args__ = (UniqueConstraint("lookup_id", "first"),)

    id: Mapped[Id]
    lookup_id: Mapped[int] = mapped_column(ForeignKey("lookups.id", ondelete="CASCADE"))
    first: Mapped[int]  # the number of its first line, counted from 1
    typed: Mapped[list[str]] = mapped_column(Json)
    lines: Mapped[list[dict[str, Any]] | None] = mapped_column(Json)


def keep(db: Session, shop_id: int, person_id: int, lines: list[dict[str, Any]]) -> Lookup:
    """Keep a list that was looked up at once."""
    lookup = _add(db, shop_id, person_id, len(lines))
    db.add(LookupPart(lookup_id=lookup.id, first=1, typed=[], lines=lines))
    return lookup


def keep_typed(db: Session, shop_id: int, person_id: int, typed: Sequence[str]) -> Lookup:
    """Keep a list that is looked up part by part."""
    lookup = _add(db, shop_id, person_id, len(typed))
    for start in range(0, len(typed), PART):
        db.add(LookupPart(lookup_id=lookup.id, first=start + 1, typed=list(typed[start : start + PART])))
    return lookup


def _add(db: Session, shop_id: int, person_id: int, many: int) -> Lookup:
    expires = now() + schedules.kept_for(db, SWEEPER, KEPT)
    lookup = Lookup(shop_id=shop_id, person_id=person_id, many=many, expires=expires)
    db.add(lookup)
    db.flush()
    return lookup


def next_part(db: Session, lookup_id: int) -> LookupPart | None:
    """Find the first part that was not looked up."""
    waiting = select(LookupPart).where(LookupPart.lookup_id == lookup_id, LookupPart.lines.is_(None))
    return db.scalar(waiting.order_by(LookupPart.first).limit(1))


def answer(db: Session, part_id: int, lines: list[dict[str, Any]]) -> None:
    """Keep what became of the lines of a part."""
    part = db.get_one(LookupPart, part_id)
    part.typed, part.lines = [], lines


def lines_of(db: Session, lookup_id: int) -> Iterator[dict[str, Any]]:
    """Give every line that was looked up, in order, without holding more than a part at once."""
    answered = (LookupPart.lookup_id == lookup_id, LookupPart.lines.is_not(None))
    firsts = list(db.scalars(select(LookupPart.id).where(*answered).order_by(LookupPart.first)))
    for part_id in firsts:
        yield from db.scalar(select(LookupPart.lines).where(LookupPart.id == part_id)) or []


def forget_old(db: Session, before: datetime) -> bool:
    """Let go of some that are over; True when there may be more."""
    return delete_some(db, Lookup, or_(Lookup.expires < now(), Lookup.at < before))


def latest(db: Session, shop_id: int, person_id: int, limit: int = 5) -> list[Row[tuple[str, datetime, int]]]:
    """List the key, the moment and the length of somebody's own lists that are still kept."""
    mine = (Lookup.shop_id == shop_id, Lookup.person_id == person_id, Lookup.expires >= now())
    query = select(Lookup.key, Lookup.at, Lookup.many).where(*mine)
    return list(db.execute(query.order_by(Lookup.id.desc()).limit(limit)))
