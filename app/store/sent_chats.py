"""Chats and push tokens that were sent from this desk: REES46 lists neither. What was said in a chat is not kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, Select, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from app import vault
from app.store.acts import Act
from app.store.base import Base, Id, Moment
from app.store.customers import KnownCustomer
from app.store.paging import ALWAYS, Between, within

if TYPE_CHECKING:
    from app.secret_key import SecretKey

SHOWN = 6  # signs at the end of a token


class SentChat(Base):
    """A chat log that was saved: whose it is, and how many messages it has."""

    __tablename__ = "sent_chats"
    __table_args__ = (Index("ix_sent_chats_shop", "shop_id", "id"), Index("ix_sent_chats_code", "shop_id", "code"))

    id: Mapped[Id]
    shop_id: Mapped[int]
    at: Mapped[Moment]
    person: Mapped[str] = mapped_column(String(120))  # the name at that time
    code: Mapped[str] = mapped_column(String(255))
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    customer: Mapped[KnownCustomer] = relationship(lazy="joined", innerjoin=True)
    messages: Mapped[int]
    act_id: Mapped[int] = mapped_column(ForeignKey("acts.id"))
    act: Mapped[Act] = relationship(lazy="joined", innerjoin=True)


class SentToken(Base):
    """Where push messages of a device go, as it was registered last; of the token only its end is shown."""

    __tablename__ = "sent_tokens"
    __table_args__ = (
        UniqueConstraint("shop_id", "digest"),
        Index("ix_sent_tokens_shop", "shop_id", "id"),
        Index("ix_sent_tokens_did", "shop_id", "did"),
    )

    id: Mapped[Id]
    shop_id: Mapped[int]
    at: Mapped[Moment]
    person: Mapped[str] = mapped_column(String(120))
    did: Mapped[str] = mapped_column(String(255))
    digest: Mapped[str] = mapped_column(String(64))
    locked: Mapped[str | None] = mapped_column(Text, info=vault.LOCKED)  # the token; rows of older releases lack it
    tail: Mapped[str] = mapped_column(String(SHOWN))
    platform: Mapped[str] = mapped_column(String(32))
    stream: Mapped[str | None] = mapped_column(String(16))
    act_id: Mapped[int] = mapped_column(ForeignKey("acts.id"))
    act: Mapped[Act] = relationship(lazy="joined", innerjoin=True)


def chats_of(shop_id: int) -> Select[SentChat]:
    return select(SentChat).where(SentChat.shop_id == shop_id)


def last_chat(db: Session, shop_id: int, code: str) -> SentChat | None:
    """The chat of this code that was saved last."""
    same = chats_of(shop_id).where(SentChat.code == code).order_by(SentChat.id.desc())
    return db.scalar(same.limit(1))


def tokens_of(shop_id: int, did: str = "", platform: str = "", between: Between = ALWAYS) -> Select[SentToken]:
    query: Select[SentToken] = select(SentToken).where(SentToken.shop_id == shop_id)
    given = {name: value for name, value in (("did", did), ("platform", platform)) if value}
    return within(query.filter_by(**given), SentToken.at, between)


def digests_of(token: str, key: SecretKey) -> list[str]:
    return vault.digests(token, key, "push token ")


def keep_token(db: Session, row: SentToken, token: str, key: SecretKey) -> None:
    """Keep a token in place of what was known of it: it goes to the device that registered it last."""
    row.digest, *older = digests_of(token, key)
    row.locked, row.tail = vault.lock(token, key), token[-SHOWN:]
    same = select(SentToken).where(SentToken.shop_id == row.shop_id, SentToken.digest.in_([row.digest, *older]))
    known = db.scalar(same)
    if known is None:
        db.add(row)
        return
    for name in ("person", "did", "platform", "stream", "act_id", "digest", "locked"):
        setattr(known, name, getattr(row, name))
