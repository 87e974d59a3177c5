"""Customers: what a shop knows of a person, and by which keys that person is known."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.engine.store.base import Base, Json, OfShop
from app.engine.store.batches import batches
from app.engine.store.db import Db

# The keys of a person, in the order in which they decide whom a call is about (rees46.md#identity).
KINDS = ("email", "phone", "external_id", "loyalty_id", "telegram_id")
SEVERAL = ("email", "phone", "loyalty_id")  # kinds of which a person keeps the former ones too
LONGEST = 255  # characters of any text of a profile


class Identity(OfShop, Base):
    """A key of a customer: addresses in lower case, phone numbers as digits. No two customers of a shop share one."""

    __tablename__ = "identities"
    __table_args__ = (UniqueConstraint("shop_id", "kind", "value"), Index(None, "customer_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(16))
    value: Mapped[str] = mapped_column(String(LONGEST))
    is_main: Mapped[bool] = mapped_column(default=True)  # the others are shown as additional


class Customer(OfShop, Base):
    """A person, or a device of which nothing more is known yet."""

    __tablename__ = "customers"
    __table_args__ = (Index(None, "shop_id", "birthday"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    created: Mapped[datetime]
    first_name: Mapped[str | None] = mapped_column(String(LONGEST))
    middle_name: Mapped[str | None] = mapped_column(String(LONGEST))
    last_name: Mapped[str | None] = mapped_column(String(LONGEST))
    gender: Mapped[str | None] = mapped_column(String(1))
    birthday: Mapped[date | None]
    age: Mapped[int | None]
    location: Mapped[str | None] = mapped_column(String(LONGEST))
    fb_id: Mapped[str | None] = mapped_column(String(LONGEST))
    vk_id: Mapped[str | None] = mapped_column(String(LONGEST))
    loyalty_card_location: Mapped[str | None] = mapped_column(String(LONGEST))
    loyalty_status: Mapped[str | None] = mapped_column(String(LONGEST))
    loyalty_bonuses: Mapped[int | None]
    loyalty_bonuses_to_next_level: Mapped[int | None]
    bought_something: Mapped[bool | None]
    kids: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    auto: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    tags: Mapped[list[str]] = mapped_column(Json, default=list)
    custom_properties: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    identities: Mapped[list[Identity]] = relationship(
        lazy="selectin", order_by=Identity.id, cascade="all, delete-orphan", passive_deletes=True
    )

    def main(self, kind: str) -> str | None:
        """Give the key of a kind that this customer goes by."""
        return next((known.value for known in self.identities if known.kind == kind and known.is_main), None)

    def additional(self, kind: str) -> list[str]:
        """Give the other keys of a kind that lead to this customer."""
        return [known.value for known in self.identities if known.kind == kind and not known.is_main]

    @property
    def email(self) -> str | None:
        """The e-mail address, in lower case."""
        return self.main("email")

    @property
    def phone(self) -> str | None:
        """The phone number, digits only."""
        return self.main("phone")

    @property
    def is_anonymous(self) -> bool:
        """Whether only devices lead to this customer."""
        return not self.identities


def main_contacts(db: Db, customers: Collection[int]) -> dict[int, dict[str, str]]:
    """Give the address and the number that customers go by, by customer and kind."""
    found: dict[int, dict[str, str]] = {}
    contacts = Identity.is_main, Identity.kind.in_(("email", "phone"))
    for some in batches(sorted(customers)):
        wanted = select(Identity.customer_id, Identity.kind, Identity.value).where(
            Identity.customer_id.in_(some), *contacts
        )
        for customer, kind, value in db.execute(wanted):
            found.setdefault(customer, {})[kind] = value
    return found
