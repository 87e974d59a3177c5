"""Contacts in one normal form, in which they are kept and looked up: addresses in lower case, phones as digits."""

from __future__ import annotations

import re

import phonenumbers

PLAUSIBLE = re.compile(r"\A[^@\s\"(),:;<>\[\]\\]+@([a-z0-9-]+\.)+[a-z0-9-]{2,}\Z")
DISPOSABLE = {
    "10minutemail.com",
    "dropmail.me",
    "fakeinbox.com",
    "getnada.com",
    "guerrillamail.com",
    "mailinator.com",
    "maildrop.cc",
    "mohmal.com",
    "sharklasers.com",
    "temp-mail.org",
    "tempmail.com",
    "throwawaymail.com",
    "trashmail.com",
    "yopmail.com",
}


def normal(kind: str, value: str, region: str) -> str:
    """Give a key of a customer the form in which it is kept."""
    if kind == "email":
        return address(value)
    return digits(value, region) if kind == "phone" else value.strip()


def address(email: str) -> str:
    """Write an e-mail address in lower case: no two people's differ in that alone."""
    return email.strip().lower()


def digits(phone: str, region: str) -> str:
    """Write a phone number as digits with its country code; without one, the region's rules read it.

    A plus of the sender may have become a space on its way. What is no valid number is kept as the digits it has
    (decisions.md#phone-numbers).
    """
    plain = re.sub(r"[^0-9]", "", phone)
    if phone.lstrip().startswith("+"):
        return plain
    try:
        read = phonenumbers.parse(plain, region)
    except phonenumbers.NumberParseException:
        return plain
    return f"{read.country_code}{read.national_number}" if phonenumbers.is_valid_number(read) else plain


def is_invalid(email: str) -> bool:
    """Tell whether an address cannot work, or was made to be thrown away."""
    return not PLAUSIBLE.match(email) or email.rpartition("@")[2] in DISPOSABLE
