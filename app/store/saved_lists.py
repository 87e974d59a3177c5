"""Lists that people saved by name: which page, narrowed by what, for themselves or for everybody."""

from __future__ import annotations

import secrets

from sqlalchemy import String, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store.base import Base, Id, Moment

MOST = 100  # lists of one person in a shop


class SavedList(Base):
    """A filtered list with a name. Its query stands in URLs, so that it holds no personal data."""

    __tablename__ = "saved_lists"

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(16), unique=True, default=lambda: secrets.token_hex(6))
    shop_id: Mapped[int] = mapped_column(index=True)
    person_id: Mapped[int]
    person: Mapped[str] = mapped_column(String(120))
    endpoint: Mapped[str] = mapped_column(String(80))
    query: Mapped[str] = mapped_column(String(1000))
    title: Mapped[str] = mapped_column(String(80))
    shared: Mapped[bool] = mapped_column(default=False)
    at: Mapped[Moment]

    @property
    def pin(self) -> str:
        """What stands among the pins of a person: a number, which no page has for a name."""
        return str(self.id)


def for_person(db: Session, shop_id: int, person_id: int) -> list[SavedList]:
    """Give what a person sees: their own lists, and those that others share."""
    whose = or_(SavedList.person_id == person_id, SavedList.shared)
    return list(db.scalars(select(SavedList).where(SavedList.shop_id == shop_id, whose).order_by(SavedList.title)))


def is_full(db: Session, shop_id: int, person_id: int) -> bool:
    """Whether a person has saved as many as anybody may."""
    query = select(SavedList.id).where(SavedList.shop_id == shop_id, SavedList.person_id == person_id)
    return len(db.scalars(query.limit(MOST)).all()) == MOST
