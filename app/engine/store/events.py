"""Events: what visitors did. Recommendations, popular searches and reports read them; rows are only ever added.

An event about several products has a row for each of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, func, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from app.engine.store.base import Base, Json, OfShop
from app.engine.store.db import Db

CUSTOM = "custom"
FASHION_SIZE = "fashion_size"  # in the payload
LATELY = 200  # events by which somebody's sizes are told


class Event(OfShop, Base):
    """What somebody did with one product, with a category, or with nothing of the kind."""

    __tablename__ = "events"
    __table_args__ = (
        Index(None, "shop_id", "kind", "at", "id"),
        Index(None, "shop_id", "item_id", "kind", "at"),
        Index(None, "customer_id", "kind", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(16))  # as `/push` names it, or custom
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customers.id", ondelete="SET NULL"))
    did: Mapped[str | None] = mapped_column(String(255))
    seance: Mapped[str | None] = mapped_column(String(255))
    stream: Mapped[str | None] = mapped_column(String(16))  # none: the web
    segment: Mapped[str | None] = mapped_column(String(1))  # letter of the A/B test
    referer: Mapped[str | None] = mapped_column(String(2000))
    source: Mapped[str | None] = mapped_column(String(255))  # bulk, chain, …: what led here
    source_code: Mapped[str | None] = mapped_column(String(255))
    recommended_by: Mapped[str | None] = mapped_column(String(255))
    recommended_code: Mapped[str | None] = mapped_column(String(255))
    item_id: Mapped[str | None] = mapped_column(String(255))  # ID of the product
    amount: Mapped[int | None]
    price: Mapped[float | None]  # for one piece
    order_number: Mapped[str | None] = mapped_column(String(255))
    category_id: Mapped[str | None] = mapped_column(String(255))  # ID of the category, as the shop has it
    search_query: Mapped[str | None] = mapped_column(String(1000))
    name: Mapped[str | None] = mapped_column(String(255))  # of a custom event; so are the following
    category: Mapped[str | None] = mapped_column(String(255))
    label: Mapped[str | None] = mapped_column(String(255))
    value: Mapped[int | None]
    payload: Mapped[Any] = mapped_column(Json, nullable=True)


class CustomEvent(OfShop, Base):
    """A name of an event of the shop's own."""

    __tablename__ = "custom_events"
    __table_args__ = (UniqueConstraint("shop_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(255))
    registered: Mapped[datetime]


def note(db: Db, kind: str, about: Mapping[str, Any], items: Iterable[Mapping[str, Any]] = ()) -> None:
    """Write down what happened, now: a row for each item, or one if there is none."""
    common = {"shop_id": db.shop.id, "at": db.now, "kind": kind} | dict(about)
    db.execute(insert(Event), [common | dict(item) for item in items] or [common])


def register(db: Db, name: str) -> None:
    """Make a custom event known."""
    if db.scalar(select(CustomEvent.id).where(CustomEvent.shop_id == db.shop.id, CustomEvent.name == name)) is None:
        db.add(CustomEvent(shop_id=db.shop.id, name=name, registered=db.now))
        db.flush()


def times(db: Db, item: str, kinds: Sequence[str], since: datetime) -> Counter[str]:
    """Count how often each of these things happened with a product."""
    done = select(Event.kind, func.count()).where(Event.shop_id == db.shop.id, Event.item_id == item)
    done = done.where(Event.kind.in_(kinds), Event.at > since).group_by(Event.kind)
    return Counter({kind: number for kind, number in db.execute(done)})  # noqa: C416  # rows of two, not pairs


def times_of(db: Db, customer: int, kinds: Sequence[str], since: datetime) -> Counter[str]:
    """Count how often a customer did each of these things."""
    done = select(Event.kind, func.count()).where(Event.customer_id == customer, Event.kind.in_(kinds))
    found = db.execute(done.where(Event.at > since).group_by(Event.kind))
    return Counter({kind: number for kind, number in found})  # noqa: C416  # rows of two, not pairs


def last_queries(db: Db, number: int, customer: int | None = None) -> list[str]:
    """Give the last searches of the shop or of one customer, the newest first, as they were written."""
    asked = select(Event.search_query).where(Event.kind == "search", Event.search_query.is_not(None))
    mine = Event.customer_id == customer if customer else Event.shop_id == db.shop.id
    return [
        query or "" for query in db.scalars(asked.where(mine).order_by(Event.at.desc(), Event.id.desc()).limit(number))
    ]


def sizes_of(db: Db, customer: int) -> list[str]:
    """Give the sizes in which somebody put things into the cart or bought them, the latest first."""
    chosen = select(Event.payload).where(Event.customer_id == customer, Event.kind.in_(("cart", "purchase")))
    found = db.scalars(chosen.order_by(Event.at.desc(), Event.id.desc()).limit(LATELY))
    sizes = (payload.get(FASHION_SIZE) for payload in found if isinstance(payload, dict))
    return list(dict.fromkeys(size for size in sizes if size))


def newest(db: Db, number: int, before: int | None, kind: str) -> Sequence[Event]:
    """List the shop's events, newest first; `before` is the id of the last one of the page before."""
    found = select(Event).where(Event.shop_id == db.shop.id)
    found = found.where(Event.id < before) if before else found
    if kind:  # along the index
        found = found.where(Event.kind == kind).order_by(Event.at.desc())
    return db.scalars(found.order_by(Event.id.desc()).limit(number)).all()


def kinds(db: Db) -> list[str]:
    """Name the kinds of event that the shop has."""
    return sorted(db.scalars(select(Event.kind).where(Event.shop_id == db.shop.id).distinct()))
