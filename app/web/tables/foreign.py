"""Files that are no tables, though they may look like text: told by how they begin."""

from __future__ import annotations

import re

BLANK = b"\xef\xbb\xbf \t\r\n"
BEGINNINGS = (
    (re.compile(rb"%PDF-"), "PDF"),
    (re.compile(rb"\{\\rtf"), "RTF"),
    (re.compile(rb"<(!doctype html|html|head|body|table|meta)\b", re.IGNORECASE), "HTML"),
    (re.compile(rb"<\?xml|<!doctype", re.IGNORECASE), "XML"),
    (re.compile(rb'\[\s*[{\[]|\{\s*"'), "JSON"),
    (re.compile(rb"begin:vcard", re.IGNORECASE), "vCard"),
    (re.compile(rb"ID;P[A-Z]*(?:;[NE])*\r?\n(?:P;P|[BC];[XY]\d|[FO];[A-Z])"), "SYLK"),
    (re.compile(rb"TABLE\r?\n0,1"), "DIF"),
)


def kind_of(content: bytes) -> str | None:
    """Name the format; None where the file may be a table."""
    begin = content[:1000].lstrip(BLANK)
    return next((name for beginning, name in BEGINNINGS if beginning.match(begin)), None)
