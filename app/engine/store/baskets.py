"""Baskets: what a customer has in the cart and on the list of wishes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, delete, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from app.engine.store.base import Base, OfShop
from app.engine.store.db import Db

CART, WISHES = "cart", "wishes"
MOST = 1000  # pieces of one product


class BasketItem(OfShop, Base):
    """A product in a basket. After two customers became one it may lie there twice: the later row counts."""

    __tablename__ = "basket_items"
    __table_args__ = (Index(None, "customer_id", "basket", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"))
    basket: Mapped[str] = mapped_column(String(8))  # cart or wishes
    item_id: Mapped[str] = mapped_column(String(255))  # ID of the product
    amount: Mapped[int]
    added: Mapped[datetime]


def inside(db: Db, customer: int, basket: str) -> dict[str, int]:
    """Say how many pieces of what are in a basket, in the order in which they were put there."""
    mine = select(BasketItem.item_id, BasketItem.amount)
    mine = mine.where(BasketItem.customer_id == customer, BasketItem.basket == basket).order_by(BasketItem.id)
    return {item_id: amount for item_id, amount in db.execute(mine)}  # noqa: C416  # rows of two, not pairs


def put(db: Db, customer: int, basket: str, items: Mapping[str, int]) -> None:
    """Put pieces into a basket, to those that are there."""
    there = inside(db, customer, basket)
    sums = {item_id: min(MOST, there.get(item_id, 0) + amount) for item_id, amount in items.items()}
    take_out(db, customer, basket, sums)
    _add(db, customer, basket, sums)


def replace(db: Db, customer: int, basket: str, items: Mapping[str, int]) -> None:
    """Make a basket hold exactly this."""
    db.execute(delete(BasketItem).where(BasketItem.customer_id == customer, BasketItem.basket == basket))
    _add(db, customer, basket, items)


def take_out(db: Db, customer: int, basket: str, items: Iterable[str]) -> None:
    """Take products out of a basket; what is not there is no error."""
    mine = delete(BasketItem).where(BasketItem.customer_id == customer, BasketItem.basket == basket)
    db.execute(mine.where(BasketItem.item_id.in_(list(items))))


def _add(db: Db, customer: int, basket: str, items: Mapping[str, int]) -> None:
    row = {"shop_id": db.shop.id, "customer_id": customer, "basket": basket, "added": db.now}
    if items:
        db.execute(insert(BasketItem), [row | {"item_id": name, "amount": amount} for name, amount in items.items()])
