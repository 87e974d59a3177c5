"""Gift certificates of members of the loyalty programme."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.engine.seed.keep import put
from app.engine.store.customers import Customer, Identity
from app.engine.store.loyalty_certificates import Certificate, CertificateMovement, CertificatePool

if TYPE_CHECKING:
    from app.engine.store.db import Db


def certificates(db: Db, orders: dict[str, str]) -> None:
    """Give each phone a gift card that the first of them bought; the first one paid its order with it."""
    pool = CertificatePool(
        shop_id=db.shop.id,
        code="GIFT5000",
        name="Gift card",
        nominal=5000.0,
        is_flexible=True,
        most=20000.0,
        days=365,
        more={},
    )
    db.add(pool)
    db.flush()
    for place, (phone, order) in enumerate(orders.items()):
        name = db.scalar(
            select(Customer.first_name)
            .join(Identity)
            .where(Identity.shop_id == db.shop.id, Identity.kind == "phone", Identity.value == phone)
        )
        certificate = Certificate(
            shop_id=db.shop.id,
            pool_id=pool.id,
            code=f"SEED-GIFT-{place + 1}",
            status="active",
            nominal=5000.0,
            balance=3980.0 if place == 0 else 5000.0,
            owner=phone,
            owner_name=name,
            buyer=next(iter(orders)),
            created=db.now - timedelta(days=40),
            activated=db.now - timedelta(days=39),
            expiration=db.now.date() + timedelta(days=326),
        )
        db.add(certificate)
        db.flush()
        moved = [(5000.0, "created", None)] + ([(-1020.0, "order", order)] if place == 0 else [])
        put(
            db,
            CertificateMovement,
            [
                {
                    "certificate_id": certificate.id,
                    "at": db.now - timedelta(days=39),
                    "amount": amount,
                    "event": event,
                    "order_number": number,
                    "identifier": phone,
                }
                for amount, event, number in moved
            ],
        )
