"""Orders of the loyalty programme: estimated, kept, confirmed, changed, given up and read."""

from __future__ import annotations

from typing import Any

from app.engine.answers import Refusal, answers
from app.engine.loyalty.asked import NOT_FOUND, asked_account
from app.engine.loyalty.placed import placed
from app.engine.loyalty.pricing import Line, Priced, price
from app.engine.store import loyalty_bonuses, loyalty_certificates, loyalty_orders
from app.engine.store.db import Db
from app.engine.store.loyalty_members import member_of
from app.engine.store.loyalty_orders import APPLIED, CANCELLED, CONFIRMED, LoyaltyOrder, Sticker
from app.rees46 import loyalty_checkout as checkout


@answers
def estimate(db: Db, op: checkout.Estimate) -> checkout.Order:
    """Say what it would cost."""
    return checkout.Order(**_result(_priced(db, _said(op)), op.order_id, op.payment_type))


@answers
def apply(db: Db, op: checkout.Apply) -> checkout.Order:
    """Keep the order; what it spends is spent, and what it brings waits."""
    order = loyalty_orders.order_of(db, op.order_id, to_change=True)
    if order and order.status != APPLIED:
        raise Refusal(400, "Could not apply order in its current status")
    said = _said(op)
    if order is None:
        order = LoyaltyOrder(shop_id=db.shop.id, number=op.order_id, at=db.now, status=APPLIED, said=said, result={})
        db.add(order)
    return checkout.Order(**_kept(db, order, said))


@answers
def confirm(db: Db, op: checkout.Confirm) -> checkout.Ended:
    """Let what it brings become active."""
    order = _order_to(db, op.order_id, "confirm", unless=CANCELLED)
    if order.status == APPLIED:
        order.status = CONFIRMED
        _reward(db, order)
    return checkout.Ended(order_id=order.number, identifier=order.identifier)


@answers
def cancel(db: Db, op: checkout.Cancel) -> checkout.Ended:
    """Give back what it spent."""
    order = _order_to(db, op.order_id, "cancel", unless=CONFIRMED)
    if order.status == APPLIED:
        order.status = CANCELLED
        _undo(db, order)
    return checkout.Ended(order_id=order.number, identifier=order.identifier)


@answers
def change(db: Db, op: checkout.Change) -> checkout.Order:
    """Work the order out anew with what remains of it."""
    order = _order_to(db, op.order_id, "change", unless=CANCELLED)
    remains = [piece.model_dump(exclude_none=True) for piece in op.cart_items]
    had = {piece["product_id"]: piece["quantity"] for piece in order.said["cart_items"]}
    if any(piece["quantity"] > had.get(piece["product_id"], 0) for piece in remains):
        raise Refusal(400, "cart_items: more than the order holds")
    before = order.result["order_to_pay"]
    result = _kept(db, order, order.said | {"cart_items": remains})
    if order.status == CONFIRMED:
        _reward(db, order)
    order.result = result | {"order_total_change": round(result["order_to_pay"] - before, 2)}
    return checkout.Order(**order.result)


@answers
def details(db: Db, op: checkout.Details) -> checkout.Order:
    """Read an order."""
    return checkout.Order(**_order(db, op.order_id).result)


@answers
def history(db: Db, op: checkout.History) -> list[checkout.Placed]:
    """List the orders of a member."""
    return [placed(order) for order in loyalty_orders.orders_of(db, asked_account(db, op.identifier).identifier)]


def _order_to(db: Db, number: str, verb: str, *, unless: str) -> LoyaltyOrder:
    """Find the order to be changed, which a status forbids."""
    order = _order(db, number, to_change=True)
    if order.status == unless:
        raise Refusal(400, f"Could not {verb} order in its current status")
    return order


def _order(db: Db, number: str, *, to_change: bool = False) -> LoyaltyOrder:
    order = loyalty_orders.order_of(db, number, to_change=to_change)
    if order is None:
        raise Refusal(404, f"Order {number} not found")
    return order


def _said(op: checkout.Bought) -> dict[str, Any]:
    return op.model_dump(mode="json", exclude_none=True, exclude={"order_id"})


def _priced(db: Db, said: dict[str, Any]) -> Priced:
    ids = [piece["product_id"] for piece in said["cart_items"]]
    if len(ids) != len(set(ids)):
        raise Refusal(400, "Cart contains line items with the same product ID")
    if said.get("charge_bonuses") and not (said.get("identifier") and member_of(db, said["identifier"])):
        raise Refusal(400, NOT_FOUND)
    return price(db, said)


def _kept(db: Db, order: LoyaltyOrder, said: dict[str, Any]) -> dict[str, Any]:
    """Give back what the order spent before, work it out and spend anew."""
    _undo(db, order)
    priced = _priced(db, said)
    order.identifier, order.said = priced.identifier, said
    order.result = _result(priced, order.number, said.get("payment_type"))
    db.flush()
    if priced.identifier:
        loyalty_bonuses.spend(db, priced.identifier, int(priced.sum("bonuses")), order.number)
        if reward := int(priced.sum("reward")):
            loyalty_bonuses.give(db, priced.identifier, reward, order_number=order.number, is_waiting=True)
    for certificate, amount in priced.spent:
        loyalty_certificates.spend(db, certificate, amount, order.number, priced.identifier)
    return order.result


def _undo(db: Db, order: LoyaltyOrder) -> None:
    loyalty_bonuses.undo(db, order.number)
    loyalty_certificates.undo(db, order.number)
    loyalty_orders.take_stickers_back(db, order.number)


def _reward(db: Db, order: LoyaltyOrder) -> None:
    """Give what the order brings: to the buyer, to whoever brought them, and stickers."""
    for movement in loyalty_bonuses.of_order(db, order.number):
        movement.is_waiting = False
    result = order.result
    if result["referrer_identifier"] and result["bonuses_referrer_reward"]:
        loyalty_bonuses.give(
            db, result["referrer_identifier"], int(result["bonuses_referrer_reward"]), order_number=order.number
        )
    db.add_all(
        Sticker(
            shop_id=db.shop.id, campaign=int(campaign), identifier=order.identifier, at=db.now, issued_by=order.number
        )
        for campaign, amount in result["rewarded_stickers"].items()
        for _ in range(amount)
    )
    db.flush()


def _result(priced: Priced, order_id: str | None, payment_type: str | None) -> dict[str, Any]:
    saved = {
        "discounts": priced.sum("discount"),
        "bonuses": priced.sum("bonuses"),
        "offers": 0.0,
        "certificates": priced.sum("certificates"),
    }
    return {
        "order_id": order_id,
        "identifier": priced.identifier,
        "payment_type": payment_type,
        "products_total": sum(line.piece["quantity"] for line in priced.lines),
        "order_total": priced.sum("total"),
        "saved_total": round(sum(saved.values()), 2),
        "order_to_pay": priced.sum("to_pay"),
        "order_bonuses_to_charge": priced.sum("bonuses"),
        "bonuses_balance": priced.balance,
        "bonuses_reward": priced.sum("reward"),
        "bonuses_referrer_reward": priced.referrer_reward,
        "referrer_identifier": priced.referrer,
        "referral_program": priced.program,
        "applied_promotions": priced.applied,
        "rewarded_stickers": priced.stickers,
        "used_stickers": {},
        "stickers_balance": {},
        "promo_codes": priced.codes,
        "promo_codes_failed": priced.failed_codes,
        "certificates": [{"id": one.id, "code": one.code, "amount": amount} for one, amount in priced.spent],
        "certificates_failed": priced.failed_certificates,
        "items": [_item(line) for line in priced.lines],
    } | {f"saved_by_{name}": amount for name, amount in saved.items()}


def _item(line: Line) -> dict[str, Any]:
    pieces = line.piece["quantity"]
    return {
        "product_id": line.piece["product_id"],
        "name": line.name,
        "quantity": pieces,
        "price": line.piece["price"],
        "total": line.total,
        "paid_with_offers": 0,
        "paid_with_referral_discounts": 0,
        "paid_with_discounts": line.discount,
        "paid_with_bonuses": line.bonuses,
        "bonuses_used": line.bonuses,
        "paid_with_certificates": line.certificates,
        "certificates": line.paid_by,
        "bonuses_reward": line.reward,
        "total_after_discounts": line.after_discounts,
        "total_after_discounts_per_product": round(line.after_discounts / pieces, 2),
    } | {name: line.may(name) for name in ("discountable", "bonusable", "rewardable")}
