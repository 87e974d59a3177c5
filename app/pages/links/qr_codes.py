"""QR codes of short links: always dark on light, with the quiet zone that readers need."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from typing import Any

import segno
from flask_babel import lazy_gettext as _l

LONGEST = 1000  # characters; a symbol of more is hard to read, and slow to draw (decisions.md#qr-codes)
QUIET = 4  # modules around the symbol
LEVELS = {
    "m": _l("Medium: 15 % may be hidden"),
    "l": _l("Low: 7 %, the smallest symbol"),
    "q": _l("Quarter: 25 %"),
    "h": _l("High: 30 %, for rough surfaces"),
}
SIZES = {
    "medium": (8, _l("Medium: screens and mails")),
    "small": (4, _l("Small")),
    "large": (16, _l("Large: print")),
    "huge": (32, _l("Very large: posters")),
}


@dataclass(frozen=True)
class Symbol:
    """A QR code as a template draws it: a square of `side` modules with one path."""

    side: int
    path: str


def draw(text: str, level: str) -> Symbol:
    """Give the outline for an SVG inside a page."""
    modules = _made(text, level)
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


def svg(text: str, level: str, scale: int) -> bytes:
    """Give a file for print and design."""
    return _saved(text, level, kind="svg", scale=scale, light="#fff", xmldecl=True)


def png(text: str, level: str, scale: int) -> bytes:
    """Give a picture for mails and documents."""
    return _saved(text, level, kind="png", scale=scale)


def _saved(text: str, level: str, **how: Any) -> bytes:
    file = BytesIO()
    _made(text, level).save(file, border=QUIET, **how)
    return file.getvalue()


def _made(text: str, level: str) -> segno.QRCode:
    return segno.make_qr(text[:LONGEST], error=level if level in LEVELS else "m", boost_error=False)
