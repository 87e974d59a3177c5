"""What customers asked to be told of: a lower price, a return into stock.

When an import or an event makes it so, the subscriptions are marked as due in the same transaction, in one statement
for any number of them. The worker then sends the messages a few at a time (jobs/triggers.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ForeignKey, Index, String, delete, func, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.engine.store.base import Base, Json, OfShop
from app.engine.store.batches import batches
from app.engine.store.customers import Customer, Identity
from app.engine.store.db import Db
from app.engine.store.products import Change, Product, watches_products

PRICE, STOCK = "price", "stock"
PATIENCE = timedelta(days=90)  # with a product that the catalogue does not know
FORGOTTEN_AT_ONCE = 500


class Trigger(OfShop, Base):
    """A customer waits for something to happen to a product."""

    __tablename__ = "triggers"
    __table_args__ = (Index(None, "shop_id", "kind", "item_id"), Index(None, "customer_id"), Index(None, "due", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(8))  # price or stock
    item_id: Mapped[str] = mapped_column(String(255))
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"))
    price: Mapped[float | None]  # the message is due below it
    properties: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)  # the variant that is wanted
    at: Mapped[datetime]
    due: Mapped[datetime | None]  # what was waited for has happened, and is still to be told


def subscribe(
    db: Db, kind: str, customer: int, items: Sequence[str], *, price: float | None = None, properties: dict[str, Any]
) -> None:
    """Let a customer wait; who waits already waits for what was said last."""
    unsubscribe(db, kind, customer, items)
    about = {"shop_id": db.shop.id, "kind": kind, "customer_id": customer, "price": price, "properties": properties}
    db.add_all(Trigger(**about, item_id=item, at=db.now) for item in items)


def unsubscribe(db: Db, kind: str, customer: int, items: Sequence[str] | None = None) -> None:
    """Let a customer wait no longer: for some products, or for any."""
    gone = delete(Trigger).where(Trigger.customer_id == customer, Trigger.kind == kind)
    if items is None:
        db.execute(gone)
        return
    for some in batches(items):
        db.execute(gone.where(Trigger.item_id.in_(some)))


def waits(db: Db, kind: str, customer: int, item: str) -> bool:
    """Tell whether a customer waits for a product."""
    same = Trigger.customer_id == customer, Trigger.kind == kind, Trigger.item_id == item
    return db.scalar(select(Trigger.id).where(*same).limit(1)) is not None


def awaited(db: Db, items: Sequence[str]) -> set[str]:
    """Say which of these products somebody waits for."""
    found: set[str] = set()
    for some in batches(items):
        waited = select(Trigger.item_id).where(Trigger.shop_id == db.shop.id, Trigger.item_id.in_(some))
        found |= set(db.scalars(waited.distinct()))
    return found


def forget_unknown(db: Db) -> None:
    """End waits for products that no import has brought in all that time."""
    known = select(Product.id).where(Product.shop_id == Trigger.shop_id, Product.item_id == Trigger.item_id)
    old = select(Trigger.id).where(Trigger.at < db.now - PATIENCE, ~known.exists()).limit(FORGOTTEN_AT_ONCE)
    db.execute(delete(Trigger).where(Trigger.id.in_(db.scalars(old).all())))


def number_waiting(db: Db, kind: str, item: str) -> int:
    """Say how many customers wait for a product."""
    same = Trigger.shop_id == db.shop.id, Trigger.kind == kind, Trigger.item_id == item
    return db.scalar(select(func.count(Trigger.customer_id.distinct())).where(*same)) or 0


@watches_products
def mark_due(db: Db, changes: Sequence[Change]) -> None:
    """Mark what has happened. A price that fell while the product was away counts when it is back."""
    for some in batches(changes):
        _mark(db, STOCK, [change.item_id for change in some if change.is_back])
        _mark(db, PRICE, [change.item_id for change in some])


def _mark(db: Db, kind: str, items: list[str]) -> None:
    if not items:
        return
    waiting = update(Trigger).where(Trigger.shop_id == db.shop.id, Trigger.kind == kind, Trigger.item_id.in_(items))
    if kind == PRICE:
        now = select(Product.price).where(Product.shop_id == db.shop.id, Product.item_id == Trigger.item_id)
        waiting = waiting.where(Trigger.price > now.scalar_subquery())
    db.execute(waiting.values(due=db.now), execution_options={"synchronize_session": False})


def take_due(db: Db, number: int) -> Sequence[Trigger]:
    """Take some that are due, of any shop; no other worker takes the same."""
    due = select(Trigger).where(Trigger.due.is_not(None)).order_by(Trigger.due, Trigger.id).limit(number)
    return db.scalars(due.with_for_update(skip_locked=True)).all()


def waiting(db: Db, kind: str, first: date | None, last: date | None) -> list[tuple[str, int, datetime, list[str]]]:
    """Give the products that are waited for, with the number of those who wait, the last day and their contacts."""
    found = select(Trigger.item_id, func.count(Trigger.customer_id.distinct()), func.max(Trigger.at).label("last"))
    found = found.where(*_within(db, kind, first, last)).group_by(Trigger.item_id)
    contacts = _contacts(db, kind, first, last)
    rows = db.execute(found.order_by(func.max(Trigger.at).desc(), Trigger.item_id))
    return [(item, number, at, contacts.get(item, [])) for item, number, at in rows]


def subscriptions(db: Db, kind: str, first: date | None, last: date | None) -> list[tuple[Trigger, Customer]]:
    """Give each wait with who waits, the newest first."""
    found = select(Trigger, Customer).join(Customer, Customer.id == Trigger.customer_id)
    found = found.where(*_within(db, kind, first, last)).order_by(Trigger.at.desc(), Trigger.id.desc())
    return [(trigger, customer) for trigger, customer in db.execute(found)]


def _within(db: Db, kind: str, first: date | None, last: date | None) -> list[Any]:
    wanted: list[Any] = [Trigger.shop_id == db.shop.id, Trigger.kind == kind]
    if first:
        wanted.append(Trigger.at >= datetime.combine(first, time()))
    if last:
        wanted.append(Trigger.at <= datetime.combine(last, time.max))
    return wanted


def _contacts(db: Db, kind: str, first: date | None, last: date | None) -> dict[str, list[str]]:
    """Give the address of each who waits, or the phone number of who has none."""
    known = (
        select(Trigger.item_id, Trigger.customer_id, Identity.kind, Identity.value)
        .join(Identity, Identity.customer_id == Trigger.customer_id)
        .where(*_within(db, kind, first, last), Identity.is_main)
        .where(or_(Identity.kind == "email", Identity.kind == "phone"))
        .order_by(Identity.kind.desc(), Trigger.id)  # an address replaces a phone number
    )
    contacts: dict[str, dict[int, str]] = {}
    for item, customer, _kind, value in db.execute(known):
        contacts.setdefault(item, {})[customer] = value
    return {item: list(of_item.values()) for item, of_item in contacts.items()}
