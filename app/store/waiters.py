"""Who waits for a product to be back or to cost less, as REES46 said once a day. A contact stands there as a digest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import Index, String, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store.base import Base, Id, Moment, now
from app.vault import digest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable


class Waiter(Base):
    """One contact that waits for one product."""

    __tablename__ = "waiters"
    __table_args__ = (Index("ix_waiters_contact", "shop_id", "contact"), Index("ix_waiters_kind", "shop_id", "kind"))

    id: Mapped[Id]
    shop_id: Mapped[int]
    kind: Mapped[str] = mapped_column(String(24))  # daily.WAITING_FOR_STOCK or daily.WAITING_FOR_PRICE
    contact: Mapped[str] = mapped_column(String(64))
    item: Mapped[str] = mapped_column(String(255))
    since: Mapped[date | None]
    read: Mapped[Moment]


@dataclass(frozen=True)
class Waits:
    """What REES46 said of a contact, spelt in one way (`app.web.customers.keys.normal`)."""

    contact: str
    item: str
    since: date | None


def name_of(contact: str, key: str) -> str:
    """Give the digest that stands for a contact."""
    return digest(contact, key, "waiter")


def replace(db: Session, shop_id: int, kind: str, waits: Iterable[Waits], key: str) -> None:
    """Put what was read now in the place of what was read before."""
    read = now()
    db.execute(delete(Waiter).where(Waiter.shop_id == shop_id, Waiter.kind == kind))
    db.add_all(
        Waiter(shop_id=shop_id, kind=kind, contact=name_of(one.contact, key), item=one.item, since=one.since, read=read)
        for one in waits
    )


def of_contacts(db: Session, shop_id: int, contacts: Collection[str], key: str) -> list[Waiter]:
    """Say what somebody waits for, known by these contacts, those asked for last first."""
    names = [name_of(contact, key) for contact in contacts]
    query = select(Waiter).where(Waiter.shop_id == shop_id, Waiter.contact.in_(names))
    return list(db.scalars(query.order_by(Waiter.since.desc(), Waiter.id)))
