"""How an SMS is counted: GSM-7 or UCS-2, how many parts, and which characters cost what. Source: 3GPP TS 23.038.

A text that fits GSM-7 holds 160 septets, or 153 in each part of a longer one; any other text 70 UTF-16 units, or 67.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = frozenset("\f^{}\\[~]|€")  # an escape goes before each of them: two septets
INSTEAD = {
    **dict.fromkeys("«»„“”‟″", '"'),
    **dict.fromkeys("‘’‚‛′´`", "'"),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u200a\u202f", " "),
    **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", ""),
    "…": "...", "•": "*", "×": "x", "\t": " ", "№": "No.", "™": "(TM)", "©": "(C)", "®": "(R)",
}  # fmt: skip
Encoding = Literal["GSM-7", "UCS-2"]
CAPACITY: dict[Encoding, tuple[int, int]] = {"GSM-7": (160, 153), "UCS-2": (70, 67)}  # alone, and as one of several


@dataclass(frozen=True)
class Odd:
    """A character that GSM-7 does not have: it makes the whole text UCS-2."""

    character: str
    times: int
    instead: str | None  # what GSM-7 has for it; "" to leave it out, None when there is nothing

    @property
    def name(self) -> str:
        """Its name, as Unicode gives it: what cannot be seen still has one."""
        return unicodedata.name(self.character, f"U+{ord(self.character):04X}").lower()

    @property
    def code(self) -> str:
        return f"U+{ord(self.character):04X}"


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
        """Whether it has Cyrillic letters: then only shortening saves parts, no replacing."""
        return any(odd.name.startswith("cyrillic") for odd in self.odd)

    @property
    def cheaper(self) -> str | None:
        """The same text for GSM-7, when replacing every odd character is possible."""
        if not self.odd or any(odd.instead is None for odd in self.odd):
            return None
        return "".join(instead_of(character) or "" for character in self.text)

    @property
    def runs(self) -> list[Run]:
        """The text in pieces that cost alike, for marking them."""
        return [Run("".join(piece), cost) for cost, piece in groupby(self.text, self._cost)]

    def _cost(self, character: str) -> Literal["plain", "two", "odd"]:
        if not _is_gsm(character):
            return "odd"
        return "two" if _units(character, self.encoding) == 2 else "plain"


def count(text: str) -> Counted:
    """Count a text as a network would: a character of two units never straddles two parts."""
    text = text.replace("\r\n", "\n")
    odd = tuple(
        Odd(character, text.count(character), instead_of(character))
        for character in dict.fromkeys(text)
        if not _is_gsm(character)
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


def instead_of(character: str) -> str | None:
    """What GSM-7 has for a character: itself, a likeness, an accented letter without its accent; None for nothing."""
    if _is_gsm(character):
        return character
    if character in INSTEAD:
        return INSTEAD[character]
    bare = unicodedata.normalize("NFKD", character)
    plain = "".join(one for one in bare if not unicodedata.combining(one))
    return plain if plain and plain != character and all(_is_gsm(one) for one in plain) else None


def _is_gsm(character: str) -> bool:
    return character in BASIC or character in EXTENDED


def _units(character: str, encoding: Encoding) -> int:
    if encoding == "GSM-7":
        return 2 if character in EXTENDED else 1
    return 2 if ord(character) > 0xFFFF else 1  # beyond it UTF-16 takes a pair
