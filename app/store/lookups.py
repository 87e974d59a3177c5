"""Lists that somebody pasted to look many customers up: what became of each line, kept for a day under a key."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Index, Row, String, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store import schedules
from app.store.base import Base, Id, Json, Moment, now
from app.store.sweeping import delete_some

KEPT = timedelta(days=1)
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
    many: Mapped[int]
    lines: Mapped[list[dict[str, Any]]] = mapped_column(Json)


def keep(db: Session, shop_id: int, person_id: int, lines: list[dict[str, Any]]) -> Lookup:
    """Keep a list for a while."""
    expires = now() + schedules.kept_for(db, SWEEPER, KEPT)
    lookup = Lookup(shop_id=shop_id, person_id=person_id, many=len(lines), lines=lines, expires=expires)
    db.add(lookup)
    db.flush()
    return lookup


def forget_old(db: Session, before: datetime) -> bool:
    """Let go of some that are over; True when there may be more."""
    return delete_some(db, Lookup, or_(Lookup.expires < now(), Lookup.at < before))


def latest(db: Session, shop_id: int, person_id: int, limit: int = 5) -> list[Row[tuple[str, datetime, int]]]:
    """List the key, the moment and the length of somebody's own lists that are still kept."""
    mine = (Lookup.shop_id == shop_id, Lookup.person_id == person_id, Lookup.expires >= now())
    query = select(Lookup.key, Lookup.at, Lookup.many).where(*mine)
    return list(db.execute(query.order_by(Lookup.id.desc()).limit(limit)))
