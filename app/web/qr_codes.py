"""QR codes inside pages and as files: always dark on light, with the quiet zone that readers need."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import segno

LONGEST = 1000  # characters; a symbol of more is hard to read, and slow to draw (decisions.md#qr-codes)
QUIET = 4  # modules around the symbol
LEVELS = frozenset("lmqh")  # how much of a symbol may be hidden


@dataclass(frozen=True)
class Symbol:
    """A QR code as a template draws it: a square of `side` modules with one path."""

    side: int
    path: str


def draw(text: str, level: str) -> Symbol:
    """Give the outline for an SVG inside a page."""
    modules = made(text, level)
    rows = [list(row) for row in modules.matrix]
    path = "".join(_runs(row, place + QUIET) for place, row in enumerate(rows))
    return Symbol(len(rows) + 2 * QUIET, path)


def _runs(row: list[int], line: int) -> str:
    """Write the dark stretches of a row as strokes of one module's width."""
    place, found = QUIET, ""
    for dark, stretch in groupby(row, key=bool):
        width = len(list(stretch))
        if dark:
            found += f"M{place} {line}.5h{width}"
        place += width
    return found


def made(text: str, level: str) -> segno.QRCode:
    """Make the symbol of a text."""
    return segno.make_qr(text[:LONGEST], error=level if level in LEVELS else "m", boost_error=False)
