"""Templates of UTM tags, so that a team writes its campaigns the same way every time."""

from __future__ import annotations

import secrets

from sqlalchemy import String, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store.base import Base, Id, Moment

TAGS = ("source", "medium", "campaign", "term", "content")


class UtmTemplate(Base):
    """A name, and the tags it stands for."""

    __tablename__ = "utm_templates"
    __table_args__ = (UniqueConstraint("shop_id", "name"),)

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(16), unique=True, default=lambda: secrets.token_hex(6))
    shop_id: Mapped[int]
    name: Mapped[str] = mapped_column(String(120))
    person: Mapped[str] = mapped_column(String(120))
    at: Mapped[Moment]
    source: Mapped[str] = mapped_column(String(200), default="")
    medium: Mapped[str] = mapped_column(String(200), default="")
    campaign: Mapped[str] = mapped_column(String(200), default="")
    term: Mapped[str] = mapped_column(String(200), default="")
    content: Mapped[str] = mapped_column(String(200), default="")

    @property
    def tags(self) -> dict[str, str]:
        """The tags that are set."""
        return {name: value for name in TAGS if (value := getattr(self, name))}


def of_shop(db: Session, shop_id: int) -> list[UtmTemplate]:
    return list(db.scalars(select(UtmTemplate).where(UtmTemplate.shop_id == shop_id).order_by(UtmTemplate.name)))


def has_name(db: Session, shop_id: int, name: str, but: int | None = None) -> bool:
    """Whether another template has the name."""
    found = db.scalar(select(UtmTemplate.id).where(UtmTemplate.shop_id == shop_id, UtmTemplate.name == name))
    return found is not None and found != but


def drop(db: Session, template_id: int) -> None:
    db.execute(delete(UtmTemplate).where(UtmTemplate.id == template_id))
