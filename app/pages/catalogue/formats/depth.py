"""How deep a JSON text is nested, told while it is read: ijson names each place by all that stands around it.

A file of nothing but 100,000 opening brackets took 15 GB so.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from app.web.tables.upload import Unreadable

if TYPE_CHECKING:
    from typing import BinaryIO

DEEPEST = 1000
SIGNS = b'"[]{}'
OTHERS = bytes(set(range(256)) - set(SIGNS))
ESCAPED = re.compile(rb"\\.", re.DOTALL)
STRING = re.compile(rb'"[^"]*"')
OPENING, CLOSING = b"[{", b"]}"


class Shallow:
    """A file that refuses to be read on where it is nested too deeply; brackets in strings do not count."""

    def __init__(self, file: BinaryIO) -> None:
        self.file, self.depth, self.in_string, self.is_escaped = file, 0, False, False

    def read(self, size: int = -1) -> bytes:
        block = self.file.read(size)
        if self._deepest(self._brackets(block)) > DEEPEST:
            raise Unreadable(_("This JSON is nested too deeply: more than %(most)s levels.", most=DEEPEST))
        return block

    def _brackets(self, block: bytes) -> bytes:
        """Give the brackets that stand in no string."""
        text = block[1:] if self.is_escaped and block else block
        if b"\\" in text:
            text = ESCAPED.sub(b"", text)
        if block:
            self.is_escaped = text.endswith(b"\\")
        signs = (b'"' if self.in_string else b"") + text.translate(None, OTHERS)
        before, quote, _rest = STRING.sub(b"", signs).partition(b'"')
        self.in_string = bool(quote)
        return before

    def _deepest(self, brackets: bytes) -> int:
        opening, closing = (sum(brackets.count(sign) for sign in some) for some in (OPENING, CLOSING))
        deepest = self.depth + opening  # at most; it is looked at sign by sign only where that is too much
        if deepest > DEEPEST:
            depth = deepest = self.depth
            for sign in brackets:
                depth += 1 if sign in OPENING else -1
                deepest = max(deepest, depth)
        self.depth += opening - closing
        return deepest
