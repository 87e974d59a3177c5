"""What was searched for in vain."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import Index, String, UniqueConstraint, delete, func, select
from sqlalchemy.orm import Mapped, mapped_column

from app.engine.store.base import Base, OfShop
from app.engine.store.db import Db
from app.engine.store.upsert import count_up

LATELY = timedelta(days=14)


class MissedQuery(OfShop, Base):
    """A query that found nothing, and how often in a day."""

    __tablename__ = "missed_queries"
    __table_args__ = (UniqueConstraint("shop_id", "day", "query"), Index(None, "day"))

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date]
    query: Mapped[str] = mapped_column(String(255))  # in lower case, one space between words
    quantity: Mapped[int]


def miss(db: Db, query: str) -> None:
    """Count a query that found nothing."""
    written = " ".join(query.lower().split())[:255]
    count_up(db, MissedQuery, {"shop_id": db.shop.id, "day": db.now.date(), "query": written}, "quantity")


def missed_lately(db: Db, number: int) -> list[tuple[str, int]]:
    """List queries of the last two weeks with how often they were asked, the most frequent first."""
    quantity = func.sum(MissedQuery.quantity)
    lately = (
        select(MissedQuery.query, quantity)
        .where(MissedQuery.shop_id == db.shop.id, MissedQuery.day > db.now.date() - LATELY)
        .group_by(MissedQuery.query)
        .order_by(quantity.desc(), MissedQuery.query)
        .limit(number)
    )
    return [(query, int(times)) for query, times in db.execute(lately)]


def forget_old(db: Db) -> None:
    """Delete what no list shows any more."""
    db.execute(delete(MissedQuery).where(MissedQuery.day <= db.now.date() - LATELY))
