"""Bonuses of members: the balance, what came and went, gifts for events."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.engine.answers import Refusal, answers
from app.engine.loyalty.asked import asked_account, asked_member
from app.engine.store import loyalty_bonuses as store
from app.engine.store.db import Db
from app.engine.store.loyalty_bonuses import CONFIRMED, PENDING, BonusMovement
from app.rees46 import loyalty_bonuses as bonuses
from app.rees46.replies import Done


@answers
def read_balance(db: Db, op: bonuses.ReadBalance) -> bonuses.Balance:
    """Add up what counts today."""
    account = asked_account(db, op.identifier)
    until = op.expire_in or db.now.date() + store.IN_TWO_WEEKS
    return bonuses.Balance(expire_in=until.isoformat(), **store.balance(db, account.identifier, until))


@answers
def history(db: Db, op: bonuses.History) -> list[bonuses.Movement]:
    """List what came and went, within the days that were asked for."""
    account, today = asked_account(db, op.identifier), db.now.date()
    found = [one for one in store.movements_of(db, account.identifier) if _is_wanted(one, op, today)]
    return [_movement(one, today) for one in _page(found, op)]


@answers
def event_history(db: Db, op: bonuses.EventHistory) -> list[bonuses.EventMovement]:
    """List what was given for events, with the numbers that take it back."""
    account, today = asked_account(db, op.identifier), db.now.date()
    found = [one for one in store.movements_of(db, account.identifier) if one.event]
    return [
        bonuses.EventMovement(
            id=one.id,
            status=one.status_on(today),
            event=one.event,
            amount=one.amount,
            remaining_amount=one.remaining,
            date=f"{one.at:%Y-%m-%d}",
            activation_date=_day(one.activation),
            expiration_date=_day(one.expiration),
            cancellable=_may_be_cancelled(one, today),
        )
        for one in _page(found, op)
    ]


@answers
def reward(db: Db, op: bonuses.Reward) -> bonuses.Rewarded:
    """Give bonuses for an event, once."""
    member = asked_member(db, op.identifier)
    if store.was_given_for(db, member.identifier, op.event):
        raise Refusal(400, "Bonuses have been already rewarded for this event")
    if op.expire_in and op.expire_in < db.now.date():
        raise Refusal(400, "expire_in: the day is over")
    more = {"expiration": op.expire_in} if op.expire_in else {}
    return bonuses.Rewarded(transaction_id=store.give(db, member.identifier, op.amount, event=op.event, **more).id)


@answers
def cancel(db: Db, op: bonuses.Cancel) -> Done:
    """Take back what was given for an event. Taken back already is no error; spent in part it stays."""
    account = asked_account(db, op.identifier)
    movement = store.event_movement(db, account.identifier, op.transaction_id)
    if movement is None:
        raise Refusal(404, "Transaction is not found")
    if movement.is_cancelled:
        return Done()
    if not _may_be_cancelled(movement, db.now.date()):
        raise Refusal(400, "Could not cancel transaction in its current status")
    movement.is_cancelled, movement.remaining = True, 0
    return Done()


def _may_be_cancelled(movement: BonusMovement, today: date) -> bool:
    return movement.status_on(today) in {PENDING, CONFIRMED} and movement.remaining == movement.amount


def _is_wanted(movement: BonusMovement, op: bonuses.History, today: date) -> bool:
    if op.status and movement.status_on(today) != ("confirmed" if op.status == "active" else op.status):
        return False
    days = {"created": movement.at.date(), "activation": movement.activation, "expiration": movement.expiration}
    for name, day in days.items():
        first, last = getattr(op, f"{name}_date_from"), getattr(op, f"{name}_date_to")
        if (first and (day is None or day < first)) or (last and (day is None or day > last)):
            return False
    return True


def _page(found: Sequence[BonusMovement], op: bonuses.History | bonuses.EventHistory) -> Sequence[BonusMovement]:
    first = op.offset or 0
    return found[first : first + (op.limit or bonuses.MOST)]


def _movement(movement: BonusMovement, today: date) -> bonuses.Movement:
    return bonuses.Movement(
        date=f"{movement.at:%Y-%m-%d}",
        status=movement.status_on(today),
        amount=movement.amount,
        event_source="event" if movement.event else "order",
        event=movement.event,
        order_id=movement.order_number,
        activation_date=_day(movement.activation),
        expiration_date=_day(movement.expiration),
    )


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
