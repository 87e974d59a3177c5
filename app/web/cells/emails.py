"""E-mail addresses: one is read whole, in lower case; several are told apart where a list may hold them."""

from __future__ import annotations

import re
import unicodedata

from email_validator import SPECIAL_USE_DOMAIN_NAMES, EmailNotValidError, validate_email

from app.web.cells.tidying import HIDDEN, Unfit, trimmed

LONGEST = 254  # characters of an address
LONGEST_CELL = 1000
NAMED = re.compile(r"[^<>@]*<([^<>]+)>")  # Name <a@b>
SPECIAL_USE_DOMAIN_NAMES.clear()  # REES46 takes `anna@shop.local`; no page is stricter (decisions.md#e-mail-addresses)
# Written by spreadsheets and people before or in an address; an address with a quoted part; the end of a number.
ODD = re.compile(r"""\A'|"|[。．｡]|\.\d+\Z""")
PART = re.compile(r'(?:"[^"]*"|[^,;|])+')  # of a line; "Smith, Anna" <a@b> is one
SEPARATORS = re.compile(r"[,;\s|]+")
NAMED_BY_ANOTHER = re.compile(r"([^\s<>,;|]+@[^\s<>,;|]+)\"?\s*<(?!\1>)[^<>]*>")  # whose is c@d.ru <a@b.ru>?


def read_email(text: str) -> str | None:
    """Give an address in lower case; None when the cell is not one address and nothing else."""
    if len(text) > LONGEST_CELL:
        return None
    unwrapped = _unwrapped(text)
    written = unicodedata.normalize("NFC", unwrapped)
    if _has_signs_for_letters(unwrapped) or len(written.lower()) != len(written):
        return None  # letters that only look like others, or whose small letters are others
    address = written.lower()
    return address if _is_address(address) else None


def email_of(text: str) -> str:
    """Read an address, or raise Unfit with the reason: none, or more than one."""
    if (address := read_email(text)) is not None:
        return address
    raise Unfit("emails" if len(addresses_in(text)) > 1 else "email")


def addresses_in(text: str) -> list[str]:
    """List the addresses when a text is nothing but addresses with separators (or names) around them, else none."""
    if len(text) > LONGEST_CELL or NAMED_BY_ANOTHER.search(text):
        return []
    found = [read_email(part) for part in PART.findall(text) if part.strip()]
    if not all(found):
        found = [read_email(part) for part in SEPARATORS.split(text.strip()) if part]
    return [address for address in found if address] if all(found) else []


def parts_of(text: str) -> list[str]:
    """Cut a line of a list that names several people: each part is an address, or a fault of its own."""
    is_of_several = len(text) <= LONGEST_CELL and sum("@" in word for word in SEPARATORS.split(text)) > 1
    return [part.strip() for part in PART.findall(text) if part.strip()] if is_of_several else []


def _unwrapped(text: str) -> str:
    """Take off quotation marks, `Name <…>` and `mailto:`."""
    address = trimmed(text)
    if named := NAMED.fullmatch(address):
        address = trimmed(named.group(1))
    elif address.startswith("<") and address.endswith(">"):
        address = address[1:-1].strip()
    return address[7:].strip() if address[:7].lower() == "mailto:" else address


def _has_signs_for_letters(text: str) -> bool:
    """Whether a sign stands for another letter: the Kelvin sign for K, a wide A for A, a ligature for two."""
    written = unicodedata.normalize("NFC", text)
    return unicodedata.normalize("NFKC", written) != written or any(
        unicodedata.normalize("NFC", letter) != letter for letter in text
    )


def _is_address(address: str) -> bool:
    """Whether it has the shape of an address. A host without a dot is what a comma in `gmail,com` leaves of one."""
    if "." not in address.rpartition("@")[2] or HIDDEN in address:
        return False
    if not 3 <= len(address) <= LONGEST or ODD.search(address):
        return False
    try:
        validate_email(address, check_deliverability=False, globally_deliverable=False, strict=True)
    except EmailNotValidError:
        return False
    return True
