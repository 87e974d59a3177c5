"""Shops: which REES46 accounts the desk works with, and their keys."""

from __future__ import annotations

import hashlib
from itertools import chain, count

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app import vault
from app.secret_key import SecretKey
from app.store.base import Base, Id, Json, Moment

COLOURS = ("blue", "green", "amber", "red", "violet", "grey")


class Shop(Base):
    """A REES46 account. The secret is kept encrypted and is never shown again."""

    __tablename__ = "shops"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(120), unique=True)
    slug: Mapped[str] = mapped_column(String(64), unique=True)  # in URLs; stays when the shop is renamed
    colour: Mapped[str] = mapped_column(String(16), default="blue")
    kind: Mapped[str] = mapped_column(String(8), default="test")  # live or test
    api_url: Mapped[str] = mapped_column(String(500), default="")  # empty: DESK46_API_URL, or the box
    shop_id: Mapped[str] = mapped_column(String(64))
    locked_secret: Mapped[str] = mapped_column(String(1000), info=vault.LOCKED)
    fingerprint: Mapped[str] = mapped_column(String(12))
    active: Mapped[bool] = mapped_column(default=True)
    created: Mapped[Moment]
    channels: Mapped[list[str]] = mapped_column(Json, default=list, server_default="[]")  # besides e-mail and SMS

    chat_url: Mapped[str] = mapped_column(String(500), default="", server_default="")  # where notices are posted
    locked_chat_secret: Mapped[str] = mapped_column(
        String(1000), default="", server_default="", info=vault.LOCKED
    )  # signs them

    # Which acts wait for a second person (app/web/safeguards/approval_rules.py); None: all in a live shop, else none.
    approval_rules: Mapped[list[str] | None] = mapped_column(Json)
    approval_rows: Mapped[int] = mapped_column(default=1000, server_default="1000")  # imports of more rows wait
    approval_hours: Mapped[int] = mapped_column(default=24, server_default="24")  # for so long

    def keep_secret(self, secret: str, key: SecretKey) -> None:
        """Replace the secret; the fingerprint tells people which one it is."""
        self.locked_secret = vault.lock(secret, key)
        self.fingerprint = fingerprint(secret)

    def secret(self, key: SecretKey) -> str:
        return vault.unlock(self.locked_secret, key)

    def keep_chat(self, url: str, secret: str | None, key: SecretKey) -> None:
        """Say where notices are posted to; without a new secret the present one stays."""
        self.chat_url = url
        if secret:
            self.locked_chat_secret = vault.lock(secret, key)

    def chat_secret(self, key: SecretKey) -> str:
        return vault.unlock(self.locked_chat_secret, key) if self.locked_chat_secret else ""


def fingerprint(secret: str) -> str:
    return hashlib.sha256(f"desk46 {secret}".encode(errors="replace")).hexdigest()[:8]


IN_USE = select(Shop).where(Shop.active).order_by(Shop.id)


def in_use(db: Session) -> list[Shop]:
    return list(db.scalars(IN_USE))


def every(db: Session) -> list[Shop]:
    return list(db.scalars(select(Shop).order_by(Shop.active.desc(), Shop.name)))


def ensure(
    db: Session,
    *,
    name: str,
    shop_id: str,
    secret: str,
    key: SecretKey,
    kind: str = "test",
    colour: str = "blue",
    api_url: str = "",
) -> Shop:
    """Find the shop by its id and address, or add it."""
    known = db.scalar(select(Shop).where(Shop.shop_id == shop_id, Shop.api_url == api_url))
    if known:
        return known
    shop = Shop(name=name, shop_id=shop_id, kind=kind, colour=colour, api_url=api_url)
    shop.keep_secret(secret, key)
    add(db, shop)
    return shop


def add(db: Session, shop: Shop) -> None:
    """Add a shop and give it its slug, made of its name."""
    shop.slug = free_slug(shop.name, set(db.scalars(select(Shop.slug))))
    db.add(shop)
    db.flush()


def free_slug(name: str, taken: set[str]) -> str:
    """Make of a name what can stand in a URL, with a number if another shop has the same."""
    from slugify import slugify  # noqa: PLC0415  # its tables are 4 MB, and shops are seldom added

    slug = slugify(name, max_length=50) or "shop"
    numbered = (f"{slug}-{number}" for number in count(2))
    return next(each for each in chain([slug], numbered) if each not in taken)
