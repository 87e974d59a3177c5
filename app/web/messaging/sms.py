"""How an SMS is counted: GSM-7 or UCS-2, how many parts, and which characters cost what. Source: 3GPP TS 23.038.

A text that fits GSM-7 holds 160 septets, or 153 in each part of a longer one; any other text 70 UTF-16 units, or 67.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from app.web.messaging.sms_advice import (
    EXTENDED,
    LookAlike,
    clusters,
    instead_of,
    is_gsm,
    look_alikes,
    replaced,
    tidied,
)

Encoding = Literal["GSM-7", "UCS-2"]
CAPACITY: dict[Encoding, tuple[int, int]] = {"GSM-7": (160, 153), "UCS-2": (70, 67)}  # alone, and as one of several


@dataclass(frozen=True)
class Odd:
    """A character that GSM-7 does not have: it makes the whole text UCS-2."""

    character: str  # with its accents, if they are written apart from it
    times: int
    instead: str | None  # what GSM-7 has for it; "" to leave it out, None when there is nothing

    @property
    def name(self) -> str:
        """Its name, as Unicode gives it: what cannot be seen still has one."""
        return ", ".join(unicodedata.name(one, f"U+{ord(one):04X}").lower() for one in self.character)

    @property
    def code(self) -> str:
        return " ".join(f"U+{ord(one):04X}" for one in self.character)


@dataclass(frozen=True)
class Run:
    """Neighbouring characters that cost alike: plain, two (septets or units), or odd (they force UCS-2)."""

    text: str
    cost: Literal["plain", "two", "odd"]


@dataclass(frozen=True)
class Counted:
    """What a text costs as an SMS."""

    text: str
    encoding: Encoding
    units: int  # septets of GSM-7, UTF-16 units of UCS-2
    parts: int
    left: int  # units that still fit into the last part
    odd: tuple[Odd, ...]

    @property
    def per_part(self) -> int:
        return CAPACITY[self.encoding][self.parts > 1]

    @property
    def is_cyrillic(self) -> bool:
        """Whether it has Cyrillic letters that belong there: then only shortening saves parts, no replacing."""
        return any(odd.name.startswith("cyrillic") and odd.instead is None for odd in self.odd)

    @property
    def look_alikes(self) -> list[LookAlike]:
        """Letters that belong to another alphabet than their word."""
        return look_alikes(self.text)

    @property
    def cheaper(self) -> str | None:
        """The same text for GSM-7, when replacing every odd character is possible."""
        return replaced(tidied(self.text)) if self.odd else None

    @property
    def tidier(self) -> str | None:
        """The same text with accents composed and look-alikes put right, where it has to stay UCS-2."""
        text = tidied(self.text)
        return text if text != self.text and self.cheaper is None else None

    @property
    def runs(self) -> list[Run]:
        """The text in pieces that cost alike, for marking them."""
        return [Run("".join(piece), cost) for cost, piece in groupby(clusters(self.text), self._cost)]

    def _cost(self, character: str) -> Literal["plain", "two", "odd"]:
        if not is_gsm(character):
            return "odd"
        return "two" if _units(character, self.encoding) == 2 else "plain"


def count(text: str) -> Counted:
    """Count a text as a network would: a character of two units never straddles two parts."""
    text = text.replace("\r\n", "\n")
    alikes = {alike.letter: alike.instead for alike in look_alikes(text)}
    seen = clusters(text)
    odd = tuple(
        Odd(character, seen.count(character), instead_of(alikes.get(character, character)))
        for character in dict.fromkeys(seen)
        if not is_gsm(character)
    )
    encoding: Encoding = "UCS-2" if odd else "GSM-7"
    sizes = [_units(character, encoding) for character in text]
    alone, together = CAPACITY[encoding]
    if (units := sum(sizes)) <= alone:
        return Counted(text, encoding, units, 1, alone - units, odd)
    parts, filled = 1, 0
    for size in sizes:
        if filled + size > together:
            parts, filled = parts + 1, 0
        filled += size
    return Counted(text, encoding, units, parts, together - filled, odd)


def _units(character: str, encoding: Encoding) -> int:
    if encoding == "GSM-7":
        return 2 if character in EXTENDED else 1
    return 2 if ord(character) > 0xFFFF else 1  # beyond it UTF-16 takes a pair
