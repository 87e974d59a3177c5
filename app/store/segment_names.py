"""What people call segments: REES46 gives bare ids, the desk keeps a name, a purpose and an owner for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Index, String, UniqueConstraint, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store.base import Base, Id, Moment, now

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

MOST = 1000  # rows of the list


class SegmentName(Base):
    """A segment as the desk knows it. `kind` is what REES46 said of it, empty while it has not been met."""

    __tablename__ = "segment_names"
    __table_args__ = (
        UniqueConstraint("shop_id", "segment_id"),
        Index("ix_segment_names_shop", "shop_id", "name", "id"),
    )

    id: Mapped[Id]
    shop_id: Mapped[int]
    segment_id: Mapped[str] = mapped_column(String(255))
    name: Mapped[str] = mapped_column(String(120), default="")
    purpose: Mapped[str] = mapped_column(String(500), default="")
    owner: Mapped[str] = mapped_column(String(120), default="")
    kind: Mapped[str] = mapped_column(String(16), default="")  # static or dynamic
    changed: Mapped[Moment]

    @property
    def all_words(self) -> str:
        return f"{self.name}\n{self.purpose}\n{self.owner}\n{self.segment_id}"

    @property
    def is_dynamic(self) -> bool:
        return self.kind == "dynamic"


def listed(db: Session, shop_id: int, words: str = "", kind: str = "") -> list[SegmentName]:
    """List the segments of a shop by name, those without one last; `words` is part of a name, purpose, owner or id.

    A shop has dozens of segments. They are sifted here because SQLite knows no capitals but Latin ones.
    """
    query = select(SegmentName).where(SegmentName.shop_id == shop_id)
    if kind:
        query = query.where(SegmentName.kind == kind)
    found = db.scalars(query.order_by(SegmentName.name == "", SegmentName.name, SegmentName.id).limit(MOST))
    return [row for row in found if words.casefold() in row.all_words.casefold()]


def by_id(db: Session, shop_id: int, segment_id: str) -> SegmentName | None:
    return db.scalar(select(SegmentName).where(SegmentName.shop_id == shop_id, SegmentName.segment_id == segment_id))


def by_ids(db: Session, shop_id: int, ids: Collection[str]) -> dict[str, SegmentName]:
    query = select(SegmentName).where(SegmentName.shop_id == shop_id, SegmentName.segment_id.in_(ids))
    return {row.segment_id: row for row in db.scalars(query)}


def called(db: Session, shop_id: int, name: str) -> list[SegmentName]:
    """Find segments by their whole name, capitals aside."""
    return [row for row in listed(db, shop_id, name) if row.name.casefold() == name.casefold()]


def keep(db: Session, shop_id: int, segment_id: str, *, name: str, purpose: str, owner: str) -> SegmentName:
    """Name a segment, or name it anew."""
    row = by_id(db, shop_id, segment_id)
    if row is None:
        row = SegmentName(shop_id=shop_id, segment_id=segment_id)
        db.add(row)
    row.name, row.purpose, row.owner, row.changed = name.strip(), purpose.strip(), owner.strip(), now()
    db.flush()
    return row


def meet(db: Session, shop_id: int, kinds: Mapping[str, str]) -> None:
    """Note segments that REES46 told of, id and kind."""
    known = by_ids(db, shop_id, list(kinds))
    for segment_id, kind in kinds.items():
        row = known.get(segment_id)
        if row:
            row.kind = kind or row.kind
            continue
        try:
            with db.begin_nested():
                db.add(SegmentName(shop_id=shop_id, segment_id=segment_id, kind=kind))
        except IntegrityError:  # somebody met it at the same moment
            continue
