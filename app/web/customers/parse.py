"""Reading what people type for a customer: phone numbers in any dress, addresses with typos, IDs."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from app.web.cells.emails import read_email
from app.web.cells.phones import read_phone
from app.web.cells.tidying import INVISIBLE, plain_dashes, trimmed

LONGEST_ID = 255
LONGEST = 320  # characters of anything that is read as an identifier
PHONE_WITHIN = re.compile(r"(?<!\w)[+(]?\d[\d\s().\-]{5,}\d(?!\w)")
CUT = re.compile(r"\d[.,]?\d*E\+?\d", re.IGNORECASE)  # a number that a spreadsheet cut
# Letters that hands and scanners put where a digit belongs: a look-up tries the number, too.
DIGITS = str.maketrans("OoОоlIІ|ЗзБ", "00001111336")
WORDS = re.compile(r"[\s;|<>\"«»()]+|,(?=\s)|,(?=\S+@)")
BETWEEN = re.compile(r"[;|<>\"«»]+|,(?=\s|$)|\s/\s|(?<=\d),(?=\D)|(?<=\D),(?=\d)")


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


def read_identifier(text: str) -> tuple[str, str]:
    """Give the likeliest kind and value of one identifier: an address, a phone number, else an ID of the shop's own."""
    if email := read_email(text):
        return "email", email
    if phone := read_phone(text):
        return "phone", phone
    return "external_id", trimmed(text)[:LONGEST_ID]  # sign by sign: № is not No


def is_slip(text: str) -> bool:
    """Whether it is no ID either, but an address that was mistyped, a number that was cut, or too long for any."""
    is_other = "@" in text or CUT.search(text) is not None or len(text.strip()) > LONGEST_ID
    return is_other and read_identifier(text)[0] == "external_id"


def has_digit(text: str) -> bool:
    return any(sign.isdigit() for sign in text)


def may_identify(text: str) -> bool:
    return has_digit(text) or "@" in text


def is_name(text: str) -> bool:
    """Whether words were typed that identify nobody: blanks between them, and no digit and no @."""
    return len(text.split()) > 1 and not may_identify(text)


def readings(text: str) -> list[list[Reading]]:
    """Understand what was typed into the search box.

    Each inner list holds the ways to read one identifier, the likeliest first; two identifiers typed together
    (an address and a number) give two lists. Words without a digit beside an identifier are a name and left out.
    """
    spoken = re.sub(r"\s*@\s*", "@", plain_dashes(tidy(text[:LONGEST])))  # nothing is changed by a look-up
    found, rest = _addresses(spoken)
    parts = [part for piece in BETWEEN.split(rest) for part in _parts(piece)]
    numbered = [part for part in parts if has_digit(part)]
    found += [_of_number_or_id(part) for part in (numbered if numbered or found else parts)]
    return list({tuple(ways): ways for ways in found}.values())


def _addresses(spoken: str) -> tuple[list[list[Reading]], str]:
    """Take out the addresses that stand between blanks and brackets, each read whole, and give the rest."""
    found = []
    for word in WORDS.split(spoken):
        address = word.strip(",")
        if email := read_email(address) or read_email(address.removesuffix(".")):
            found.append([Reading("email", email)])
            spoken = spoken.replace(address, " , ", 1)
    return found, spoken


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
    phone, text = read_phone(text) or read_phone(text.translate(DIGITS)), text[:LONGEST_ID]
    ids = [Reading("loyalty_id", text), Reading("external_id", text), Reading("did", text)]
    return [*([Reading("phone", phone)] if phone else []), *ids]
