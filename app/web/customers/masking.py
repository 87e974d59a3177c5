"""Contacts as those may see them who need not write to anybody: enough to tell two people apart, no more."""

from __future__ import annotations

from app.web.filters import phone
from app.web.masking import contacts_are_masked, masked


def contact_for_me(contact: str) -> str:
    """Write a contact for the person who looks, see app/web/masking.py."""
    if contacts_are_masked():
        return masked(contact)
    return contact if "@" in contact else phone(contact)
