"""The request log: every call to REES46 as it went out, and what came back."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import Index, Select, String, Table, Text, func, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store.base import Base, Id, Moment, now
from app.store.paging import ALWAYS, Between, within
from app.store.shops import Shop
from app.store.sweeping import delete_some


class Exchange(Base):
    """A call and its answer. Neither `curl` nor `answer` holds the secret."""

    __tablename__ = "exchanges"
    __table_args__ = (
        Index("ix_exchanges_shop", "shop_id", "id"),
        Index("ix_exchanges_operation", "shop_id", "operation", "id"),
        Index("ix_exchanges_outcome", "shop_id", "outcome", "id"),
        Index("ix_exchanges_person", "shop_id", "person_id", "id"),
        Index("ix_exchanges_day", "shop_id", "at"),
    )

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(16), unique=True, default=lambda: secrets.token_hex(8))
    at: Mapped[Moment]
    shop_id: Mapped[int]
    person_id: Mapped[int | None]
    act_id: Mapped[int | None] = mapped_column(index=True)
    operation: Mapped[str] = mapped_column(String(64))
    method: Mapped[str] = mapped_column(String(8))
    path: Mapped[str] = mapped_column(String(200))
    asked: Mapped[str] = mapped_column(Text, default="{}")  # the parameters as JSON, to repeat from
    curl: Mapped[str] = mapped_column(Text)
    status: Mapped[int | None]
    outcome: Mapped[str] = mapped_column(String(12))  # done, refused, unreachable, garbled
    milliseconds: Mapped[float]
    answer: Mapped[str] = mapped_column(Text)
    request_id: Mapped[str | None] = mapped_column(String(32), index=True)


def write(db: Session, rows: list[Exchange]) -> None:
    """Add those of a request in one statement; the objects stay what they are."""
    # Of the model itself SQLAlchemy would make a statement for each set of columns that are not null.
    table = cast("Table", Exchange.__table__)
    columns = [column.key for column in table.columns if not column.primary_key]
    db.execute(insert(table), [{name: getattr(row, name) for name in columns} for row in rows])


@dataclass(frozen=True)
class ShopState:
    """How REES46 answered a shop lately, by the calls that people made anyway."""

    last: Exchange | None
    failed: int  # calls of the last hour without a usable answer


def state_of_shop(db: Session, shop_id: int) -> ShopState:
    """Tell how REES46 answers, without asking it."""
    last = db.scalar(select(Exchange).where(Exchange.shop_id == shop_id).order_by(Exchange.id.desc()).limit(1))
    hour = Exchange.at > now() - timedelta(hours=1)
    bad = Exchange.outcome.in_(("unreachable", "garbled"))
    failed = db.scalar(select(func.count()).where(Exchange.shop_id == shop_id, bad, hour)) if last else 0
    return ShopState(last, failed or 0)


def by_key(db: Session, key: str) -> Exchange | None:
    return db.scalar(select(Exchange).where(Exchange.key == key))


def forget_old(db: Session, before: datetime) -> bool:
    """Let go of some calls of long ago, shop by shop as the index has them; True when there may be more."""
    shops = list(db.scalars(select(Shop.id)))
    return any(delete_some(db, Exchange, Exchange.shop_id == shop_id, Exchange.at < before) for shop_id in shops)


def wanted(
    shop_id: int,
    *,
    operation: str = "",
    person_id: int | None = None,
    outcome: str = "",
    between: Between = ALWAYS,
) -> Select[Exchange]:
    """Narrow the log down to what a reader wants."""
    query: Select[Exchange] = select(Exchange).where(Exchange.shop_id == shop_id)
    if operation:
        query = query.where(Exchange.operation == operation)
    if person_id is not None:
        query = query.where(Exchange.person_id == person_id)
    if outcome:
        query = query.where(Exchange.outcome == outcome)
    return within(query, Exchange.at, between)
