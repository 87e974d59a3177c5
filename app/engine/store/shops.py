"""Shops: whose data it is. Every other table of the box hangs on one."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from sqlalchemy import String, false, select
from sqlalchemy.orm import Mapped, mapped_column

from app.engine.store.base import Base

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class Shop(Base):
    """A shop with the pair of keys that its calls carry."""

    __tablename__ = "shops"

    id: Mapped[int] = mapped_column(primary_key=True)
    shop_id: Mapped[str] = mapped_column(String(64), unique=True)
    secret: Mapped[str] = mapped_column(String(128))
    name: Mapped[str] = mapped_column(String(200))
    apps_ask_loyalty: Mapped[bool] = mapped_column(default=False, server_default=false())  # without secret and device
    currency: Mapped[str] = mapped_column(String(8), default="RUB")


def shop_of(db: Session, shop_id: str) -> Shop | None:
    """Find a shop by the id its calls carry."""
    return db.scalar(select(Shop).where(Shop.shop_id == shop_id))


def is_secret_of(shop: Shop, secret: str) -> bool:
    """Compare without telling by the time it takes."""
    return secrets.compare_digest(shop.secret.encode(), secret.encode())
