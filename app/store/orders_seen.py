"""Orders as the desk met them: read with a customer, or sent by an import. REES46 finds none by its number."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Select, String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from app.store.base import Base, Id, insert_into, now
from app.store.customers import KnownCustomer
from app.store.paging import ALWAYS, Between, within
from app.store.sweeping import delete_some

AT_ONCE = 500
LONGEST = 255


class SeenOrder(Base):
    """An order of a shop as it was met last; whose it is where that was told."""

    __tablename__ = "orders_seen"
    __table_args__ = (
        UniqueConstraint("shop_id", "number"),
        Index("ix_orders_seen_shop", "shop_id", "id"),
        Index("ix_orders_seen_customer", "customer_id"),
        Index("ix_orders_seen_read", "read"),
    )

    id: Mapped[Id]
    shop_id: Mapped[int]
    number: Mapped[str] = mapped_column(String(LONGEST))
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customers.id"))
    customer: Mapped[KnownCustomer | None] = relationship(lazy="joined")
    status: Mapped[str | None] = mapped_column(String(LONGEST))
    total: Mapped[float | None]
    placed: Mapped[str] = mapped_column(String(40), default="")  # as REES46 tells it
    is_sent: Mapped[bool] = mapped_column(default=False)  # by an import of this desk, and not read since
    read: Mapped[datetime]


@dataclass(frozen=True)
class Met:
    """What was met of an order."""

    number: str
    status: str | None = None
    total: float | None = None
    placed: str = ""


def note(db: Session, shop_id: int, orders: Iterable[Met], customer: KnownCustomer | None = None) -> None:
    """Keep what was just read of somebody's orders; without a customer it is what an import sent."""
    wanted = {order.number: order for order in orders if 0 < len(order.number) <= LONGEST}
    if not wanted:
        return
    about = {"shop_id": shop_id, "customer_id": customer.id if customer else None, "is_sent": customer is None}
    rows = [{**about, "read": now(), "number": number, **_told(one)} for number, one in wanted.items()]
    adding = insert_into(db, SeenOrder)
    new = adding.excluded
    kept: dict[str, Any] = {
        name: func.coalesce(new[name], getattr(SeenOrder, name)) for name in ("customer_id", "status", "total")
    }
    kept |= {
        "read": new.read,
        "is_sent": new.is_sent,
        "placed": func.coalesce(func.nullif(new.placed, ""), SeenOrder.placed),
    }
    for first in range(0, len(rows), AT_ONCE):
        some = adding.values(rows[first : first + AT_ONCE])
        db.execute(some.on_conflict_do_update(index_elements=["shop_id", "number"], set_=kept))


def _told(one: Met) -> dict[str, Any]:
    return {"status": (one.status or "")[:LONGEST] or None, "total": one.total, "placed": one.placed[:40]}


def by_numbers(db: Session, shop_id: int, numbers: Collection[str]) -> dict[str, SeenOrder]:
    """Give the orders of these numbers that were met."""
    found: dict[str, SeenOrder] = {}
    wanted = list(numbers)
    for first in range(0, len(wanted), AT_ONCE):
        some = wanted[first : first + AT_ONCE]
        query = select(SeenOrder).where(SeenOrder.shop_id == shop_id, SeenOrder.number.in_(some))
        found |= {row.number: row for row in db.scalars(query)}
    return found


def of_shop(
    shop_id: int, begins: str = "", *, is_sent: bool | None = None, between: Between = ALWAYS
) -> Select[SeenOrder]:
    """The orders of a shop, those whose number begins in this way; sent or read alone where that is said."""
    query: Select[SeenOrder] = select(SeenOrder).where(SeenOrder.shop_id == shop_id)
    query = within(query, SeenOrder.read, between)
    query = query if is_sent is None else query.where(SeenOrder.is_sent.is_(is_sent))
    if not begins:
        return query
    return query.where(SeenOrder.number >= begins, SeenOrder.number < f"{begins}\U0010ffff")


def forget_old(db: Session, before: datetime) -> bool:
    """Let go of some that were not met anew for long; True when there may be more."""
    return delete_some(db, SeenOrder, SeenOrder.read < before)
