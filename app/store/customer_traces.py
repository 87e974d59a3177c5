"""What the desk saw with a customer: contacts that may be replaced later, and order numbers. REES46 forgets the former.

The values are encrypted, and found again by a digest that only this installation can make.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from app import vault
from app.store.base import Base, Id, Moment
from app.store.customers import KnownCustomer
from app.vault import LOCKED, lock, unlock

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from app.secret_key import SecretKey

Seen = tuple[str, str]  # a kind (email, phone, loyalty_id, order) and a value, as they are looked up
MOST = 20


class CustomerTrace(Base):
    """One value that was seen with one customer."""

    __tablename__ = "customer_traces"
    __table_args__ = (
        UniqueConstraint("customer_id", "kind", "digest"),
        Index("ix_customer_traces_digest", "shop_id", "digest"),
    )

    id: Mapped[Id]
    at: Mapped[Moment]
    shop_id: Mapped[int]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    kind: Mapped[str] = mapped_column(String(16))
    digest: Mapped[str] = mapped_column(String(64))
    value: Mapped[str] = mapped_column(String(1000), info=LOCKED)


def keep(db: Session, customer: KnownCustomer, seen: Iterable[Seen], key: SecretKey) -> None:
    """Remember what was seen with a customer; what is known already stays as it is."""
    mine = select(CustomerTrace.kind, CustomerTrace.digest).where(CustomerTrace.customer_id == customer.id)
    known: set[Seen] = {(kind, digest) for kind, digest in db.execute(mine)}
    new: list[dict[str, Any]] = []
    for kind, value in seen:
        digest, *older = digests_of(kind, value, key)
        if known.isdisjoint((kind, each) for each in (digest, *older)):
            of = {"shop_id": customer.shop_id, "customer_id": customer.id, "kind": kind}
            new.append({**of, "digest": digest, "value": lock(value, key)})
            known.add((kind, digest))
    if new:
        db.execute(insert(CustomerTrace), new)


def seen_with(db: Session, customer_id: int, kinds: tuple[str, ...], key: SecretKey) -> list[Seen]:
    """List the values of some kinds that were seen with a customer, newest first."""
    mine = CustomerTrace.customer_id == customer_id, CustomerTrace.kind.in_(kinds)
    rows = db.scalars(select(CustomerTrace).where(*mine).order_by(CustomerTrace.id.desc()).limit(MOST))
    return [(row.kind, unlock(row.value, key)) for row in rows]


def seen_with_each(
    db: Session, customer_ids: list[int], kinds: tuple[str, ...], key: SecretKey
) -> dict[int, dict[str, str]]:
    """Give one value of each kind that was seen with each of a few customers: the main one when seen last."""
    found: dict[int, dict[str, str]] = {}
    mine = CustomerTrace.customer_id.in_(customer_ids), CustomerTrace.kind.in_(kinds)
    rows = list(db.scalars(select(CustomerTrace).where(*mine).order_by(CustomerTrace.id).limit(10 * MOST)))
    for row in sorted(
        rows, key=lambda row: row.at.replace(microsecond=0), reverse=True
    ):  # stable: the main one is first
        found.setdefault(row.customer_id, {}).setdefault(row.kind, row.value)
    return {customer: {kind: unlock(value, key) for kind, value in ways.items()} for customer, ways in found.items()}


def whose(db: Session, shop_id: int, wanted: Iterable[Seen], key: SecretKey) -> list[tuple[KnownCustomer, str]]:
    """Find with whom something was seen, and as what."""
    digests = {digest for kind, value in wanted for digest in digests_of(kind, value, key)}
    query = (
        select(KnownCustomer, CustomerTrace.kind)
        .join(CustomerTrace, CustomerTrace.customer_id == KnownCustomer.id)
        .where(CustomerTrace.shop_id == shop_id, CustomerTrace.digest.in_(digests))
        .order_by(CustomerTrace.id.desc())
    )
    return [(customer, kind) for customer, kind in db.execute(query.limit(MOST))]


def digests_of(kind: str, value: str, key: SecretKey) -> list[str]:
    return vault.digests(f"{kind} {value.strip().casefold()}", key, "customer traces ")
