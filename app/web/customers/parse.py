"""Reading what people type for a customer: phone numbers in any dress, addresses with typos, IDs."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

import phonenumbers
from phonenumbers import PhoneNumberFormat, ValidationResult

from app.web.context import settings

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

LONGEST_EMAIL, LONGEST_ID = 254, 255
LONGEST = 320  # characters of anything that is read as an identifier
FULL = 11  # digits from which on a number may be one with its country
ADDRESS = re.compile(r"[^\s<>()\[\],;:|\"«»@]+@[^\s<>()\[\],;:|\"«»@]+")
# Letters that hands and scanners put where a digit belongs.
DIGITS = str.maketrans("OoОоlIІ|ЗзБ", "00001111336")
INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
PHONE_LIKE = re.compile(r"[\d\s()+./\-]+")
PHONE_WITHIN = re.compile(r"(?<!\w)[+(]?\d[\d\s().\-]{5,}\d(?!\w)")
BETWEEN = re.compile(r"[,;|<>\"«»]+|\s/\s")


@dataclass(frozen=True)
class Reading:
    """One way to understand what was typed."""

    kind: str  # email, phone, loyalty_id, external_id, telegram_id or did
    value: str

    @property
    def identity(self) -> dict[str, str]:
        """The identifier as the calls take it."""
        return {self.kind: self.value}


def tidy(text: str) -> str:
    """Leave out what nobody sees: zero-width signs, double blanks, full-width letters."""
    return " ".join(INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).split())


def read_phone(text: str) -> str | None:
    """Give a phone number as `+79990009099`, or None when it cannot be one.

    `8 (999) …`, `7999…` and `00…` are read too. A number that its country's plan has is taken first; one
    that is only as long as it should be comes second, since examples and tests are full of those.
    """
    spoken = tidy(text[:LONGEST]).translate(DIGITS)
    if len(text) > LONGEST or not PHONE_LIKE.fullmatch(spoken):
        return None
    ways = _ways(spoken)
    for written in ways:
        number = _parsed(written)
        if number and phonenumbers.is_valid_number(number):
            return phonenumbers.format_number(number, PhoneNumberFormat.E164)
    for written in ways:
        number = _parsed(written) if written.startswith("+") else None
        if number and phonenumbers.is_possible_number_with_reason(number) == ValidationResult.IS_POSSIBLE:
            return phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return None


def _ways(spoken: str) -> list[str]:
    """Write a number as typed, then with the usual typos mended: `00` for the plus, the plus left out, `+8` for `8`."""
    digits = re.sub(r"\D", "", spoken)
    if digits.startswith("00"):
        return [f"+{digits[2:]}"]
    if spoken.startswith("+"):
        return [f"+{digits}", digits] if len(digits) >= FULL else [f"+{digits}"]
    return [digits, f"+{digits}"] if len(digits) >= FULL else [digits]


def _parsed(written: str) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(written, settings().phone_region)
    except phonenumbers.NumberParseException:
        return None


def read_email(text: str) -> str | None:
    """Give an address in lower case, or None; `mailto:`, brackets, a full stop and blanks around @ are left out."""
    if len(text) > LONGEST:
        return None
    spoken = re.sub(r"\s*@\s*", "@", tidy(text)).removeprefix("mailto:")
    found = ADDRESS.search(spoken)
    address = found.group().strip(".'").lower() if found else ""
    return address if ADDRESS.fullmatch(address) and len(address) <= LONGEST_EMAIL else None


def read_identifier(text: str) -> tuple[str, str]:
    """Give the likeliest kind and value of one identifier: an address, a phone number, else an ID of the shop's own."""
    if email := read_email(text):
        return "email", email
    if phone := read_phone(text):
        return "phone", phone
    return "external_id", tidy(text[:LONGEST])[:LONGEST_ID]


def readings(text: str) -> list[list[Reading]]:
    """Understand what was typed into the search box.

    Each inner list holds the ways to read one identifier, the likeliest first; two identifiers typed together
    (an address and a number) give two lists. Words without a digit beside an identifier are a name and left out.
    """
    spoken = re.sub(r"\s*@\s*", "@", tidy(text[:LONGEST]))
    found = [[Reading("email", email)] for part in ADDRESS.findall(spoken) if (email := read_email(part))]
    parts = [part for piece in BETWEEN.split(ADDRESS.sub(",", spoken)) for part in _parts(piece)]
    numbered = [part for part in parts if any(sign.isdigit() for sign in part)]
    found += [_of_number_or_id(part) for part in (numbered if numbered or found else parts)]
    return list({tuple(ways): ways for ways in found}.values())


def _parts(piece: str) -> list[str]:
    """Take the phone number out of words around it: `Anna 8 999 000-90-99`."""
    piece = piece.strip(" ()'").removeprefix("mailto:")
    if read_phone(piece):
        return [piece]
    number = PHONE_WITHIN.search(piece)
    if number is None or not read_phone(number.group()):
        return [piece] if piece else []
    around = (piece[: number.start()].strip(), piece[number.end() :].strip())
    return [part for part in (number.group(), *around) if part]


def _of_number_or_id(text: str) -> list[Reading]:
    phone, text = read_phone(text), text[:LONGEST_ID]
    ids = [Reading("loyalty_id", text), Reading("external_id", text), Reading("did", text)]
    return [*([Reading("phone", phone)] if phone else []), *ids]
