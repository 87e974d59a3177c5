"""Rows of YML, the XML in which shops tell marketplaces of their catalogue: its categories, or its offers.

What an offer says gets the names of the item schema, so nobody has to choose columns. Entities of the file's own are
refused: a few lines of them unpack to gigabytes.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from xml.parsers import expat  # entities are refused below, and expat itself limits what they unpack to

from flask_babel import gettext as _

from app.web.tables.upload import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from pydantic import JsonValue

BLOCK = 64 * 1024
LONGEST = 100_000  # characters of one element
DEEPEST = 64
ROW_OF = {"categories": "category"}  # other kinds: an offer
NAMES = {
    "currencyId": "currency",
    "vendor": "brand",
    "vendorCode": "vendor_code",
    "typePrefix": "type_prefix",
    "count": "stock_quantity",
}
TEXTS = {"url", "price", "oldprice", "name", "description", "barcode", "model", "currencyId", "vendor", "vendorCode"}
TEXTS |= {"typePrefix", "count"}
MAIN = ("id", "name", "price", "url", "picture", "categories", "available", "oldprice", "currency", "brand")
HEADERS = {
    "categories": ("id", "name", "parent", "url"),
    "products": (
        *MAIN,
        "description",
        "group_id",
        "vendor_code",
        "barcode",
        "model",
        "type_prefix",
        "stock_quantity",
        "params",
    ),
    "stock": ("id", "available"),
    "removal": ("id",),
}


class _Refused(Exception):
    """The file has something that no YML has."""


class _Parser:
    """Gathers rows while the file goes by."""

    def __init__(self, kind: str) -> None:
        self.of_row = ROW_OF.get(kind, "offer")
        self.found: list[dict[str, JsonValue]] = []
        self.row: dict[str, JsonValue] | None = None
        self.text: list[str] = []
        self.length = self.depth = 0
        self.param: dict[str, str] = {}
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._said
        self.parser.EntityDeclHandler = self._refuse

    def _refuse(self, *_entity: object) -> None:
        raise _Refused

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise _Refused
        self.text, self.length = [], 0
        if name == self.of_row:
            pairs = {"id": "id", "available": "available", "group_id": "group_id", "parentId": "parent", "url": "url"}
            self.row = {to: attributes[name] for name, to in pairs.items() if attributes.get(name)}
        elif name == "param":
            self.param = attributes

    def _said(self, text: str) -> None:
        if self.row is not None:
            self.length += len(text)
            if self.length > LONGEST:
                raise _Refused
            self.text.append(text)

    def _end(self, name: str) -> None:
        self.depth -= 1
        if self.row is None:
            return
        said = "".join(self.text).strip()
        self.text, self.length = [], 0
        if name == self.of_row:
            self.found.append(self._whole(self.row, said))
            self.row = None
        elif said and name == "categoryId":
            self._add(self.row, "categories", said)
        elif said and name == "picture":
            self.row.setdefault("picture", said)
        elif said and name == "param":
            unit = {"unit": self.param["unit"]} if "unit" in self.param else {}
            self._add(self.row, "params", {"name": self.param.get("name", ""), "value": [said], **unit})
        elif said and name in TEXTS:
            self.row[NAMES.get(name, name)] = said

    @staticmethod
    def _add(row: dict[str, JsonValue], name: str, value: JsonValue) -> None:
        listed = row.setdefault(name, [])
        if isinstance(listed, list):
            listed.append(value)

    def _whole(self, row: dict[str, JsonValue], said: str) -> dict[str, JsonValue]:
        """Give a row with its name: a category's own text; an offer may have one in three parts."""
        if self.of_row == "category":
            return row | ({"name": said} if said else {})
        if "name" not in row:
            parts = [str(row[part]) for part in ("type_prefix", "brand", "model") if part in row]
            row |= {"name": " ".join(parts)} if parts else {}
        return row


def rows(file: BinaryIO, kind: str) -> Iterator[tuple[int, dict[str, JsonValue]]]:
    """Give categories or offers with their numbers."""
    gathered = _Parser(kind)
    number = 0
    try:
        for block in iter(partial(file.read, BLOCK), b""):
            gathered.parser.Parse(block)
            some, gathered.found = gathered.found, []
            for row in some:
                number += 1
                yield number, row
        gathered.parser.Parse(b"", True)  # expat's own way to say that this was all
    except (expat.ExpatError, _Refused, LookupError, ValueError):
        words = _("This is no valid YML behind element %(number)s.", number=number)
        raise Unreadable(words) from None
