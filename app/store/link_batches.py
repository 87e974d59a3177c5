"""URLs on their way to becoming short links: looked through first, then made."""

from __future__ import annotations

import secrets
from typing import Any

from sqlalchemy import Index, String, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store.base import Base, Id, Json, Moment


class LinkBatch(Base):
    """URLs that were brought together. `rows` keeps what was asked for each, and what was decided."""

    __tablename__ = "link_batches"
    __table_args__ = (Index("ix_link_batches_shop", "shop_id", "id"),)

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(16), unique=True, default=lambda: secrets.token_hex(6))
    shop_id: Mapped[int]
    at: Mapped[Moment]
    person: Mapped[str] = mapped_column(String(120))
    state: Mapped[str] = mapped_column(String(8), default="draft")  # draft, begun
    rows: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    once: Mapped[str] = mapped_column(String(64), unique=True)
    file_id: Mapped[int | None]  # of brought_files, while it is there
    reading: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)  # how the file was read, and what stayed unread


def keep(db: Session, batch: LinkBatch) -> LinkBatch:
    """Keep a batch; the same click a second time finds the first one's."""
    try:
        with db.begin_nested():
            db.add(batch)
    except IntegrityError:
        known = db.scalar(select(LinkBatch).where(LinkBatch.once == batch.once))
        if known is None:
            raise
        return known
    return batch


def replace_rows(db: Session, batch_id: int, rows: list[dict[str, Any]], reading: dict[str, Any]) -> None:
    """Put what was read in another way in the place of what was read at first, unless links are made of it already."""
    batch = db.get_one(LinkBatch, batch_id, with_for_update=True)
    if batch.state == "draft":
        batch.rows, batch.reading = rows, reading


def begin(db: Session, batch_id: int, rows: list[dict[str, Any]]) -> bool:
    """Note what was decided; False when somebody else has begun."""
    batch = db.get_one(LinkBatch, batch_id, with_for_update=True)
    if batch.state != "draft":
        return False
    batch.state, batch.rows = "begun", rows
    return True
