"""Reading a file in another way than was likely: another encoding, separator, sheet or row of headings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.web.tables.dialect import WHOLE_LINES
from app.web.tables.headings import MOST_ABOVE
from app.web.tables.reading import NO_HEADING, restored

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from flask import Flask

    from app.web.tables.reading import Reading

ENCODINGS = {
    "utf-8": "UTF-8",
    "cp1251": "Windows-1251",
    "koi8-r": "KOI8-R",
    "cp866": "CP866",
    "cp1252": "Windows-1252",
    "cp1250": "Windows-1250",
    "cp1254": "Windows-1254",
    "mac-cyrillic": "MacCyrillic",
    "iso-8859-5": "ISO 8859-5",
    "utf-16": "UTF-16",
    "utf-32": "UTF-32",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
}
SEPARATORS = {
    ",": _l("comma"),
    ";": _l("semicolon"),
    "\t": _l("tab"),
    "|": _l("vertical bar"),
    "^": _l("caret"),
    WHOLE_LINES: _l("none: a line is a cell"),
}


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(encodings=ENCODINGS, separators=SEPARATORS, most_above=MOST_ABOVE)
    app.add_template_filter(restored, "as_reading")


def chosen(said: Mapping[str, str], kept: Mapping[str, Any]) -> Reading:
    """Give the reading that a person chose instead of the one before; nonsense counts as nothing."""
    before = restored(kept)
    encoding = said.get("encoding", "")
    separator = said.get("separator", before.separator)
    sheet = said.get("sheet", before.sheet)
    return replace(
        before,
        encoding=encoding if before.encoding and encoding in ENCODINGS else before.encoding,
        separator=separator if separator in SEPARATORS else before.separator,
        sheet=sheet if sheet in before.sheets else before.sheet,
        heading=_heading(said.get("heading", ""), None if sheet != before.sheet else before.heading),
    )


def _heading(said: str, before: int | None) -> int | None:
    """A row that was chosen; on another sheet it is looked for again."""
    if before is None:
        return None
    return int(said) if said.isascii() and said.isdigit() and NO_HEADING <= int(said[:4]) <= MOST_ABOVE else before
