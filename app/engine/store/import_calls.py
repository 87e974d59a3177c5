"""How many catalogue imports a shop called of late: counted in the database, so that all processes count together."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Index, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from app.engine.store.base import Base, OfShop
from app.engine.store.db import Db
from app.engine.store.shops import Shop

MINUTE = timedelta(minutes=1)


class ImportCall(OfShop, Base):
    """A call that was let through within the last minute."""

    __tablename__ = "import_calls"
    __table_args__ = (Index(None, "shop_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]


def seconds_to_wait(db: Db, a_minute: int) -> float:
    """Count a call and let it through, or give the seconds until one more is."""
    db.execute(select(Shop.id).where(Shop.id == db.shop.id).with_for_update(key_share=True))  # one at a time
    db.execute(delete(ImportCall).where(ImportCall.shop_id == db.shop.id, ImportCall.at <= db.now - MINUTE))
    calls = db.scalars(select(ImportCall.at).where(ImportCall.shop_id == db.shop.id).order_by(ImportCall.at)).all()
    if len(calls) >= a_minute:
        return max(0.0, (calls[-a_minute] + MINUTE - db.now).total_seconds())
    db.add(ImportCall(shop_id=db.shop.id, at=db.now))
    return 0.0
