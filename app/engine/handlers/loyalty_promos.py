"""Promotions: all that are active, those that fit a person, and those that a cart would get."""

from __future__ import annotations

from app.engine.answers import Refusal, answers
from app.engine.loyalty.pricing import price
from app.engine.store.db import Db
from app.engine.store.identity import find
from app.engine.store.loyalty_members import member_of
from app.engine.store.loyalty_promos import LoyaltyPromotion, active, fitting
from app.rees46 import loyalty_promos as promos


@answers
def list_(db: Db, op: promos.List) -> list[promos.Promotion]:
    """List the active ones."""
    return [_promotion(one) for one in active(db, op.stream)]


@answers
def for_client(db: Db, op: promos.ForClient) -> list[promos.Promotion]:
    """List those that hold now for a person. It tells nothing of the person but whether they are a member."""
    customer = find(db, op.who())
    is_member = bool(customer and customer.phone and member_of(db, f"+{customer.phone}"))
    return [
        _promotion(one)
        for one in fitting(
            db,
            is_member=is_member,
            clock=op.current_time,
            stream=op.stream,
            location=op.location_id,
            codes=op.promo_codes or [],
        )
    ]


@answers
def cart(db: Db, op: promos.Cart) -> list[promos.Promotion]:
    """List those that a cart would get."""
    if op.identifier and not db.at.caller.has_secret:
        raise Refusal(403, "Invalid secret key")
    said = op.model_dump(mode="json", exclude_none=True, exclude={"did"})
    if not op.identifier and (customer := find(db, {"did": op.did or ""})) and customer.phone:
        said["identifier"] = f"+{customer.phone}"
    applied = price(db, said).applied
    return [_promotion(one) for one in active(db, op.stream) if one.id in applied]


def _promotion(kept: LoyaltyPromotion) -> promos.Promotion:
    return promos.Promotion(
        id=kept.id,
        name=kept.name,
        description=kept.description,
        stream=kept.stream,
        badge_label=kept.badge_label,
        badge_color=kept.badge_color,
        reward_type=kept.reward_type,
        reward_rules=kept.rules,
        start_date=kept.start.isoformat() if kept.start else None,
        finish_date=kept.finish.isoformat() if kept.finish else None,
    )
