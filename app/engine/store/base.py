"""The base of all models of the box."""

from __future__ import annotations

from sqlalchemy import JSON, ForeignKey, MetaData
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

Json = JSON().with_variant(JSONB(), "postgresql")


class Base(DeclarativeBase):
    """Models name their constraints alike on SQLite and PostgreSQL."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class OfShop:
    """What hangs on a shop: `shop_id` is the number of its row, and what is looked up by value is indexed behind it."""

    shop_id: Mapped[int] = mapped_column(ForeignKey("shops.id"), sort_order=-1)
