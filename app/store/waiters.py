"""Who waits for a product to be back or to cost less, as REES46 said once a day. A contact is encrypted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import Index, String, Text, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store.base import Base, Id, Moment, now
from app.vault import LOCKED, digests, lock

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from app.secret_key import SecretKey


class Waiter(Base):
    """One contact that waits for one product."""

    __tablename__ = "waiters"
    __table_args__ = (Index("ix_waiters_contact", "shop_id", "contact"), Index("ix_waiters_kind", "shop_id", "kind"))

    id: Mapped[Id]
    shop_id: Mapped[int]
    kind: Mapped[str] = mapped_column(String(24))  # daily.WAITING_FOR_STOCK or daily.WAITING_FOR_PRICE
    contact: Mapped[str] = mapped_column(String(64))  # as a digest
    locked: Mapped[str | None] = mapped_column(Text, info=LOCKED)  # the contact; rows of older releases lack it
    item: Mapped[str] = mapped_column(String(255))
    since: Mapped[date | None]
    read: Mapped[Moment]


@dataclass(frozen=True)
class Waits:
    """What REES46 said of a contact, spelt in one way (`app.web.customers.keys.normal`)."""

    contact: str
    item: str
    since: date | None


def digests_of(contact: str, key: SecretKey) -> list[str]:
    return digests(contact, key, "waiter")


def names_of(contacts: Iterable[str], key: SecretKey) -> list[str]:
    """Give the digests that may stand for contacts."""
    return [digest for contact in contacts for digest in digests_of(contact, key)]


def replace(db: Session, shop_id: int, kind: str, waits: Iterable[Waits], key: SecretKey) -> None:
    """Put what was read now in the place of what was read before."""
    read = now()
    db.execute(delete(Waiter).where(Waiter.shop_id == shop_id, Waiter.kind == kind))
    of = {"shop_id": shop_id, "kind": kind, "read": read}
    for wait in waits:
        name, locked = digests_of(wait.contact, key)[0], lock(wait.contact, key)
        db.add(Waiter(**of, contact=name, locked=locked, item=wait.item, since=wait.since))


def of_contacts(db: Session, shop_id: int, contacts: Collection[str], key: SecretKey) -> list[Waiter]:
    """Say what somebody waits for, known by these contacts, those asked for last first."""
    query = select(Waiter).where(Waiter.shop_id == shop_id, Waiter.contact.in_(names_of(contacts, key)))
    return list(db.scalars(query.order_by(Waiter.since.desc(), Waiter.id)))
