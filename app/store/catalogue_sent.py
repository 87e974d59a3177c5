"""What the desk sent of a shop's catalogue: which products it said are in stock, and which locations there are.

REES46 lists neither. The last list of what is in stock replaces everything before it; products and removals that were
sent later change it. Whoever sends the catalogue by other ways makes it wrong, and pages say so.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import Index, LargeBinary, String, delete, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from app.store.base import Base, Id, Moment

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from sqlalchemy.orm import Session

AT_ONCE = 500  # IDs in one query


class SentStock(Base):
    """Some products of which the desk said that they are in stock, or that they are not."""

    __tablename__ = "sent_stock"
    __table_args__ = (Index("ix_sent_stock_shop", "shop_id", "id"),)

    id: Mapped[Id]
    shop_id: Mapped[int]
    import_id: Mapped[int]
    at: Mapped[Moment]
    is_in: Mapped[bool]
    ids: Mapped[bytes] = mapped_column(LargeBinary)


class SentLocation(Base):
    """A location that the desk sent."""

    __tablename__ = "sent_locations"

    shop_id: Mapped[int] = mapped_column(primary_key=True)
    location: Mapped[str] = mapped_column(String(255), primary_key=True)


def add_stock(db: Session, shop_id: int, import_id: int, ids: Sequence[str], *, is_in: bool) -> None:
    if ids:
        content = zlib.compress(msgspec.json.encode(ids), 1)
        db.add(SentStock(shop_id=shop_id, import_id=import_id, is_in=is_in, ids=content))


def replace_stock(db: Session, shop_id: int, import_id: int, ids: Sequence[str]) -> None:
    """Forget everything before: what is not listed is not in stock any more."""
    db.execute(delete(SentStock).where(SentStock.shop_id == shop_id))
    add_stock(db, shop_id, import_id, ids, is_in=True)


def has_sent_stock(db: Session, shop_id: int) -> bool:
    return db.scalar(select(SentStock.id).where(SentStock.shop_id == shop_id).limit(1)) is not None


def in_stock(db: Session, shop_id: int) -> Iterator[str]:
    """Give what is in stock by all that the desk sent, each once; what was said last counts."""
    seen: set[str] = set()
    behind: int | None = None
    while True:
        query = select(SentStock).where(SentStock.shop_id == shop_id)
        query = query if behind is None else query.where(SentStock.id < behind)
        some = db.scalar(query.order_by(SentStock.id.desc()).limit(1))
        if some is None:
            return
        behind = some.id
        for item in msgspec.json.decode(zlib.decompress(some.ids), type=list[str]):
            if item not in seen:
                seen.add(item)
                if some.is_in:
                    yield item
        db.expunge(some)


def add_locations(db: Session, shop_id: int, locations: Iterable[str]) -> None:
    wanted = list(dict.fromkeys(locations))
    for first in range(0, len(wanted), AT_ONCE):
        some = wanted[first : first + AT_ONCE]
        known = known_locations(db, shop_id, some)
        rows = [{"shop_id": shop_id, "location": one} for one in some if one not in known]
        if rows:
            db.execute(insert(SentLocation), rows)


def known_locations(db: Session, shop_id: int, locations: Collection[str]) -> set[str]:
    """Say which of these the desk sent."""
    same = select(SentLocation.location).where(SentLocation.shop_id == shop_id, SentLocation.location.in_(locations))
    return set(db.scalars(same))


def has_sent_locations(db: Session, shop_id: int) -> bool:
    return db.scalar(select(SentLocation.location).where(SentLocation.shop_id == shop_id).limit(1)) is not None
