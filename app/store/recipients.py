"""The allow-list of test recipients: to whom a live shop's test messages may go without further ado."""

from __future__ import annotations

from sqlalchemy import String, UniqueConstraint, select, tuple_
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store.base import Base, Id, Moment


class Recipient(Base):
    """Somebody who agreed to get test messages; `value` is an address in lower case or a number with its plus."""

    __tablename__ = "recipients"
    __table_args__ = (UniqueConstraint("shop_id", "kind", "value"),)

    id: Mapped[Id]
    shop_id: Mapped[int]
    kind: Mapped[str] = mapped_column(String(16))  # email or phone
    value: Mapped[str] = mapped_column(String(255))
    whose: Mapped[str] = mapped_column(String(120))
    added_by: Mapped[str] = mapped_column(String(120))
    created: Mapped[Moment]


def of_shop(db: Session, shop_id: int) -> list[Recipient]:
    query = select(Recipient).where(Recipient.shop_id == shop_id)
    return list(db.scalars(query.order_by(Recipient.whose, Recipient.id)))


def listed(db: Session, shop_id: int, who: dict[str, str]) -> set[str]:
    """Tell which of the identifiers, given by kind, are on the list."""
    pairs = [(kind, value.lower()) for kind, value in who.items()]
    query = select(Recipient.kind).where(
        Recipient.shop_id == shop_id, tuple_(Recipient.kind, Recipient.value).in_(pairs)
    )
    return set(db.scalars(query))
