"""What an order costs: promotions, then bonuses, then certificates; and what it brings. Nothing is kept here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from app.engine.store import loyalty_bonuses, loyalty_certificates, loyalty_members, loyalty_orders, loyalty_promos
from app.engine.store.db import Db
from app.engine.store.loyalty_certificates import Certificate
from app.engine.store.loyalty_promos import LoyaltyPromotion
from app.engine.store.products import products_of

USUAL_SHARE = 50  # of a product's price, in percent, that bonuses may pay; a promotion may say another
DISCOUNT, EARN, USE = "discount", "bonuses_earn", "bonuses_usage"


@dataclass
class Line:
    """A product of the cart while its price is worked out."""

    piece: dict[str, Any]
    facts: dict[str, Any]
    name: str
    discount: float = 0.0
    bonuses: int = 0
    certificates: float = 0.0
    reward: int = 0
    paid_by: dict[str, float] = field(default_factory=dict)  # what each certificate paid, by its number

    @property
    def total(self) -> float:
        return round(float(self.piece["price"]) * int(self.piece["quantity"]), 2)

    @property
    def after_discounts(self) -> float:
        return round(self.total - self.discount, 2)

    @property
    def to_pay(self) -> float:
        return round(self.after_discounts - self.bonuses - self.certificates, 2)

    def may(self, what: str) -> bool:
        """Tell whether a flag of the call allows it; left out it does."""
        return self.piece.get(what) is not False


@dataclass
class Priced:
    """What came out: the lines, and what is to be spent and given."""

    lines: list[Line]
    identifier: str | None
    balance: int = 0
    applied: list[int] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    failed_codes: list[dict[str, str]] = field(default_factory=list)
    spent: list[tuple[Certificate, float]] = field(default_factory=list)
    failed_certificates: list[dict[str, str]] = field(default_factory=list)
    referrer: str | None = None
    program: int | None = None
    referrer_reward: int = 0
    stickers: dict[str, int] = field(default_factory=dict)

    def sum(self, name: str) -> float:
        """Add one thing up over the lines."""
        return round(sum(float(getattr(line, name)) for line in self.lines), 2)


def price(db: Db, said: dict[str, Any]) -> Priced:
    """Work out an order; `said` is what the call says, by the names of the contract."""
    member = loyalty_members.member_of(db, said["identifier"]) if said.get("identifier") else None
    priced = Priced(_lines(db, said["cart_items"]), loyalty_members.number_of(db, said.get("identifier") or "") or None)
    codes = said.get("promo_codes") or []
    promotions = loyalty_promos.fitting(
        db,
        is_member=member is not None,
        clock=said.get("current_time"),
        stream=said.get("stream"),
        location=said.get("location_id"),
        codes=codes,
    )
    _reduce(priced, [promotion for promotion in promotions if promotion.reward_type == DISCOUNT])
    if priced.identifier:
        priced.balance = loyalty_bonuses.balance(db, priced.identifier, db.now.date())["active"]
    if member and said.get("charge_bonuses"):
        _use_bonuses(priced, promotions, said.get("bonuses_amount"))
    _use_certificates(db, priced, said)
    if member:
        _earn(priced, [promotion for promotion in promotions if promotion.reward_type == EARN])
        _stick(db, priced)
    _sort_codes(db, priced, promotions, codes)
    return priced


def _lines(db: Db, pieces: Sequence[dict[str, Any]]) -> list[Line]:
    known = products_of(db, (piece["product_id"] for piece in pieces))
    lines = []
    for piece in pieces:
        product = known.get(piece["product_id"])
        facts = {"sku": [piece["product_id"]], "price": piece["price"], "quantity": piece["quantity"]}
        if product:
            facts |= {"brand": [product.brand], "category": product.categories}
        lines.append(Line(piece, facts, product.name if product else "---"))
    return lines


def _worth(promotion: LoyaltyPromotion, line: Line, money: float) -> float:
    """Say how much a promotion gives for a line."""
    value = float(promotion.rules.get("amount_value") or 0)
    if promotion.rules.get("amount_type", "percentage") == "percentage":
        return round(money * min(value, 100) / 100, 2)
    return min(money, value * int(line.piece["quantity"]))


def _best(line: Line, promotions: Sequence[LoyaltyPromotion], money: float) -> tuple[float, LoyaltyPromotion] | None:
    """Choose the promotion that gives most; they do not add up."""
    worth = [
        (_worth(promotion, line, money), promotion)
        for promotion in promotions
        if loyalty_promos.matches(promotion, line.facts)
    ]
    return max(worth, key=lambda one: one[0], default=None)


def _reduce(priced: Priced, promotions: Sequence[LoyaltyPromotion]) -> None:
    for line in priced.lines:
        best = _best(line, promotions, line.total) if line.may("discountable") else None
        if best and best[0] > 0:
            line.discount = best[0]
            _note(priced, best[1])


def _use_bonuses(priced: Priced, promotions: Sequence[LoyaltyPromotion], most: int | None) -> None:
    left = priced.balance if most is None else min(priced.balance, most)
    usage = [promotion for promotion in promotions if promotion.reward_type == USE]
    for line in priced.lines:
        if not line.may("bonusable"):
            continue
        best = _best(line, usage, line.after_discounts)
        limit = best[0] if best else line.after_discounts * USUAL_SHARE / 100
        line.bonuses = min(left, int(limit))
        left -= line.bonuses
        if best and line.bonuses:
            _note(priced, best[1])


def _use_certificates(db: Db, priced: Priced, said: dict[str, Any]) -> None:
    """Use certificates one after the other, each for as much of the order as its pool lets it pay."""
    chosen: list[Certificate] = []
    for code in dict.fromkeys(said.get("certificates") or []):
        certificate = loyalty_certificates.certificate_of(db, code)
        if certificate is None or not certificate.may_be_spent(db.now.date()):
            priced.failed_certificates.append({"code": code, "message": "Certificate cannot be used"})
        else:
            chosen.append(certificate)
    if said.get("use_personal_certificates") and priced.identifier:
        mine = loyalty_certificates.of_owner(db, priced.identifier)
        chosen += [one for one in mine if one.may_be_spent(db.now.date()) and one not in chosen]
    for certificate in chosen:
        if priced.sum("total") < certificate.pool.least_order:
            priced.failed_certificates.append({"code": certificate.code, "message": "The order costs too little"})
        elif paid := _pay(priced, certificate):
            priced.spent.append((certificate, paid))


def _pay(priced: Priced, certificate: Certificate) -> float:
    """Pay with a certificate, product by product; give how much it paid."""
    left = min(certificate.balance, round(priced.sum("after_discounts") * certificate.pool.share / 100, 2))
    paid = 0.0
    for line in priced.lines:
        part = round(min(left - paid, line.to_pay), 2)
        if part > 0:
            line.certificates = round(line.certificates + part, 2)
            line.paid_by[str(certificate.id)] = part
            paid = round(paid + part, 2)
    return paid


def _earn(priced: Priced, promotions: Sequence[LoyaltyPromotion]) -> None:
    for line in priced.lines:
        best = _best(line, promotions, line.to_pay) if line.may("rewardable") else None
        if best and int(best[0]):
            line.reward = int(best[0])
            _note(priced, best[1])


def _stick(db: Db, priced: Priced) -> None:
    for number, campaign in loyalty_orders.campaigns(db).items():
        amount = int(priced.sum("to_pay") // campaign.for_each) if campaign.for_each > 0 else 0
        if campaign.status == "active" and amount:
            priced.stickers[str(number)] = amount


def _sort_codes(db: Db, priced: Priced, promotions: Sequence[LoyaltyPromotion], codes: Sequence[str]) -> None:
    """Tell the codes that did something from those that did not; a member's own code for others is none."""
    useful = {promotion.promo_code for promotion in promotions if promotion.id in priced.applied}
    for code in dict.fromkeys(codes):
        referral = None if code in useful else loyalty_members.referral_of(db, code)
        if referral and referral[0].identifier != priced.identifier and not priced.referrer:
            priced.referrer, priced.program = referral[0].identifier, referral[0].program
            priced.referrer_reward = int(priced.sum("to_pay") * referral[1] / 100)
        elif code not in useful:
            priced.failed_codes.append({"code": code, "message": "Promo code is not valid for this order"})
            continue
        priced.codes.append(code)


def _note(priced: Priced, promotion: LoyaltyPromotion) -> None:
    if promotion.id not in priced.applied:
        priced.applied.append(promotion.id)
