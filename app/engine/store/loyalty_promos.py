"""Promotions: when they hold, for which products, and how much they give."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, mapped_column

from app.engine.store.base import Base, Json, OfShop
from app.engine.store.db import Db


class LoyaltyPromotion(OfShop, Base):
    """A promotion. `rules` is what the API calls reward_rules; one with a promo code holds only for who gives it."""

    __tablename__ = "loyalty_promotions"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(255))
    description: Mapped[str | None] = mapped_column(String(1000))
    start: Mapped[date | None]
    finish: Mapped[date | None]
    from_time: Mapped[str | None] = mapped_column(String(5))  # HH:MM, the hours of each day
    to_time: Mapped[str | None] = mapped_column(String(5))
    stream: Mapped[str | None] = mapped_column(String(255))
    location: Mapped[str | None] = mapped_column(String(255))
    promo_code: Mapped[str | None] = mapped_column(String(255))
    members_only: Mapped[bool] = mapped_column(default=False)
    badge_label: Mapped[str | None] = mapped_column(String(64))
    badge_color: Mapped[str | None] = mapped_column(String(16))
    reward_type: Mapped[str] = mapped_column(String(16))  # discount, bonuses_earn, bonuses_usage
    rules: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    is_active: Mapped[bool] = mapped_column(default=True)


def active(db: Db, stream: str | None = None) -> Sequence[LoyaltyPromotion]:
    """List the active promotions, whatever their days and hours; of a stream, and those of any."""
    found = select(LoyaltyPromotion).where(LoyaltyPromotion.shop_id == db.shop.id, LoyaltyPromotion.is_active)
    if stream:
        found = found.where(LoyaltyPromotion.stream.is_(None) | (LoyaltyPromotion.stream == stream))
    return db.scalars(found.order_by(LoyaltyPromotion.id)).all()


def fitting(
    db: Db, *, is_member: bool, clock: str | None, stream: str | None, location: str | None, codes: Sequence[str]
) -> list[LoyaltyPromotion]:
    """List the promotions that hold today, at this hour and place, for whoever asks."""
    today, hour = db.now.date(), clock or f"{db.now:%H:%M}"
    return [
        promotion
        for promotion in active(db, stream)
        if (promotion.start or today) <= today <= (promotion.finish or today)
        and (promotion.from_time or hour) <= hour <= (promotion.to_time or hour)
        and promotion.location in (None, location)
        and (promotion.promo_code is None or promotion.promo_code in codes)
        and (is_member or not promotion.members_only)
    ]


def matches(promotion: LoyaltyPromotion, product: dict[str, Any]) -> bool:
    """Tell whether a promotion is about a product: one rule to include it, if there are any, and none to exclude it."""
    included, excluded = promotion.rules.get("include_products") or [], promotion.rules.get("exclude_products") or []
    is_in = not included or any(_fits(rule, product) for rule in included)
    return is_in and not any(_fits(rule, product) for rule in excluded)


def _fits(rule: dict[str, Any], product: dict[str, Any]) -> bool:
    """Compare a product with all parts of a rule; a part that names nothing asks for nothing."""
    for name in ("sku", "brand", "category"):
        wanted = (rule.get(name) or {}).get("values") or []
        wanted = [wanted] if isinstance(wanted, str) else wanted
        has = set(map(str, product.get(name) or []))
        if wanted and (not has.isdisjoint(map(str, wanted))) == ((rule[name].get("operator") or "in") == "not_in"):
            return False
    return all(_compares(rule.get(name), product[name]) for name in ("price", "quantity"))


def _compares(part: dict[str, Any] | None, value: float) -> bool:
    """Compare a number; a value of 0 asks for nothing."""
    if not part or not part.get("value"):
        return True
    wanted = float(part["value"])
    return {
        "more_than_or_equal_to": value >= wanted,
        "less_than_or_equal_to": value <= wanted,
        "more_than": value > wanted,
        "less_than": value < wanted,
        "equal": value == wanted,
    }.get(str(part.get("operator")), True)
