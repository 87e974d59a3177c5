"""Macros: an act of several steps that an administrator defined once, for what happens every day."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from sqlalchemy import Index, String, select
from sqlalchemy.orm import Mapped, mapped_column

from app.store.base import Base, Id, Json, Moment

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

LONGEST_NAME = 80


class Macro(Base):
    """What is logged, from which promo list a code is handed out, and into which segment the customer goes."""

    __tablename__ = "macros"
    __table_args__ = (Index("ix_macros_shop", "shop_id", "name"),)

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(16), unique=True, default=lambda: secrets.token_hex(6))
    shop_id: Mapped[int]
    at: Mapped[Moment]
    person: Mapped[str] = mapped_column(String(120))  # who defined it last
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    fields: Mapped[dict[str, Any]] = mapped_column(Json)  # of the communication; its text may have placeholders
    list_id: Mapped[str | None] = mapped_column(String(255))
    list_name: Mapped[str] = mapped_column(String(255), default="", server_default="")
    segment_id: Mapped[str | None] = mapped_column(String(255))


def of_shop(db: Session, shop_id: int) -> list[Macro]:
    return list(db.scalars(select(Macro).where(Macro.shop_id == shop_id).order_by(Macro.name, Macro.id)))
