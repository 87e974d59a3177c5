"""Certificates, the pools they come from, and what went off them or onto them."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, and_, or_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.engine.store.base import Base, Json, OfShop
from app.engine.store.db import Db

ACTIVE = "active"


class CertificatePool(OfShop, Base):
    """What certificates of one kind have in common. `more` holds further rules, by their names in the API."""

    __tablename__ = "certificate_pools"
    __table_args__ = (UniqueConstraint("shop_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(255))
    name: Mapped[str] = mapped_column(String(255))
    nominal: Mapped[float]
    is_flexible: Mapped[bool] = mapped_column(default=False)
    most: Mapped[float | None]  # the highest nominal that one may choose
    days: Mapped[int] = mapped_column(default=0)  # how long they last once active; 0: for ever
    least_order: Mapped[float] = mapped_column(default=0.0)
    share: Mapped[int] = mapped_column(default=100)  # of an order, in percent, that they may pay
    more: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)


class Certificate(OfShop, Base):
    """A certificate. What it is worth is what is left of it."""

    __tablename__ = "certificates"
    __table_args__ = (
        UniqueConstraint("shop_id", "code"),
        Index(None, "shop_id", "owner"),
        Index(None, "pool_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    pool_id: Mapped[int] = mapped_column(ForeignKey("certificate_pools.id", ondelete="CASCADE"))
    code: Mapped[str] = mapped_column(String(255))
    status: Mapped[str] = mapped_column(String(16))  # created, active, blocked, deactivated
    nominal: Mapped[float]
    balance: Mapped[float]
    owner: Mapped[str | None] = mapped_column(String(255))
    owner_name: Mapped[str | None] = mapped_column(String(255))
    buyer: Mapped[str | None] = mapped_column(String(255))
    created: Mapped[datetime]
    activated: Mapped[datetime | None]
    deactivated: Mapped[datetime | None]
    expiration: Mapped[date | None]
    pool: Mapped[CertificatePool] = relationship(lazy="joined")

    def may_be_spent(self, day: date) -> bool:
        """Tell whether it pays for anything on a day."""
        return self.status == ACTIVE and self.balance > 0 and (self.expiration is None or self.expiration >= day)


class CertificateMovement(OfShop, Base):
    """What happened to a certificate; an amount below 0 was spent."""

    __tablename__ = "certificate_movements"
    __table_args__ = (Index(None, "certificate_id", "id"), Index(None, "shop_id", "order_number"))

    id: Mapped[int] = mapped_column(primary_key=True)
    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificates.id", ondelete="CASCADE"))
    at: Mapped[datetime]
    amount: Mapped[float]
    event: Mapped[str] = mapped_column(String(32))
    order_number: Mapped[str | None] = mapped_column(String(255))
    identifier: Mapped[str | None] = mapped_column(String(255))


def pool_of(db: Db, code: str) -> CertificatePool | None:
    """Find a pool by its code."""
    return db.scalar(select(CertificatePool).where(CertificatePool.shop_id == db.shop.id, CertificatePool.code == code))


def certificate_of(db: Db, code: str) -> Certificate | None:
    """Find a certificate by its code, to change it."""
    return db.scalar(select(Certificate).where(Certificate.shop_id == db.shop.id, Certificate.code == code))


def of_owner(db: Db, identifier: str) -> Sequence[Certificate]:
    """List the certificates of a member, also those that they bought and that belong to nobody yet."""
    is_theirs = or_(Certificate.owner == identifier, and_(Certificate.owner.is_(None), Certificate.buyer == identifier))
    mine = select(Certificate).where(Certificate.shop_id == db.shop.id, is_theirs)
    return db.scalars(mine.order_by(Certificate.id)).all()


def of_pool(db: Db, pool: CertificatePool, column: str, first: datetime, last: datetime) -> Sequence[Certificate]:
    """List the certificates of a pool to which something happened within some time."""
    when = getattr(Certificate, column)
    mine = select(Certificate).where(Certificate.pool_id == pool.id, when >= first, when <= last)
    return db.scalars(mine.order_by(Certificate.id)).all()


def make(db: Db, pool: CertificatePool, buyer: str, nominal: float) -> Certificate:
    """Make a certificate, which is to be activated yet."""
    made = Certificate(
        shop_id=db.shop.id,
        pool_id=pool.id,
        code=secrets.token_hex(6).upper(),
        status="created",
        nominal=nominal,
        balance=nominal,
        buyer=buyer,
        created=db.now,
    )
    db.add(made)
    db.flush()
    _note(db, made, nominal, "created")
    return made


def activate(db: Db, certificate: Certificate) -> None:
    """Let it be spent."""
    certificate.status, certificate.activated = ACTIVE, db.now
    if certificate.pool.days:
        certificate.expiration = db.now.date() + timedelta(days=certificate.pool.days)
    _note(db, certificate, 0, "activated")


def spend(db: Db, certificate: Certificate, amount: float, order: str, identifier: str | None) -> None:
    """Take money off a certificate for an order."""
    certificate.balance = round(certificate.balance - amount, 2)
    _note(db, certificate, -amount, "order", order_number=order, identifier=identifier)


def undo(db: Db, order: str) -> None:
    """Give back what an order took off certificates, less what was given back already."""
    mine = CertificateMovement.shop_id == db.shop.id, CertificateMovement.order_number == order
    sums: dict[int, float] = {}
    for movement in db.scalars(select(CertificateMovement).where(*mine)):
        sums[movement.certificate_id] = round(sums.get(movement.certificate_id, 0) + movement.amount, 2)
    for number, amount in sums.items():
        if amount < 0:
            certificate = db.get_one(Certificate, number)
            certificate.balance = round(certificate.balance - amount, 2)
            _note(db, certificate, -amount, "order_cancelled", order_number=order)
    db.flush()


def movements(db: Db, certificate: Certificate) -> Sequence[CertificateMovement]:
    """List what happened to a certificate."""
    mine = select(CertificateMovement).where(CertificateMovement.certificate_id == certificate.id)
    return db.scalars(mine.order_by(CertificateMovement.id)).all()


def _note(db: Db, certificate: Certificate, amount: float, event: str, **more: str | None) -> None:
    about = {"shop_id": db.shop.id, "certificate_id": certificate.id, "at": db.now, "amount": amount, "event": event}
    db.add(CertificateMovement(**about, **more))
    db.flush()
