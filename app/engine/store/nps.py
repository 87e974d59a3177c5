"""NPS: what is rated, where reviews come from, and the reviews."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from app.engine.store.base import Base, OfShop
from app.engine.store.db import Db


class NpsCategory(OfShop, Base):
    """A process that is rated; its texts are Liquid templates over the customer's name."""

    __tablename__ = "nps_categories"
    __table_args__ = (UniqueConstraint("shop_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(255))
    name: Mapped[str] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    promoter_question: Mapped[str | None] = mapped_column(Text)
    passive_question: Mapped[str | None] = mapped_column(Text)
    detractor_question: Mapped[str | None] = mapped_column(Text)
    promoter_success: Mapped[str | None] = mapped_column(Text)
    passive_success: Mapped[str | None] = mapped_column(Text)
    detractor_success: Mapped[str | None] = mapped_column(Text)


class NpsChannel(OfShop, Base):
    """A place where reviews come from."""

    __tablename__ = "nps_channels"
    __table_args__ = (UniqueConstraint("shop_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(255))
    name: Mapped[str] = mapped_column(String(255))


class NpsReview(OfShop, Base):
    """What a customer thinks, once a day for each channel and category."""

    __tablename__ = "nps_reviews"
    __table_args__ = (
        UniqueConstraint("customer_id", "channel_id", "category_id", "day"),
        Index(None, "shop_id", "at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"))
    channel_id: Mapped[int] = mapped_column(ForeignKey("nps_channels.id"))
    category_id: Mapped[int] = mapped_column(ForeignKey("nps_categories.id"))
    day: Mapped[date]
    at: Mapped[datetime]
    rate: Mapped[int]
    comment: Mapped[str | None] = mapped_column(Text)
    order_id: Mapped[str | None] = mapped_column(String(255))
    published: Mapped[bool] = mapped_column(default=True)


def active_categories(db: Db) -> Sequence[NpsCategory]:
    """List what may be rated now."""
    mine = select(NpsCategory).where(NpsCategory.shop_id == db.shop.id, NpsCategory.active)
    return db.scalars(mine.order_by(NpsCategory.id)).all()


def channels(db: Db) -> Sequence[NpsChannel]:
    """List the channels."""
    return db.scalars(select(NpsChannel).where(NpsChannel.shop_id == db.shop.id).order_by(NpsChannel.id)).all()


def category_of(db: Db, code: str) -> NpsCategory | None:
    """Find an active category by its code."""
    same = NpsCategory.shop_id == db.shop.id, NpsCategory.code == code, NpsCategory.active
    return db.scalar(select(NpsCategory).where(*same))


def channel_of(db: Db, code: str) -> NpsChannel | None:
    """Find a channel by its code."""
    return db.scalar(select(NpsChannel).where(NpsChannel.shop_id == db.shop.id, NpsChannel.code == code))


def review_of(db: Db, customer: int, channel: int, category: int, day: date) -> NpsReview | None:
    """Find the review that a second one of the same day replaces."""
    same = (
        NpsReview.customer_id == customer,
        NpsReview.channel_id == channel,
        NpsReview.category_id == category,
        NpsReview.day == day,
    )
    return db.scalar(select(NpsReview).where(*same).with_for_update())


def published(
    db: Db, *, first: date | None, last: date | None, channel: str | None, category: str | None, number: int
) -> list[tuple[NpsReview, str, str]]:
    """List published reviews with the codes of their channel and category, newest first."""
    wanted = (
        select(NpsReview, NpsChannel.code, NpsCategory.code)
        .join(NpsChannel, NpsChannel.id == NpsReview.channel_id)
        .join(NpsCategory, NpsCategory.id == NpsReview.category_id)
        .where(NpsReview.shop_id == db.shop.id, NpsReview.published)
        .order_by(NpsReview.at.desc(), NpsReview.id.desc())
        .limit(number)
    )
    if first:
        wanted = wanted.where(NpsReview.at >= datetime.combine(first, time()))
    if last:
        wanted = wanted.where(NpsReview.at <= datetime.combine(last, time.max))
    if channel:
        wanted = wanted.where(NpsChannel.code == channel)
    if category:
        wanted = wanted.where(NpsCategory.code == category)
    return [(review, at, what) for review, at, what in db.execute(wanted)]
