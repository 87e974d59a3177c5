"""URLs on their way to becoming short links: looked through first, then made."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Index, Select, String, delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, defer, mapped_column

from app.store.base import Base, Id, Json, Moment
from app.store.short_links import ShortLink


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


def of_shop(shop_id: int) -> Select[LinkBatch]:
    """The batches of a shop, without what was asked for each URL: a page of them would weigh megabytes."""
    query: Select[LinkBatch] = select(LinkBatch).where(LinkBatch.shop_id == shop_id)
    return query.options(defer(LinkBatch.rows), defer(LinkBatch.reading))


def shorts_of(db: Session, batch_id: int) -> list[str]:
    """All short links of a batch, in its order."""
    short = select(ShortLink.short).where(ShortLink.batch_id == batch_id, ShortLink.short.is_not(None))
    return [text for text in db.scalars(short.order_by(ShortLink.id)) if text]


def made_of(db: Session, batch_ids: Sequence[int]) -> dict[int, int]:
    """How many links of each batch were made."""
    query = select(ShortLink.batch_id, func.count()).where(
        ShortLink.batch_id.in_(batch_ids), ShortLink.short.is_not(None)
    )
    return {row[0]: row[1] for row in db.execute(query.group_by(ShortLink.batch_id))}


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


def forget_waiting(db: Session, batch_id: int) -> None:
    """Let go of links of which none was made."""
    db.execute(delete(ShortLink).where(ShortLink.batch_id == batch_id, ShortLink.act_id.is_(None)))
