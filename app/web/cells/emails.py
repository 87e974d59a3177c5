"""E-mail addresses: one is read whole, in lower case; several are told apart where a list may hold them."""

from __future__ import annotations

import re
import unicodedata

from email_validator import SPECIAL_USE_DOMAIN_NAMES, EmailNotValidError, validate_email

from app.web.cells.tidying import Unfit, trimmed

LONGEST = 254  # characters of an address
LONGEST_CELL = 1000
NAMED = re.compile(r"[^<>@]*<([^<>]+)>")  # Name <a@b>
SPECIAL_USE_DOMAIN_NAMES.clear()  # REES46 takes `anna@shop.local`; no page is stricter (decisions.md#e-mail-addresses)
# Written by spreadsheets and people before or in an address; an address with a quoted part; the end of a number.
ODD = re.compile(r"""\A'|"|[。．｡]|\.\d+\Z""")
SEPARATORS = re.compile(r"[,;\s|]+")


def read_email(text: str) -> str | None:
    """Give an address in lower case; None when the cell is not one address and nothing else."""
    if len(text) > LONGEST_CELL:
        return None
    address = unicodedata.normalize("NFC", _unwrapped(text).lower())
    return address if _is_address(address) else None


def email_of(text: str) -> str:
    """Read an address, or raise Unfit with the reason: none, or more than one."""
    if (address := read_email(text)) is not None:
        return address
    raise Unfit("emails" if len(addresses_in(text)) > 1 else "email")


def addresses_in(text: str) -> list[str]:
    """List the addresses when a text is nothing but addresses with separators (or names) around them, else none."""
    if len(text) > LONGEST_CELL:
        return []
    parts = [part for part in re.split(r"[,;|]", text) if part.strip()]
    found = [read_email(part) for part in parts]
    if not all(found):
        found = [read_email(part) for part in SEPARATORS.split(text.strip()) if part]
    return [address for address in found if address] if all(found) else []


def _unwrapped(text: str) -> str:
    """Take off quotation marks, `Name <…>` and `mailto:`."""
    address = trimmed(text)
    if named := NAMED.fullmatch(address):
        address = trimmed(named.group(1))
    elif address.startswith("<") and address.endswith(">"):
        address = address[1:-1].strip()
    return address[7:].strip() if address[:7].lower() == "mailto:" else address


def _is_address(address: str) -> bool:
    """Whether it has the shape of an address. Names of hosts that only a local network knows are addresses, too."""
    if not 3 <= len(address) <= LONGEST or ODD.search(address) or unicodedata.normalize("NFKC", address) != address:
        return False
    try:
        validate_email(address, check_deliverability=False, globally_deliverable=False, strict=True)
    except EmailNotValidError:
        return False
    return True
