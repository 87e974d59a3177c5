"""Customers somebody looked up: an opaque key stands for them in URLs, so that no URL holds personal data."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import Index, String, UniqueConstraint, and_, func, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store.base import Base, Id, Moment, insert_into, now
from app.store.matching import holds
from app.store.people import Person
from app.store.sweeping import delete_some

MOST_KEYS = 1000  # of one query
LONGEST = 255  # characters of an identifier or a name


class KnownCustomer(Base):
    """One identifier of one customer of one shop, and the key that stands for it."""

    __tablename__ = "customers"
    __table_args__ = (UniqueConstraint("shop_id", "kind", "value"),)

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(16), unique=True, default=lambda: secrets.token_hex(6))
    shop_id: Mapped[int]
    kind: Mapped[str] = mapped_column(String(16))  # email, phone, did, loyalty_id, external_id
    value: Mapped[str] = mapped_column(String(LONGEST))
    name: Mapped[str] = mapped_column(String(LONGEST), default="")
    created: Mapped[Moment]

    @property
    def identity(self) -> dict[str, str]:
        """The identifier as the calls take it."""
        return {self.kind: self.value}


class Visit(Base):
    """Somebody opened a customer's profile."""

    __tablename__ = "visits"
    __table_args__ = (
        UniqueConstraint("person_id", "customer_id"),
        Index("ix_visits_recent", "person_id", "shop_id", "at"),
        Index("ix_visits_customer", "customer_id", "at"),
    )

    id: Mapped[Id]
    person_id: Mapped[int]
    shop_id: Mapped[int]
    customer_id: Mapped[int]
    at: Mapped[datetime] = mapped_column(default=now)


def remember(db: Session, shop_id: int, kind: str, value: str, name: str = "") -> KnownCustomer:
    """Give the key that stands for an identifier; the same one every time."""
    same = (KnownCustomer.shop_id == shop_id, KnownCustomer.kind == kind, KnownCustomer.value == value)
    customer = db.scalar(select(KnownCustomer).where(*same))
    if customer is None:
        row = {"shop_id": shop_id, "kind": kind, "value": value, "name": name[:LONGEST]}
        new = insert_into(db, KnownCustomer).values(row)
        # If somebody else looked the same customer up at the same moment, theirs is given.
        kept = new.on_conflict_do_update(index_elements=["shop_id", "kind", "value"], set_={"kind": kind})
        customer = db.scalars(kept.returning(KnownCustomer)).one()
    if name and customer.name != name[:LONGEST]:
        customer.name = name[:LONGEST]
    return customer


def ids_of_keys(db: Session, shop_id: int, keys: list[str]) -> list[int]:
    """Find whom keys stand for, as far as they are of this shop."""
    query = select(KnownCustomer.id).where(KnownCustomer.shop_id == shop_id)
    parts = (keys[start : start + MOST_KEYS] for start in range(0, len(keys), MOST_KEYS))
    return sorted({row_id for part in parts for row_id in db.scalars(query.where(KnownCustomer.key.in_(part)))})


def remember_all(db: Session, shop_id: int, wanted: dict[tuple[str, str], str]) -> dict[tuple[str, str], KnownCustomer]:
    """Give the keys of many customers, by (kind, value) with their names, in few queries."""
    found: dict[tuple[str, str], KnownCustomer] = {}
    for kind in {kind for kind, _ in wanted}:
        values = [value for other, value in wanted if other == kind]
        query = select(KnownCustomer).where(
            KnownCustomer.shop_id == shop_id, KnownCustomer.kind == kind, KnownCustomer.value.in_(values)
        )
        found |= {(customer.kind, customer.value): customer for customer in db.scalars(query)}
    for (kind, value), name in wanted.items():
        if (kind, value) not in found:
            found[kind, value] = KnownCustomer(shop_id=shop_id, kind=kind, value=value)
            db.add(found[kind, value])
        if name:
            found[kind, value].name = name[:LONGEST]
    db.flush()
    return found


def move(db: Session, customer: KnownCustomer, kind: str, value: str) -> KnownCustomer:
    """Let a key stand for another identifier of the same person, so that it keeps its history.

    If another key stands for that identifier already, that one is given.
    """
    same = (KnownCustomer.shop_id == customer.shop_id, KnownCustomer.kind == kind, KnownCustomer.value == value)
    other = db.scalar(select(KnownCustomer).where(*same))
    if other is not None:
        return other
    moved = db.get_one(KnownCustomer, customer.id)
    try:
        with db.begin_nested():
            moved.kind, moved.value = kind, value
    except IntegrityError:  # somebody else met them by that identifier at the same moment
        return db.scalars(select(KnownCustomer).where(*same)).one()
    return moved


def by_key(db: Session, key: str) -> KnownCustomer | None:
    return db.scalar(select(KnownCustomer).where(KnownCustomer.key == key))


def met_as(db: Session, shop_id: int, identifiers: list[tuple[str, str]]) -> list[int]:
    """List those of some identifiers that a key stands for."""
    if not identifiers:
        return []
    ways = [and_(KnownCustomer.kind == kind, KnownCustomer.value == value) for kind, value in identifiers]
    return list(db.scalars(select(KnownCustomer.id).where(KnownCustomer.shop_id == shop_id, or_(*ways))))


def by_ids(db: Session, ids: set[int]) -> dict[int, KnownCustomer]:
    """Give the customers of a page of a ledger, by id."""
    return {one.id: one for one in db.scalars(select(KnownCustomer).where(KnownCustomer.id.in_(ids)))} if ids else {}


def called(db: Session, shop_id: int, words: str, limit: int = 20) -> list[KnownCustomer]:
    """Find customers by words of their name, in any order and in capitals or not; those met last come first."""
    query = select(KnownCustomer).where(KnownCustomer.shop_id == shop_id, KnownCustomer.name != "")
    for word in words.split():
        query = query.where(holds(KnownCustomer.name, word))
    return list(db.scalars(query.order_by(KnownCustomer.id.desc()).limit(limit))) if words.strip() else []


def visit(db: Session, person_id: int, customer: KnownCustomer) -> bool:
    """Put a customer at the top of a person's recent ones; False if they had it open within this hour already."""
    row = {"person_id": person_id, "shop_id": customer.shop_id, "customer_id": customer.id, "at": now()}
    visit = (
        insert_into(db, Visit)
        .values(row)
        .on_conflict_do_update(
            index_elements=["person_id", "customer_id"],
            set_={"at": row["at"]},
            where=Visit.at < now().replace(minute=0, second=0, microsecond=0),
        )
    )
    if db.scalar(visit.returning(Visit.id)) is not None:
        return True
    look_on(db, person_id, customer.id)
    return False


def look_on(db: Session, person_id: int, customer_id: int) -> None:
    """Note that a person still has a customer open."""
    db.execute(update(Visit).where(Visit.person_id == person_id, Visit.customer_id == customer_id).values(at=now()))


def looking(db: Session, customer_id: int, since: datetime, but: int) -> list[str]:
    """Name who else has a customer open: whoever looked since then."""
    query = select(Person.name).join(Visit, Visit.person_id == Person.id)
    query = query.where(Visit.customer_id == customer_id, Visit.at > since, Visit.person_id != but)
    return list(db.scalars(query.order_by(Person.name)))


def seen_by(db: Session, customer_ids: set[int], limit: int = 20) -> list[tuple[str, datetime]]:
    """Name who opened a customer's profile, and when last; the latest first."""
    last = func.max(Visit.at)
    query = select(Person.name, last).join(Person, Person.id == Visit.person_id)
    query = query.where(Visit.customer_id.in_(customer_ids)).group_by(Person.id, Person.name)
    return [(name, at) for name, at in db.execute(query.order_by(last.desc()).limit(limit))]


def forget_visits(db: Session, before: datetime) -> bool:
    """Let go of some visits of long ago; True when there may be more."""
    return delete_some(db, Visit, Visit.at < before)


def recent(db: Session, person_id: int, shop_id: int, limit: int = 8) -> list[KnownCustomer]:
    """List the customers somebody opened last."""
    query = (
        select(KnownCustomer)
        .join(Visit, Visit.customer_id == KnownCustomer.id)
        .where(Visit.person_id == person_id, Visit.shop_id == shop_id)
        .order_by(Visit.at.desc())
        .limit(limit)
    )
    return list(db.scalars(query))
