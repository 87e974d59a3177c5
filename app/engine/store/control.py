"""What the control API keeps of a shop: faults in force, and the calls that were received (docs/stage.md)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from fnmatch import fnmatchcase
from typing import Any

from sqlalchemy import Index, String, Text, delete, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.engine.store.base import Base, Json, OfShop
from app.engine.store.clock import machine_time
from app.engine.store.db import Db

KEPT_CALLS = 1000  # of a shop


class ControlFault(OfShop, Base):
    """Something that goes wrong with calls, see control.Inject."""

    __tablename__ = "control_faults"
    __table_args__ = (Index(None, "shop_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    operation: Mapped[str] = mapped_column(String(64))
    before: Mapped[bool]
    delay: Mapped[float]
    status: Mapped[int | None]
    body: Mapped[str | None] = mapped_column(Text)
    retry_after: Mapped[int | None]
    cut: Mapped[bool]
    left: Mapped[int | None]  # None: any number
    met: Mapped[int] = mapped_column(default=0)
    until: Mapped[datetime | None]  # by the clock of the machine

    @property
    def answers(self) -> bool:
        """Whether it takes the place of the answer, and does not only come late."""
        return self.cut or self.status is not None or self.body is not None


class ControlCall(OfShop, Base):
    """A call that was received."""

    __tablename__ = "control_calls"
    __table_args__ = (Index(None, "shop_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    operation: Mapped[str] = mapped_column(String(64))
    parameters: Mapped[dict[str, Any]] = mapped_column(Json)
    status: Mapped[int | None]  # None: the connection was cut
    fault: Mapped[int | None]


def faults(db: Db, shop: int) -> Sequence[ControlFault]:
    """List the faults of a shop that are in force, oldest first."""
    in_force = or_(ControlFault.until.is_(None), ControlFault.until > machine_time())
    there = select(ControlFault).where(ControlFault.shop_id == shop, in_force)
    not_used_up = or_(ControlFault.left.is_(None), ControlFault.left > 0)
    return db.scalars(there.where(not_used_up).order_by(ControlFault.id)).all()


def fault_for(db: Db, shop: int, operation: str) -> ControlFault | None:
    """Give the oldest fault in force that fits a call."""
    return next((fault for fault in faults(db, shop) if fnmatchcase(operation, fault.operation)), None)


def use(db: Db, fault: ControlFault) -> bool:
    """Count that a call meets a fault; False if others used it up meanwhile."""
    row = ControlFault.id == fault.id
    still = or_(ControlFault.left.is_(None), ControlFault.left > 0)
    counted = {"met": ControlFault.met + 1, "left": ControlFault.left - 1}
    taken = update(ControlFault).where(row, still).values(counted).returning(ControlFault.id)
    return db.scalar(taken) is not None


def mend(db: Db, number: int | None = None) -> int:
    """End one fault of the shop, or all; says how many were in force."""
    mended = [fault.id for fault in faults(db, db.shop.id) if number in {None, fault.id}]
    gone = delete(ControlFault).where(ControlFault.shop_id == db.shop.id)
    db.execute(gone if number is None else gone.where(ControlFault.id == number))
    return len(mended)


def note_call(db: Db, call: ControlCall) -> None:
    """Keep a call; the oldest of a shop that has too many are let go."""
    db.add(call)
    db.flush()
    same = ControlCall.shop_id == call.shop_id
    limit = select(ControlCall.id).where(same).order_by(ControlCall.id.desc()).offset(KEPT_CALLS).limit(1)
    if (oldest := db.scalar(limit)) is not None:
        db.execute(delete(ControlCall).where(same, ControlCall.id <= oldest))


def calls(db: Db, pattern: str, since: int, most: int) -> list[ControlCall]:
    """List calls of the shop whose operation fits a pattern, oldest first."""
    later = select(ControlCall).where(ControlCall.shop_id == db.shop.id, ControlCall.id > since)
    rows = db.scalars(later.order_by(ControlCall.id).limit(KEPT_CALLS))
    return [call for call in rows if fnmatchcase(call.operation, pattern)][:most]
