"""Locations of a shop: cities, states, shops and pick-up points, by the shop's own IDs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Index, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from app.engine.store.base import Base, Json, OfShop
from app.engine.store.db import Db


class Location(OfShop, Base):
    """A location. Its parent is named by the shop's ID and may come later."""

    __tablename__ = "locations"
    __table_args__ = (UniqueConstraint("shop_id", "external_id"), Index(None, "shop_id", "listed", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    external_id: Mapped[str] = mapped_column(String(255))
    name: Mapped[str] = mapped_column(Text)
    parent: Mapped[str | None] = mapped_column(String(255))
    kind: Mapped[str | None] = mapped_column(String(255))  # city, store, state, …
    groups: Mapped[list[str]] = mapped_column(Json, default=list)
    discount_percent: Mapped[float | None]
    search_level_up: Mapped[int | None]  # how many levels up a search may look
    listed: Mapped[int | None]  # the last job that named it


def locations_of(db: Db) -> Sequence[Location]:
    """List the shop's locations in the order in which they came."""
    return db.scalars(select(Location).where(Location.shop_id == db.shop.id).order_by(Location.id)).all()


def with_those_searched(db: Db, ids: Iterable[str]) -> list[str]:
    """Add to locations those above them, as far up as each says that a search may look; the nearest come first."""
    found = list(dict.fromkeys(ids))
    if not found:
        return []
    known = {one.external_id: one for one in locations_of(db)}
    climbing = [(place, min(place.search_level_up or 0, len(known))) for one in found if (place := known.get(one))]
    while climbing:
        above = [(known.get(place.parent or ""), levels - 1) for place, levels in climbing if levels > 0]
        climbing = [(place, levels) for place, levels in above if place]
        found += [place.external_id for place, _ in climbing]
    return list(dict.fromkeys(found))
