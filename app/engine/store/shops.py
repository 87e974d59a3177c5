"""Shops: whose data it is. Every other table of the box hangs on one."""

from __future__ import annotations

import secrets
from functools import lru_cache
from typing import TYPE_CHECKING

from sqlalchemy import String, false, select
from sqlalchemy.orm import Mapped, mapped_column
from structlog import get_logger

from app import vault
from app.engine.store.base import Base

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.secret_key import SecretKey


class Shop(Base):
    """A shop with the pair of keys that its calls carry."""

    __tablename__ = "shops"

    id: Mapped[int] = mapped_column(primary_key=True)
    shop_id: Mapped[str] = mapped_column(String(64), unique=True)
    secret: Mapped[str] = mapped_column(String(1000), info=vault.LOCKED)  # see keep_secret
    name: Mapped[str] = mapped_column(String(200))
    apps_ask_loyalty: Mapped[bool] = mapped_column(default=False, server_default=false())  # without secret and device
    currency: Mapped[str] = mapped_column(String(8), default="RUB")

    def keep_secret(self, secret: str, key: SecretKey) -> None:
        """Keep it encrypted: the box signs webhooks with it, so that a digest would not do."""
        self.secret = vault.lock(secret, key)


def shop_of(db: Session, shop_id: str) -> Shop | None:
    """Find a shop by the id its calls carry."""
    return db.scalar(select(Shop).where(Shop.shop_id == shop_id))


def is_secret_of(shop: Shop, secret: str, key: SecretKey) -> bool:
    """Compare without telling by the time it takes; nothing is the secret of a shop whose own cannot be read."""
    try:
        return secrets.compare_digest(secret_of(shop, key).encode(), secret.encode())
    except vault.KeyChanged:
        get_logger().error("the secret of a shop was encrypted with another DESK46_SECRET_KEY", shop=shop.shop_id)
        return False


def secret_of(shop: Shop, key: SecretKey) -> str:
    return _opened(shop.secret, key)


@lru_cache(maxsize=256)
def _opened(kept: str, key: SecretKey) -> str:
    """Decrypt once; what was written by an older release and not encrypted since is as it stands there."""
    return vault.unlock(kept, key) if vault.is_locked(kept) else kept


def keep_if_unreadable(shop: Shop, secret: str, key: SecretKey) -> None:
    """Give a shop its secret anew when the key that encrypted it is lost."""
    try:
        secret_of(shop, key)
    except vault.KeyChanged:
        shop.keep_secret(secret, key)
