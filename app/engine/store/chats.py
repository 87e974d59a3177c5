"""Logs of conversations held on other platforms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from app.engine.store.base import Base, Json, OfShop
from app.engine.store.db import Db


class Chat(OfShop, Base):
    """A conversation, as its platform gave it."""

    __tablename__ = "chats"
    __table_args__ = (UniqueConstraint("shop_id", "platform", "code"), Index(None, "customer_id", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"))
    platform: Mapped[str] = mapped_column(String(64))
    code: Mapped[str] = mapped_column(String(255))
    at: Mapped[datetime]
    data: Mapped[dict[str, Any]] = mapped_column(Json)


def chat_of(db: Db, platform: str, code: str) -> Chat | None:
    """Find a conversation by its code."""
    same = Chat.shop_id == db.shop.id, Chat.platform == platform, Chat.code == code
    return db.scalar(select(Chat).where(*same).with_for_update())


def newest(db: Db, number: int, before: int | None) -> Sequence[Chat]:
    """List the shop's conversations, newest first; `before` is the id of the last one of the page before."""
    found = select(Chat).where(Chat.shop_id == db.shop.id)
    found = found.where(Chat.id < before) if before else found
    return db.scalars(found.order_by(Chat.id.desc()).limit(number)).all()
