"""Campaigns of transactional messages, and their templates for each channel and language."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.engine.store.base import Base, Json, OfShop

if TYPE_CHECKING:
    from app.engine.store.db import Db

SMS, MULTI, CHAIN = "sms", "multi", "chain"
HTML = ("html",)  # parts in which variables are escaped


class Template(OfShop, Base):
    """What a campaign says over one channel in one language. Each part is Liquid.

    sms: text · email: subject, html · web_push: title, body, url, icon ·
    mobile_push: title, subtitle, body, image, event, uri (event is web, category, product or custom), and if wanted
    badge, icon, url, payload (JSON, of a custom event), actions and action_urls (JSON lists, for Android).
    """

    __tablename__ = "templates"
    __table_args__ = (UniqueConstraint("campaign_id", "channel", "language"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id", ondelete="CASCADE"))
    channel: Mapped[str] = mapped_column(String(16))
    language: Mapped[str] = mapped_column(String(2))
    parts: Mapped[dict[str, str]] = mapped_column(Json)


class Campaign(OfShop, Base):
    """A campaign; calls name it by its code. SMS campaigns and multi-channel ones number apart."""

    __tablename__ = "campaigns"
    __table_args__ = (UniqueConstraint("shop_id", "kind", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(8))  # sms, multi or chain
    code: Mapped[str] = mapped_column(String(255))
    name: Mapped[str] = mapped_column(String(255))
    created: Mapped[datetime]
    templates: Mapped[list[Template]] = relationship(
        lazy="selectin", order_by=Template.id, cascade="all, delete-orphan", passive_deletes=True
    )


def campaign_of(db: Db, kind: str, code: str) -> Campaign | None:
    """Find a campaign of the shop by its code."""
    found = select(Campaign).where(Campaign.shop_id == db.shop.id, Campaign.kind == kind, Campaign.code == code)
    return db.scalar(found)
