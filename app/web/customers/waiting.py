"""What a customer waits for: by the lists of the whole shop, or asked for one product; and what is in their cart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.rees46.baskets import Cart, Piece
from app.rees46.errors import NotFound, Rees46Error
from app.rees46.triggers import (
    CheckBackInStock,
    CheckPriceDrop,
    Subscription,
    Waiting,
    WaitingForPrice,
    WaitingForStock,
)
from app.web.customers.contact_state import digits
from app.web.customers.lookup import read_profile
from app.web.panels.offered import NotOffered, ask_if_offered

if TYPE_CHECKING:
    from collections.abc import Collection

    from app.rees46.profile import Profile
    from app.store.customers import KnownCustomer


@dataclass(frozen=True)
class Wanted:
    """Products that somebody waits for; None is what REES46 does not tell."""

    stock: list[str] | None
    price: list[str] | None
    cart: list[Piece] | None


def waiting_for(customer: KnownCustomer) -> Wanted:
    """Ask now: the lists name the contacts of everybody who waits."""
    profile = read_profile(customer.identity)
    contacts = _contacts(customer, profile)
    return Wanted(_products(WaitingForStock(), contacts), _products(WaitingForPrice(), contacts), _cart(customer))


def is_waiting(customer: KnownCustomer, kind: str, item: str) -> bool | None:
    """Ask whether somebody waits for a product ("stock" or "price"); None where REES46 does not tell."""
    try:
        about = {**customer.identity, "item": item}
        return ask_if_offered((CheckPriceDrop if kind == "price" else CheckBackInStock).from_form(about))
    except NotOffered:
        return None


def rows_for(kind: str, item: str) -> list[Waiting | Subscription]:
    """Read the rows of a list that are about a product."""
    rows = ask_if_offered(WaitingForPrice() if kind == "price" else WaitingForStock())
    return [row for row in rows if item in _names(row)]


def _names(row: Waiting | Subscription) -> set[str | None]:
    return {row.id} if isinstance(row, Waiting) else {row.sku, row.group_id, row.barcode, row.model}


def of_customer(rows: Collection[Waiting | Subscription], customer: KnownCustomer) -> list[Waiting | Subscription]:
    """Leave the rows that name a customer."""
    contacts = _contacts(customer, read_profile(customer.identity))
    return [row for row in rows if contacts.intersection(map(plain, _who(row)))]


def _contacts(customer: KnownCustomer, profile: Profile | None) -> set[str]:
    told: list[str | None] = [customer.value]
    if profile:
        told += [profile.email, profile.phone, *profile.additional_emails, *profile.additional_phones]
    return {plain(one) for one in told if one}


def plain(contact: str) -> str:
    """One spelling of a contact, to compare by."""
    return contact.strip().casefold() if "@" in contact else digits(contact) or contact


def _products(op: WaitingForStock | WaitingForPrice, contacts: set[str]) -> list[str] | None:
    try:
        rows = ask_if_offered(op)
    except NotOffered:
        return None
    return list(dict.fromkeys(_product(row) for row in rows if contacts.intersection(map(plain, _who(row)))))


def _who(row: Waiting | Subscription) -> list[str]:
    return row.contacts if isinstance(row, Waiting) else [one for one in (row.email, row.phone) if one]


def _product(row: Waiting | Subscription) -> str:
    return row.id if isinstance(row, Waiting) else row.model or row.sku or row.group_id or row.barcode or "–"


def _cart(customer: KnownCustomer) -> list[Piece] | None:
    try:
        return ask_if_offered(Cart.from_form(customer.identity))
    except NotFound:
        return []
    except (NotOffered, Rees46Error):
        return None
