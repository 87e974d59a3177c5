"""Devices: browsers and apps, their visits, and where push messages for them go."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from app.engine.store.base import Base, OfShop
from app.engine.store.db import Db
from app.engine.store.subscription_log import TYPES, Happened, Source, asked_through, log


class Device(OfShop, Base):
    """A device by its did; it belongs to one customer at a time, or to nobody yet."""

    __tablename__ = "devices"
    __table_args__ = (UniqueConstraint("shop_id", "did"), Index(None, "customer_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    did: Mapped[str] = mapped_column(String(255))
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customers.id", ondelete="SET NULL"))
    created: Mapped[datetime]
    seen: Mapped[datetime]


class Visit(OfShop, Base):
    """A visit by its seance."""

    __tablename__ = "visits"
    __table_args__ = (UniqueConstraint("shop_id", "seance"), Index(None, "device_id", "started"))

    id: Mapped[int] = mapped_column(primary_key=True)
    seance: Mapped[str] = mapped_column(String(255))
    device_id: Mapped[int] = mapped_column(ForeignKey("devices.id", ondelete="CASCADE"))
    started: Mapped[datetime]
    stream: Mapped[str | None] = mapped_column(String(16))  # none: the web
    referrer: Mapped[str | None] = mapped_column(String(2000))
    tz: Mapped[str | None] = mapped_column(String(8))


class PushToken(OfShop, Base):
    """Where a push message for a device goes; whoever has the device gets it."""

    __tablename__ = "push_tokens"
    __table_args__ = (UniqueConstraint("shop_id", "token"), Index(None, "device_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    device_id: Mapped[int] = mapped_column(ForeignKey("devices.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(8))  # web or mobile
    platform: Mapped[str] = mapped_column(String(32))  # ios, android, ios_firebase, or a browser
    token: Mapped[str] = mapped_column(String(1024))
    created: Mapped[datetime]


def device_of(db: Db, did: str) -> Device | None:
    """Find a device by its did."""
    return db.scalar(select(Device).where(Device.shop_id == db.shop.id, Device.did == did))


def device_found_or_made(db: Db, did: str) -> Device:
    """Find a device by its did, or register it."""
    device = device_of(db, did)
    if device is None:
        device = Device(shop_id=db.shop.id, did=did, created=db.now, seen=db.now)
        db.add(device)
        db.flush()
    return device


def device_of_token(db: Db, token: str) -> Device:
    """Find the device that has a token, or register one for it, of which nothing else is known."""
    mine = select(Device).join(PushToken, PushToken.device_id == Device.id)
    known = db.scalar(mine.where(PushToken.shop_id == db.shop.id, PushToken.token == token))
    return known or device_found_or_made(db, f"token-{hashlib.sha256(token.encode()).hexdigest()[:24]}")


def start_visit(db: Db, device: Device, seance: str, **about: str | None) -> None:
    """Register a visit, unless it has begun already; `about` holds stream, referrer and tz."""
    begun = db.scalar(select(Visit.id).where(Visit.shop_id == db.shop.id, Visit.seance == seance))
    if begun is None:
        db.add(Visit(shop_id=db.shop.id, device_id=device.id, seance=seance, started=db.now, **about))


def last_dids(db: Db, customers: Iterable[int]) -> dict[int, str]:
    """Give the device each customer was last seen with."""
    held = select(Device.customer_id, Device.did).where(Device.customer_id.in_(set(customers)))
    return {customer or 0: did for customer, did in db.execute(held.order_by(Device.seen, Device.id))}


def push_kinds(db: Db, customers: Iterable[int]) -> dict[int, set[str]]:
    """Say which kinds of push, web or mobile, reach each customer."""
    held = (
        select(Device.customer_id, PushToken.kind)
        .join(PushToken, PushToken.device_id == Device.id)
        .where(Device.customer_id.in_(set(customers)))
        .distinct()
    )
    kinds: dict[int, set[str]] = {}
    for customer, kind in db.execute(held):
        kinds.setdefault(customer or 0, set()).add(kind)
    return kinds


def register_token(db: Db, device: Device, token: str, platform: str, through: Source | None = None) -> None:
    """Send what goes to a token to this device; a token that was another's moves here. Who gains or loses is logged.

    `through` says over what it came; left out: the call that is answered.
    """
    known = db.scalar(select(PushToken).where(PushToken.shop_id == db.shop.id, PushToken.token == token))
    affected = {device.customer_id: device.did}
    if known is None:
        known = PushToken(shop_id=db.shop.id, token=token, created=db.now)
    elif (former := db.get_one(Device, known.device_id)).customer_id != device.customer_id:
        affected[former.customer_id] = former.did
    reached = _reached(db, affected)
    known.device_id, known.kind, known.platform = device.id, "mobile", platform
    device.seen = db.now
    db.add(known)
    db.flush()
    turned = reached ^ _reached(db, affected)
    log(
        db,
        [
            Happened("mpush", affected[customer], kind, "unsubscribe" if customer in reached else "subscribe")
            for customer in sorted(turned)
            for kind in TYPES
        ],
        through or asked_through(db),
    )


def _reached(db: Db, customers: Iterable[int | None]) -> set[int]:
    """Say which customers mobile push reaches."""
    kinds = push_kinds(db, [customer for customer in customers if customer])
    return {customer for customer, held in kinds.items() if "mobile" in held}
