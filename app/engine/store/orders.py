"""Orders and their items, as the shop's own system numbers them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.engine.store.base import Base, Json, OfShop
from app.engine.store.batches import batches
from app.engine.store.db import Db

GIVEN_BACK = ("cancelled", "refunded")


def is_given_back(details: dict[str, Any] | None) -> bool:
    """Tell by the details of a line whether it was given back."""
    return (details or {}).get("status") in GIVEN_BACK


class OrderItem(OfShop, Base):
    """A line of an order; the price is for one piece."""

    __tablename__ = "order_items"
    __table_args__ = (Index(None, "order_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id", ondelete="CASCADE"))
    product: Mapped[str] = mapped_column(String(255))  # ID of the product
    name: Mapped[str | None] = mapped_column(String(500))
    price: Mapped[float]
    quantity: Mapped[int]
    details: Mapped[dict[str, Any]] = mapped_column(Json, default=dict, server_default="{}")  # orders.LineDetails

    @property
    def is_given_back(self) -> bool:
        """Whether it is no longer part of what was bought; what became of it stays known."""
        return is_given_back(self.details)


class Order(OfShop, Base):
    """An order; money is in the shop's currency."""

    __tablename__ = "orders"
    __table_args__ = (UniqueConstraint("shop_id", "number"), Index(None, "customer_id", "at", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(255))  # the ID that the shop's system gave it
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customers.id", ondelete="SET NULL"))
    at: Mapped[datetime]
    status: Mapped[str | None] = mapped_column(String(255))
    status_changed: Mapped[datetime | None]
    channel: Mapped[str | None] = mapped_column(String(255))
    is_offline: Mapped[bool] = mapped_column(default=False)
    total: Mapped[float | None]
    cash: Mapped[float | None]
    bonuses: Mapped[float | None]
    delivery: Mapped[float | None]
    discount: Mapped[float | None]
    promocode: Mapped[str | None] = mapped_column(String(255))
    location: Mapped[str | None] = mapped_column(String(255))
    delivery_type: Mapped[str | None] = mapped_column(String(255))
    delivery_address: Mapped[str | None] = mapped_column(String(1000))
    delivery_date: Mapped[date | None]
    delivery_time: Mapped[str | None] = mapped_column(String(32))
    payment_type: Mapped[str | None] = mapped_column(String(255))
    details: Mapped[dict[str, Any]] = mapped_column(Json, default=dict, server_default="{}")  # orders.OrderDetails
    steps: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list, server_default="[]")  # placed_orders.Step
    items: Mapped[list[OrderItem]] = relationship(
        lazy="selectin", order_by=OrderItem.id, cascade="all, delete-orphan", passive_deletes=True
    )

    @property
    def bought(self) -> list[OrderItem]:
        """The lines that count: those that were not given back."""
        return [item for item in self.items if not item.is_given_back]


def orders_of(db: Db, customer: int, number: int, since: datetime | None = None) -> Sequence[Order]:
    """Give the last orders of a customer, newest first, with their items."""
    mine = select(Order).where(Order.customer_id == customer)
    mine = mine.where(Order.at >= since) if since else mine
    return db.scalars(mine.order_by(Order.at.desc(), Order.id.desc()).limit(number)).all()


def numbered(db: Db, numbers: Iterable[str]) -> dict[str, Order]:
    """Find orders by their numbers, to change them; unknown ones are left out."""
    found: dict[str, Order] = {}
    for some in batches(sorted(set(numbers))):
        known = select(Order).where(Order.shop_id == db.shop.id, Order.number.in_(some)).order_by(Order.id)
        found |= {order.number: order for order in db.scalars(known.with_for_update())}
    return found
