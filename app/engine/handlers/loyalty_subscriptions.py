"""Paid subscriptions: who has one, and what it saved them."""

from __future__ import annotations

from datetime import date, datetime, time

from app.engine.answers import Refusal, answers
from app.engine.loyalty.asked import asked_account, asked_member
from app.engine.loyalty.placed import placed
from app.engine.store.db import Db
from app.engine.store.loyalty_orders import CANCELLED, LoyaltyOrder, PlanMember, orders_of, plan_members, plan_of
from app.rees46 import loyalty_checkout
from app.rees46 import loyalty_subscriptions as subscriptions

USUAL_DEPTH = 12  # months


@answers
def members(db: Db, op: subscriptions.Members) -> list[subscriptions.Subscriber]:
    """List who has or had it."""
    if plan_of(db, op.subscription, op.plan) is None:
        raise Refusal(404, "Subscription is not found")
    return [_told(db, plan_member) for plan_member in plan_members(db, op.subscription, plan=op.plan)]


@answers
def status(db: Db, op: subscriptions.Status) -> subscriptions.Standing:
    """Tell whether somebody has it today."""
    known = _known(db, op)
    if known is None or known.paid_till < db.now.date():
        return subscriptions.Standing(message="Not a member of the subscription", member=False, benefits=[])
    plan = plan_of(db, op.subscription, known.plan)
    benefits = [subscriptions.Benefit(**benefit) for benefit in (plan.benefits if plan else [])]
    return subscriptions.Standing(message="Member of the subscription", member=True, benefits=benefits)


@answers
def join(db: Db, op: subscriptions.Join) -> subscriptions.Written:
    """Give a plan, or another one."""
    member = asked_member(db, op.identifier)
    if plan_of(db, op.subscription, op.plan) is None:
        raise Refusal(404, "Subscription plan is not found")
    known = _known(db, op)
    if known is None:
        known = PlanMember(
            shop_id=db.shop.id,
            subscription=op.subscription,
            identifier=member.identifier,
            since=db.now.date(),
            plan=op.plan,
            paid_till=op.paid_till,
        )
        db.add(known)
    known.plan, known.paid_till, known.limits_reset = op.plan, op.paid_till, op.limits_reset_date
    return subscriptions.Written(message="Joined", member=_told(db, known))


@answers
def prolong(db: Db, op: subscriptions.Prolong) -> subscriptions.Written:
    """Let it last longer."""
    known = _had(db, op)
    known.paid_till = op.paid_till
    return subscriptions.Written(message="Prolonged", member=_told(db, known))


@answers
def leave(db: Db, op: subscriptions.Leave) -> subscriptions.Written:
    """End it: yesterday was the last day."""
    known = _had(db, op)
    known.paid_till = min(known.paid_till, date.fromordinal(db.now.date().toordinal() - 1))
    return subscriptions.Written(message="Left", member=_told(db, known))


@answers
def report(db: Db, op: subscriptions.Report) -> list[subscriptions.Month]:
    """Add up orders and savings by month, newest first; months without an order are there too."""
    known, today = _had(db, op), db.now.date()
    months = [_month_before(today, back) for back in range((USUAL_DEPTH if op.depth is None else op.depth) + 1)]
    orders = [order for order in _orders(db, known, months[-1], None) if order.status != CANCELLED]
    told = []
    for month in months:
        mine = [order for order in orders if order.at.date().replace(day=1) == month]
        saved = round(sum(one.result["saved_total"] for one in mine), 2)
        told.append(subscriptions.Month(month=month.isoformat(), orders=len(mine), saved=saved))
    return told


@answers
def orders(db: Db, op: subscriptions.Orders) -> list[loyalty_checkout.Placed]:
    """List the orders of the time in which somebody had it."""
    return [placed(order, with_discounts=True) for order in _orders(db, _had(db, op), op.date_from, op.date_to)]


def _orders(db: Db, known: PlanMember, first: date | None, last: date | None) -> list[LoyaltyOrder]:
    since = max(known.since, first) if first else known.since
    until = min(known.paid_till, last) if last else known.paid_till
    found = orders_of(db, known.identifier, datetime.combine(since, time.min), datetime.combine(until, time.max))
    return list(found)


def _month_before(day: date, back: int) -> date:
    months = day.year * 12 + day.month - 1 - back
    return date(months // 12, months % 12 + 1, 1)


def _known(db: Db, op: subscriptions.OfSubscription) -> PlanMember | None:
    account = asked_account(db, op.identifier)
    return next(iter(plan_members(db, op.subscription, identifier=account.identifier)), None)


def _had(db: Db, op: subscriptions.OfSubscription) -> PlanMember:
    known = _known(db, op)
    if known is None:
        raise Refusal(404, "Subscription member is not found")
    return known


def _told(db: Db, known: PlanMember) -> subscriptions.Subscriber:
    return subscriptions.Subscriber(
        identifier=known.identifier,
        subscription=known.subscription,
        plan=known.plan,
        active=known.paid_till >= db.now.date(),
        paid_till=known.paid_till.isoformat(),
        limits_reset_date=known.limits_reset.isoformat() if known.limits_reset else None,
    )
