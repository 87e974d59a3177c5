"""Orders of the loyalty programme, the stickers they bring, and paid subscriptions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, String, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from app.engine.store.base import Base, Json, OfShop
from app.engine.store.db import Db

APPLIED, CONFIRMED, CANCELLED = "applied", "confirmed", "cancelled"


class LoyaltyOrder(OfShop, Base):
    """An order: what was said of it, and what came out, in the shape in which it was answered."""

    __tablename__ = "loyalty_orders"
    __table_args__ = (UniqueConstraint("shop_id", "number"), Index(None, "shop_id", "identifier", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(255))
    identifier: Mapped[str | None] = mapped_column(String(255))
    at: Mapped[datetime]
    status: Mapped[str] = mapped_column(String(16))  # applied, confirmed, cancelled
    said: Mapped[dict[str, Any]] = mapped_column(Json)
    result: Mapped[dict[str, Any]] = mapped_column(Json)


class StickerCampaign(OfShop, Base):
    """A campaign in which orders bring stickers."""

    __tablename__ = "sticker_campaigns"
    __table_args__ = (UniqueConstraint("shop_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    code: Mapped[str] = mapped_column(String(255))
    name: Mapped[str] = mapped_column(String(255))
    status: Mapped[str] = mapped_column(String(16))
    for_each: Mapped[float]  # money of an order that brings one sticker


class Sticker(OfShop, Base):
    """One sticker of a member."""

    __tablename__ = "stickers"
    __table_args__ = (Index(None, "shop_id", "identifier", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign: Mapped[int]  # number of the campaign
    identifier: Mapped[str] = mapped_column(String(255))
    at: Mapped[datetime]
    issued_by: Mapped[str | None] = mapped_column(String(255))  # numbers of orders
    used_in: Mapped[str | None] = mapped_column(String(255))


class PaidPlan(OfShop, Base):
    """A plan of a paid subscription and what it gives; `benefits` in the shape of the API."""

    __tablename__ = "paid_plans"
    __table_args__ = (UniqueConstraint("shop_id", "subscription", "plan"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subscription: Mapped[str] = mapped_column(String(255))
    plan: Mapped[str] = mapped_column(String(255))
    benefits: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)


class PlanMember(OfShop, Base):
    """Who has a plan, and until when it is paid."""

    __tablename__ = "plan_members"
    __table_args__ = (UniqueConstraint("shop_id", "subscription", "identifier"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subscription: Mapped[str] = mapped_column(String(255))
    identifier: Mapped[str] = mapped_column(String(255))
    plan: Mapped[str] = mapped_column(String(255))
    since: Mapped[date]
    paid_till: Mapped[date]
    limits_reset: Mapped[date | None]


def order_of(db: Db, number: str, *, to_change: bool = False) -> LoyaltyOrder | None:
    """Find an order by its number."""
    found = select(LoyaltyOrder).where(LoyaltyOrder.shop_id == db.shop.id, LoyaltyOrder.number == number)
    return db.scalar(found.with_for_update() if to_change else found)


def orders_of(
    db: Db, identifier: str, since: datetime | None = None, until: datetime | None = None
) -> Sequence[LoyaltyOrder]:
    """List the orders of a member, newest first."""
    mine = select(LoyaltyOrder).where(LoyaltyOrder.shop_id == db.shop.id, LoyaltyOrder.identifier == identifier)
    mine = mine.where(LoyaltyOrder.at >= since) if since else mine
    mine = mine.where(LoyaltyOrder.at <= until) if until else mine
    return db.scalars(mine.order_by(LoyaltyOrder.at.desc(), LoyaltyOrder.id.desc())).all()


def campaigns(db: Db) -> dict[int, StickerCampaign]:
    """List the campaigns of stickers by their numbers."""
    found = select(StickerCampaign).where(StickerCampaign.shop_id == db.shop.id).order_by(StickerCampaign.number)
    return {campaign.number: campaign for campaign in db.scalars(found)}


def stickers_of(db: Db, identifier: str) -> Sequence[Sticker]:
    """List a member's stickers, newest first."""
    mine = Sticker.shop_id == db.shop.id, Sticker.identifier == identifier
    return db.scalars(select(Sticker).where(*mine).order_by(Sticker.at.desc(), Sticker.id.desc())).all()


def plan_of(db: Db, subscription: str, plan: str | None = None) -> PaidPlan | None:
    """Find a plan, or any of a subscription."""
    found = select(PaidPlan).where(PaidPlan.shop_id == db.shop.id, PaidPlan.subscription == subscription)
    found = found.where(PaidPlan.plan == plan) if plan else found
    return db.scalar(found.order_by(PaidPlan.id).limit(1))


def plan_members(
    db: Db, subscription: str, *, plan: str | None = None, identifier: str | None = None
) -> list[PlanMember]:
    """List who has or had a plan."""
    found = select(PlanMember).where(PlanMember.shop_id == db.shop.id, PlanMember.subscription == subscription)
    found = found.where(PlanMember.plan == plan) if plan else found
    found = found.where(PlanMember.identifier == identifier) if identifier else found
    return list(db.scalars(found.order_by(PlanMember.id)))


def take_stickers_back(db: Db, number: str) -> None:
    """Take back the stickers that an order brought, as far as they are not used."""
    theirs = Sticker.shop_id == db.shop.id, Sticker.issued_by == number, Sticker.used_in.is_(None)
    db.execute(delete(Sticker).where(*theirs), execution_options={"synchronize_session": False})
