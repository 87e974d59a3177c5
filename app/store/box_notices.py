"""Notices of REES46 in a box: imports of a shop that did not go as they should, as its desk read them last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Index, Select, String, UniqueConstraint, func, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.store.base import Base, Id, Json, Moment
from app.store.paging import ALWAYS, Between, within
from app.store.sweeping import delete_some

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session


class BoxNotice(Base):
    """An import of which the box left rows out. `number` is its own number of it."""

    __tablename__ = "box_notices"
    __table_args__ = (
        UniqueConstraint("shop_id", "number"),
        Index("ix_box_notices_shop", "shop_id", "id"),
        Index("ix_box_notices_unseen", "shop_id", "is_seen", "id"),
        Index("ix_box_notices_at", "at"),
    )

    id: Mapped[Id]
    shop_id: Mapped[int]
    number: Mapped[int]
    at: Mapped[Moment]
    kind: Mapped[str] = mapped_column(String(32))
    said: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)  # as the box told it
    is_seen: Mapped[bool] = mapped_column(default=False)


def keep(db: Session, shop_id: int, notices: Sequence[dict[str, Any]]) -> int:
    """Keep those that are new, and say how many there were."""
    numbers = [notice["id"] for notice in notices]
    here = select(BoxNotice.number).where(BoxNotice.shop_id == shop_id, BoxNotice.number.in_(numbers))
    known = set(db.scalars(here))
    new = [notice for notice in notices if notice["id"] not in known]
    for notice in sorted(new, key=lambda notice: int(notice["id"])):
        db.add(BoxNotice(shop_id=shop_id, number=notice["id"], kind=str(notice["kind"])[:32], said=notice))
    return len(new)


def of_shop(
    shop_id: int, kind: str = "", *, is_seen: bool | None = None, between: Between = ALWAYS
) -> Select[BoxNotice]:
    query = select(BoxNotice).where(BoxNotice.shop_id == shop_id)
    query = query.where(BoxNotice.kind == kind) if kind else query
    query = query if is_seen is None else query.where(BoxNotice.is_seen.is_(is_seen))
    return within(query, BoxNotice.at, between)


def unseen(db: Session, shop_id: int) -> int:
    query = select(func.count()).select_from(BoxNotice)
    return db.scalar(query.where(BoxNotice.shop_id == shop_id, BoxNotice.is_seen.is_(False))) or 0


def last_unseen(db: Session, shop_id: int) -> int | None:
    """Give the id of the newest that nobody of the staff has seen."""
    query = select(func.max(BoxNotice.id))
    return db.scalar(query.where(BoxNotice.shop_id == shop_id, BoxNotice.is_seen.is_(False)))


def see(db: Session, shop_id: int, up_to: int) -> None:
    """Note that somebody of the staff has seen them, up to one."""
    here = update(BoxNotice).where(BoxNotice.shop_id == shop_id, BoxNotice.is_seen.is_(False), BoxNotice.id <= up_to)
    db.execute(here.values(is_seen=True))


def forget_old(db: Session, before: datetime) -> bool:
    """Let go of some of long ago; True when there may be more."""
    return delete_some(db, BoxNotice, BoxNotice.at < before)
