"""Lists that somebody pasted to look many customers up: what became of each line, kept for a day under a key."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Index, Row, String, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store.base import Base, Id, Json, Moment, now

KEPT = timedelta(days=1)


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
    """Keep a list for a day; those whose day is over go."""
    db.execute(delete(Lookup).where(Lookup.expires < now()))
    lookup = Lookup(shop_id=shop_id, person_id=person_id, many=len(lines), lines=lines)
    db.add(lookup)
    db.flush()
    return lookup


def latest(db: Session, shop_id: int, person_id: int, limit: int = 5) -> list[Row[tuple[str, datetime, int]]]:
    """List the key, the moment and the length of somebody's own lists that are still kept."""
    mine = (Lookup.shop_id == shop_id, Lookup.person_id == person_id, Lookup.expires >= now())
    query = select(Lookup.key, Lookup.at, Lookup.many).where(*mine)
    return list(db.execute(query.order_by(Lookup.id.desc()).limit(limit)))
