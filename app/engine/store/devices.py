"""Devices: browsers and apps, their visits, and where push messages for them go."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.engine.store.base import Base, OfShop


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
