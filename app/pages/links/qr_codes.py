"""QR codes of short links as files for print, design and mails."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from flask_babel import lazy_gettext as _l

from app.web.qr_codes import QUIET, made

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


def svg(text: str, level: str, scale: int) -> bytes:
    """Give a file for print and design."""
    return _saved(text, level, kind="svg", scale=scale, light="#fff", xmldecl=True)


def png(text: str, level: str, scale: int) -> bytes:
    """Give a picture for mails and documents."""
    return _saved(text, level, kind="png", scale=scale)


def _saved(text: str, level: str, **how: Any) -> bytes:
    file = BytesIO()
    made(text, level).save(file, border=QUIET, **how)
    return file.getvalue()
