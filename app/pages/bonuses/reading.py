"""What REES46 tells of a member, whom it knows by a phone number."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from app.rees46.errors import NotFound
from app.web.customers.contact_state import digits
from app.web.customers.lookup import read_profile
from app.web.panels.offered import NotOffered, ask_if_offered

if TYPE_CHECKING:
    from app.rees46.operation import Operation
    from app.store.customers import KnownCustomer

R = TypeVar("R")
SHOWN_OF_CODE = 4  # signs at the end


def number_of(customer: KnownCustomer) -> str:
    """Give the number by which members are known: digits with the country code."""
    if customer.kind == "phone":
        return digits(customer.value)
    profile = read_profile(customer.identity)
    return digits(profile.phone or "") if profile else ""


def told(op: Operation[R]) -> R | None:
    """Ask for a part; None where REES46 has it not for this shop or this person."""
    try:
        return ask_if_offered(op)
    except (NotFound, NotOffered):
        return None


def end_of(code: str) -> str:
    """Give as much of a secret code as tells it from others."""
    return f"•••{code[-SHOWN_OF_CODE:]}"
