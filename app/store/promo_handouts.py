"""The ledger of promo codes that were handed out here: which, to whom, by whom and why."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, Select, String, Text, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from app.store.acts import Act
from app.store.base import Base, Id, Moment
from app.store.matching import holds, spellings
from app.store.paging import ALWAYS, Between, within

if TYPE_CHECKING:
    from collections.abc import Iterable


class PromoHandout(Base):
    """One code for somebody. Written with its act, before it is asked for; what became of it stands at the act."""

    __tablename__ = "promo_handouts"
    __table_args__ = (
        Index("ix_promo_handouts_shop", "shop_id", "id"),
        Index("ix_promo_handouts_list", "shop_id", "list_id", "id"),
        Index("ix_promo_handouts_customer", "customer_id", "id"),
        Index("ix_promo_handouts_code", "shop_id", "code"),
    )

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(16), unique=True, default=lambda: secrets.token_hex(6))
    at: Mapped[Moment]
    shop_id: Mapped[int]
    list_id: Mapped[str] = mapped_column(String(255))
    list_name: Mapped[str] = mapped_column(String(255), default="")
    customer_id: Mapped[int | None]
    person: Mapped[str] = mapped_column(String(120))  # who handed it out
    reason: Mapped[str] = mapped_column(String(500))
    code: Mapped[str | None] = mapped_column(Text)  # as long as REES46 cares to make it
    act_id: Mapped[int] = mapped_column(ForeignKey("acts.id"), unique=True)
    act: Mapped[Act] = relationship(lazy="joined", innerjoin=True)

    @property
    def outcome(self) -> str:
        return self.act.outcome


def keep_code(db: Session, act_id: int, code: str) -> None:
    """Keep the code that was handed out."""
    handout = db.scalars(select(PromoHandout).where(PromoHandout.act_id == act_id)).one()
    handout.code = code.replace("\0", "")


def of_act(db: Session, act_id: int) -> PromoHandout | None:
    return db.scalar(select(PromoHandout).where(PromoHandout.act_id == act_id))


def of_shop(
    shop_id: int,
    list_id: str = "",
    *,
    customer_id: int | None = None,
    words: str = "",
    between: Between = ALWAYS,
) -> Select[PromoHandout]:
    """Choose from the ledger; `words` are a whole code, or a part of a reason or of a colleague's name."""
    query: Select[PromoHandout] = select(PromoHandout).where(PromoHandout.shop_id == shop_id)
    if list_id:
        query = query.where(PromoHandout.list_id == list_id)
    if customer_id:
        query = query.where(PromoHandout.customer_id == customer_id)
    if words:
        is_code = PromoHandout.code.in_(spellings(words))
        query = query.where(or_(is_code, holds(PromoHandout.reason, words), holds(PromoHandout.person, words)))
    return within(query, PromoHandout.at, between)


def by_codes(db: Session, shop_id: int, codes: Iterable[str], limit: int = 10) -> list[PromoHandout]:
    """Find who got one of these codes, however it was typed; newest first."""
    wanted = {spelt for code in codes for spelt in spellings(code)}
    query = select(PromoHandout).where(PromoHandout.shop_id == shop_id, PromoHandout.code.in_(wanted))
    return list(db.scalars(query.order_by(PromoHandout.id.desc()).limit(limit)))


def last_list(db: Session, shop_id: int, person_id: int) -> str | None:
    """Say from which list a person handed out last; who never did, what their colleagues did."""
    newest = select(PromoHandout.list_id).where(PromoHandout.shop_id == shop_id).order_by(PromoHandout.id.desc())
    mine = newest.join(Act, PromoHandout.act_id == Act.id).where(Act.person_id == person_id)
    return db.scalar(mine.limit(1)) or db.scalar(newest.limit(1))


def to_customer(db: Session, customer_id: int, limit: int = 10) -> list[PromoHandout]:
    """List what somebody got, newest first."""
    query = select(PromoHandout).where(PromoHandout.customer_id == customer_id)
    return list(db.scalars(query.order_by(PromoHandout.id.desc()).limit(limit)))
