"""The loyalty programme of the demo shop: members, bonuses, promotions, certificates, referrals, stickers, a plan."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from zlib import crc32

from sqlalchemy import select

from app.engine.seed.certificates import certificates
from app.engine.seed.keep import put
from app.engine.store.customers import Identity
from app.engine.store.loyalty_bonuses import BonusMovement
from app.engine.store.loyalty_members import LoyaltyMember, ReferralCode, ReferralProgram
from app.engine.store.loyalty_orders import LoyaltyOrder, PaidPlan, PlanMember, Sticker, StickerCampaign
from app.engine.store.loyalty_promos import LoyaltyPromotion

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from app.engine.store.db import Db

Row = dict[str, Any]
ANNA, VERA = "447700900101", "79990000002"
LEVELS: tuple[tuple[str | None, str | None], ...] = (("Gold", "gold"), ("Silver", "silver"), (None, None))
ALL_PRODUCTS: Row = {"amount_type": "percentage", "include_products": [], "exclude_products": []}
PROMOTIONS: tuple[Row, ...] = (
    {
        "name": "5 % back for members",
        "reward_type": "bonuses_earn",
        "members_only": True,
        "rules": ALL_PRODUCTS | {"amount_value": 5},
    },
    {
        "name": "Rain week: 20 % off",
        "reward_type": "discount",
        "badge_label": "-20%",
        "badge_color": "#2266AA",
        "description": "Everything for the rain.",
        "rules": ALL_PRODUCTS
        | {"amount_value": 20, "include_products": [{"category": {"values": ["146", "480"], "operator": "in"}}]},
    },
    {
        "name": "SPOKE10: 10 % off",
        "reward_type": "discount",
        "promo_code": "SPOKE10",
        "rules": ALL_PRODUCTS | {"amount_value": 10},
    },
    {
        "name": "Bonuses pay up to 30 %",
        "reward_type": "bonuses_usage",
        "members_only": True,
        "rules": ALL_PRODUCTS | {"amount_value": 30},
    },
)
UNSET = (
    *("description", "start", "finish", "from_time", "to_time"),
    *("stream", "location", "promo_code", "badge_label", "badge_color"),
)
EMPTY_PROMOTION: Row = dict.fromkeys(UNSET) | {"members_only": False, "is_active": True}
BENEFITS: list[Row] = [
    {"code": "free_delivery", "name": "Free delivery", "data_type": "boolean", "value": True},
    {"code": "services", "name": "Free services a year", "data_type": "integer", "value": 2},
]


def loyalty(db: Db, random: Random, number: int) -> None:
    """Make the well-known members, and a number of others."""
    known = select(Identity.value).where(Identity.shop_id == db.shop.id, Identity.kind == "phone", Identity.is_main)
    cards = select(Identity.customer_id).where(Identity.shop_id == db.shop.id, Identity.kind == "loyalty_id")
    phones = list(db.scalars(known.where(Identity.customer_id.in_(cards)).order_by(Identity.id).limit(number)))
    members = list(dict.fromkeys([phone for phone in (ANNA, VERA) if phone in phones] + phones))
    put(db, LoyaltyMember, (_member(db, random, place, phone) for place, phone in enumerate(members)))
    put(db, BonusMovement, [row for phone in members for row in _movements(db, random, phone)])
    put(db, LoyaltyPromotion, (EMPTY_PROMOTION | promotion for promotion in PROMOTIONS))
    _referrals(db, members)
    _orders(db, random, members)
    certificates(db, {phone: _number(phone, 2) for phone in members[:4]})
    _plan(db, members)


def _member(db: Db, random: Random, place: int, phone: str) -> Row:
    name, code = LEVELS[place] if place < len(LEVELS) else random.choice(LEVELS)
    until = date(db.now.year + 1, 1, 1) if code else None
    joined = db.now - timedelta(days=random.randrange(30, 900))
    return {
        "identifier": phone,
        "is_member": True,
        "level_name": name,
        "level_code": code,
        "level_until": until,
        "joined": joined,
    }


def _movements(db: Db, random: Random, phone: str) -> Iterator[Row]:
    """Make a welcome gift, bonuses for orders, some of them pending, and some that were spent of the first."""
    gift, spent = 300, random.choice((0, 100, 200))
    common: Row = {"identifier": phone, "is_cancelled": False, "is_waiting": False, "taken": []}
    yield (
        common
        | _days(db, 90, 365)
        | {"event": "welcome", "order_number": None, "amount": gift, "remaining": gift - spent}
    )
    yield (
        common
        | _days(db, 350, 360)
        | {"event": None, "order_number": _number(phone, 1), "amount": 240, "remaining": 240}
    )
    yield (
        common
        | _days(db, 5, 365, 14)
        | {"event": None, "order_number": _number(phone, 2), "amount": 120, "remaining": 120}
    )
    if spent:
        row = {"event": None, "order_number": _number(phone, 2), "amount": -spent, "remaining": 0}
        yield common | _days(db, 5, 0) | row | {"activation": None, "expiration": None}


def _number(phone: str, place: int) -> str:
    """Number an order so that nobody's phone number can be read in it."""
    return f"L-{crc32(phone.encode()) % 10_000_000}-{place}"


def _days(db: Db, ago: int, lasts: int, waits: int = 0) -> Row:
    at = db.now.replace(microsecond=0) - timedelta(days=ago)
    return {"at": at, "activation": at.date() + timedelta(days=waits), "expiration": at.date() + timedelta(days=lasts)}


def _referrals(db: Db, members: list[str]) -> None:
    put(db, ReferralProgram, [{"number": 1, "description": "Bring a friend", "reward_percent": 5.0}])
    put(
        db,
        ReferralCode,
        ({"program": 1, "identifier": phone, "code": f"FRIEND-{place + 1}"} for place, phone in enumerate(members[:3])),
    )


def _orders(db: Db, random: Random, members: list[str]) -> None:
    """Two orders for each member, in the shape in which a checkout answers, and stickers for the older one."""
    put(
        db,
        StickerCampaign,
        [
            {"number": 2, "code": "bells", "name": "Collect bells", "status": "active", "for_each": 1000.0},
        ],
    )
    orders = [(phone, place) for phone in members for place in (1, 2)]
    put(db, LoyaltyOrder, (_order(db, random, phone, place) for phone, place in orders))
    put(
        db,
        Sticker,
        (
            {
                "campaign": 2,
                "identifier": phone,
                "at": db.now - timedelta(days=350),
                "used_in": None,
                "issued_by": _number(phone, 1),
            }
            for phone in members
            for _ in range(3)
        ),
    )


def _order(db: Db, random: Random, phone: str, place: int) -> Row:
    price, saved = float(random.choice((2490, 3990, 12900))), 200.0 if place == 2 else 0.0
    number, reward = _number(phone, place), 240 if place == 1 else 120
    item = {
        "product_id": "1042",
        "name": "Bib shorts",
        "quantity": 1,
        "price": price,
        "total": price,
        "paid_with_discounts": saved,
        "paid_with_bonuses": 0,
        "bonuses_used": 0,
        "paid_with_certificates": 0,
        "bonuses_reward": reward,
        "total_after_discounts": price - saved,
        "discountable": True,
        "total_after_discounts_per_product": price - saved,
        "bonusable": True,
        "rewardable": True,
    }
    result = {
        "order_id": number,
        "identifier": phone,
        "payment_type": "card",
        "products_total": 1,
        "order_total": price,
        "saved_total": saved,
        "saved_by_discounts": saved,
        "saved_by_bonuses": 0,
        "saved_by_offers": 0,
        "saved_by_certificates": 0,
        "order_to_pay": price - saved,
        "order_bonuses_to_charge": 0,
        "bonuses_balance": 0,
        "bonuses_reward": reward,
        "bonuses_referrer_reward": 0,
        "referrer_identifier": None,
        "referral_program": None,
        "applied_promotions": [],
        "rewarded_stickers": {},
        "used_stickers": {},
        "stickers_balance": {},
        "promo_codes": [],
        "promo_codes_failed": [],
        "certificates": [],
        "certificates_failed": [],
        "items": [item],
    }
    said = {"cart_items": [{"product_id": "1042", "price": price, "quantity": 1}], "identifier": phone}
    at = db.now.replace(microsecond=0) - timedelta(days=350 if place == 1 else 5)
    return {
        "number": number,
        "identifier": phone,
        "at": at,
        "status": "confirmed" if place == 1 else "applied",
        "said": said,
        "result": result,
    }


def _plan(db: Db, members: list[str]) -> None:
    put(db, PaidPlan, [{"subscription": "club", "plan": "year", "benefits": BENEFITS}])
    today = db.now.date()
    put(
        db,
        PlanMember,
        (
            {
                "subscription": "club",
                "plan": "year",
                "identifier": phone,
                "since": today - timedelta(days=370 - place),
                "paid_till": today + timedelta(days=30 * (1 - place)),
                "limits_reset": today + timedelta(days=10),
            }
            for place, phone in enumerate(members[:3])
        ),
    )
