"""The account of a customer in the loyalty programme, which goes by their phone number."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeVar

from app.rees46.errors import NotFound
from app.rees46.loyalty_bonuses import MOST, Balance, History, Movement, ReadBalance
from app.rees46.loyalty_members import Membership, Status
from app.rees46.operation import Shape
from app.store.base import now
from app.web.customers.contact_state import digits
from app.web.customers.last_known import LastKnown, read_or_recall
from app.web.customers.lookup import read_profile
from app.web.panels.offered import NotOffered, ask_if_offered

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.rees46.operation import Operation
    from app.rees46.profile import Profile
    from app.store.customers import KnownCustomer

R = TypeVar("R")
SOON = timedelta(days=30)  # bonuses that end within these days are pointed out
MOST_PAGES = 4


class Account(Shape):
    """What REES46 tells of a member; a part that it does not tell is None."""

    has_phone: bool = True
    membership: Membership | None = None
    balance: Balance | None = None
    movements: list[Movement] | None = None


def account(customer: KnownCustomer, pages: int = 1) -> LastKnown[Account]:
    """Read the account; without an answer give it as it was read last."""
    return read_or_recall(Account, customer, lambda _kept: _read(customer, pages))


def _read(customer: KnownCustomer, pages: int) -> Account:
    number = _phone_of(customer)
    if not number:
        return Account(has_phone=False)
    membership = ask_if_offered(Status(identifier=number))
    if membership.member is False:
        return Account(membership=membership)
    until = now().date() + SOON
    return Account(
        membership=membership,
        balance=_told(ReadBalance(identifier=number, expire_in=until)),
        movements=_movements(number, pages),
    )


def _phone_of(customer: KnownCustomer) -> str:
    """Give the number by which members are known; the profile is read only when it is not the customer's key."""
    is_key = customer.kind == "phone"
    return number_of(customer, None if is_key else read_profile(customer.identity))


def number_of(customer: KnownCustomer, profile: Profile | None) -> str:
    """Give the number by which members are known: digits with the country code."""
    if customer.kind == "phone":
        return digits(customer.value)
    return digits(profile.phone or "") if profile else ""


def _movements(number: str, pages: int) -> list[Movement] | None:
    found: list[Movement] = []
    for page in range(pages):
        listed = _told(History(identifier=number, limit=MOST, offset=page * MOST or None))
        if listed is None:
            return found or None
        found += listed
        if len(listed) < MOST:
            break
    return found


def _told(op: Operation[R]) -> R | None:
    """Ask for a part; None where REES46 has it not for this shop or this person."""
    return told_or_none(lambda: ask_if_offered(op))


def told_or_none(read: Callable[[], R]) -> R | None:
    try:
        return read()
    except (NotFound, NotOffered):
        return None


def ends_soon(movement: Movement) -> bool:
    """Tell whether bonuses that can be spent now end within the next days."""
    day = day_of(movement.expiration_date)
    is_there = movement.status in {"confirmed", "active"} and movement.amount > 0
    return bool(is_there and day and now().date() <= day <= now().date() + SOON)


def day_of(text: str | None) -> date | None:
    """Read a day, with a time behind it or without."""
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None
