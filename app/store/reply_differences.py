"""In what replies of REES46 differ from the contract, counted by shop, operation and field. No value is ever kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import String, UniqueConstraint, delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store.base import Base, Id, Moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MOST = 1000  # of one shop; what comes then is not kept any more
LONGEST = 255  # characters of a field and of an example


class ReplyDifference(Base):
    """A field that was not known, was not there or could not be read, and how often; `example` is a kind of value."""

    __tablename__ = "reply_differences"
    __table_args__ = (UniqueConstraint("shop_id", "operation", "kind", "field"),)

    id: Mapped[Id]
    shop_id: Mapped[int]
    operation: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(12))  # unknown, lacking, unreadable
    field: Mapped[str] = mapped_column(String(LONGEST))
    example: Mapped[str] = mapped_column(String(LONGEST))
    first_seen: Mapped[Moment]
    last_seen: Mapped[Moment]
    times: Mapped[int]


@dataclass
class Seen:
    """How often a difference was met since it was written down last."""

    shop_id: int
    operation: str
    kind: str
    field: str
    example: str
    at: datetime
    times: int = 0


def add(db: Session, seen: Iterable[Seen]) -> None:
    """Add what was met to what is kept."""
    for one in seen:
        if _counted(db, one):
            continue
        if (db.scalar(select(func.count()).where(ReplyDifference.shop_id == one.shop_id)) or 0) >= MOST:
            continue
        try:
            with db.begin_nested():
                db.add(
                    ReplyDifference(
                        shop_id=one.shop_id,
                        operation=one.operation,
                        kind=one.kind,
                        field=one.field,
                        example=one.example,
                        first_seen=one.at,
                        last_seen=one.at,
                        times=one.times,
                    )
                )
        except IntegrityError:  # another process met it at the same moment
            _counted(db, one)


def _counted(db: Session, one: Seen) -> bool:
    row = db.scalar(
        select(ReplyDifference)
        .where(
            ReplyDifference.shop_id == one.shop_id,
            ReplyDifference.operation == one.operation,
            ReplyDifference.kind == one.kind,
            ReplyDifference.field == one.field,
        )
        .with_for_update()
    )
    if row is None:
        return False
    row.times += one.times
    row.last_seen, row.example = max(row.last_seen, one.at), one.example
    return True


def of_shop(db: Session, shop_id: int) -> Sequence[ReplyDifference]:
    """Give what was met in a shop, by operation and field."""
    query = select(ReplyDifference).where(ReplyDifference.shop_id == shop_id)
    return db.scalars(query.order_by(ReplyDifference.operation, ReplyDifference.kind, ReplyDifference.field)).all()


def forget(db: Session, shop_id: int) -> None:
    """Begin anew, for a shop whose REES46 or whose contract was brought up to date."""
    db.execute(delete(ReplyDifference).where(ReplyDifference.shop_id == shop_id))
