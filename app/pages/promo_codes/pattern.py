"""Making promo codes: how many of a pattern there can be, how hard they are to guess, and drawing them."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from random import SystemRandom

CLEAR = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # without 0 and O, 1, I and L
ALPHABETS = {
    "clear": CLEAR,
    "wordless": "".join(sign for sign in CLEAR if sign not in "AEUY"),  # no vowel, so no word comes about
    "letters": "".join(sign for sign in CLEAR if sign.isalpha()),
    "digits": "0123456789",
}
GUESSES = 1_000_000  # tries that one lucky hit should cost at least
_random = SystemRandom()


@dataclass(frozen=True)
class Pattern:
    """What codes look like: drawn signs between a prefix and a suffix, with a dash after each group."""

    length: int
    alphabet: str
    prefix: str = ""
    suffix: str = ""
    group: int = 0

    @property
    def space(self) -> int:
        """How many different codes there are: exact, however large."""
        exact: int = len(set(self.alphabet)) ** self.length
        return exact

    @property
    def is_typable(self) -> bool:
        """Whether a code holds neither blanks nor invisible signs."""
        return all(sign.isprintable() and not sign.isspace() for sign in f"{self.prefix}{self.alphabet}{self.suffix}")

    def guesses(self, count: int) -> int:
        """How many tries one hit takes on average, when `count` codes are out."""
        return self.space // count

    @property
    def width(self) -> int:
        """Characters of a code."""
        dashes = (self.length - 1) // self.group if self.group else 0
        return len(self.prefix) + self.length + dashes + len(self.suffix)

    def codes(self, count: int) -> list[str]:
        """Draw as many different codes as nobody can foresee; there must be that many."""
        return [self._written(number) for number in _distinct(count, self.space)]

    def _written(self, number: int) -> str:
        signs, drawn = "".join(dict.fromkeys(self.alphabet)), ""
        for _place in range(self.length):
            number, sign = divmod(number, len(signs))
            drawn += signs[sign]
        if self.group:
            drawn = "-".join(drawn[start : start + self.group] for start in range(0, self.length, self.group))
        return f"{self.prefix}{drawn}{self.suffix}"


def _distinct(count: int, space: int) -> list[int]:
    """Draw different numbers below `space`; a crowded space is shuffled, since drawing again would take for ever."""
    if count > space:
        raise ValueError("there are not that many codes")
    if space <= 4 * count:
        return _random.sample(range(space), count)
    drawn: dict[int, None] = {}
    while len(drawn) < count:
        drawn[secrets.randbelow(space)] = None
    return list(drawn)
