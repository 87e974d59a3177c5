"""Contacts as those may see them who need not write to anybody: enough to tell two people apart, no more."""

from __future__ import annotations

from app.web.customers.contact_state import digits
from app.web.filters import phone
from app.web.page import SUPPORT
from app.web.sign_in.login import me

SHOWN_OF_NUMBER = 4  # digits at the end
HIDDEN = "•••"


def contact_for_me(contact: str) -> str:
    """Write a contact for the person who looks: support and administrators see it whole."""
    if me().may(SUPPORT):
        return contact if "@" in contact else phone(contact)
    return masked(contact)


def masked(contact: str) -> str:
    """Hide most of an address or a number; of what is neither, all but its ends."""
    name, at, host = contact.partition("@")
    if at:
        return f"{name[:1]}{HIDDEN}@{host}"
    number = digits(contact)
    if len(number) > SHOWN_OF_NUMBER * 2:
        return f"{HIDDEN} {number[-SHOWN_OF_NUMBER:]}"
    return f"{contact[:1]}{HIDDEN}"
