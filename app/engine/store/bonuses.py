"""Bonus accounts: every statement that came, and the balance that the profile shows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from app.engine.store.base import Base, OfShop
from app.engine.store.customers import Customer
from app.engine.store.db import Db
from app.engine.store.moments import plain
from app.rees46.bonuses import Statement

MOST = 2_147_483_647


class BonusStatement(OfShop, Base):
    """What was said of an account at one time. Rows are only ever added; the names of the columns are the API's."""

    __tablename__ = "bonus_statements"
    __table_args__ = (Index(None, "customer_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"))
    at: Mapped[datetime]  # when it came
    current_status: Mapped[str | None] = mapped_column(String(255))
    total_balance: Mapped[float | None]
    total_used: Mapped[float | None]
    total_burned: Mapped[float | None]
    total_cancelled: Mapped[float | None]
    total_inactive: Mapped[float | None]
    total_rewarded: Mapped[float | None]
    purchase_date: Mapped[datetime | None]
    event: Mapped[str | None] = mapped_column(String(255))
    order_id: Mapped[str | None] = mapped_column(String(255))
    bonus_status: Mapped[str | None] = mapped_column(String(255))
    amount_changed: Mapped[str | None] = mapped_column(String(255))
    activated_at: Mapped[datetime | None]
    expiration: Mapped[datetime | None]
    activity: Mapped[str | None] = mapped_column(String(255))
    balance: Mapped[float | None]


TOLD = tuple(name for name in Statement.model_fields if name in BonusStatement.__table__.columns)


def keep(db: Db, statements: Sequence[tuple[Customer, Statement]]) -> None:
    """Write statements down, in their order, and bring the balances of their customers up to date."""
    rows = [
        {"shop_id": db.shop.id, "customer_id": customer.id, "at": db.now}
        | {name: _kept(getattr(said, name)) for name in TOLD}
        for customer, said in statements
    ]
    if rows:
        db.execute(insert(BonusStatement), rows)
    for customer, said in statements:
        balance = said.balance if said.balance is not None else said.total_balance
        if balance is not None:
            customer.loyalty_bonuses = int(max(-MOST, min(MOST, balance)))


def statements_of(db: Db, customer: int, number: int) -> Sequence[BonusStatement]:
    """Give the last statements of a customer's account, newest first."""
    mine = select(BonusStatement).where(BonusStatement.customer_id == customer)
    return db.scalars(mine.order_by(BonusStatement.id.desc()).limit(number)).all()


def _kept(value: Any) -> Any:
    return plain(value) if isinstance(value, datetime) else value
