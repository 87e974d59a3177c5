"""IDs of a shop's own: any text is one, kept sign by sign; what a spreadsheet made of one is not."""

from __future__ import annotations

import re

from app.web.cells.spreadsheet_errors import is_cut
from app.web.cells.tidying import INVISIBLE, Unfit, trimmed

LONGEST = 255  # characters
GUARDED = re.compile(r"\A['’](?=[\d+])")  # the apostrophe that a spreadsheet put before a number
FRACTION = re.compile(r"\d+[.,]0+")
# What is written where there is no ID; as a name or a note it may be meant.
NONE = {"na", "n.a.", "nil", "undefined", "(null)", "(none)", r"\n", "?", "--", "---"}
NONE |= {"н/д", "нд", "нет данных", "(пусто)"}


def read_id(text: str) -> str | None:
    """Give an ID as it stands, or None where there is none.

    Raise Unfit with the reason: `long`, `formula`, or `cut`, `decimal` and `unseen` for what was another ID once.
    """
    written = GUARDED.sub("", trimmed(text), count=1)
    if written.casefold() in NONE:
        return None
    if len(written) > LONGEST:
        raise Unfit("long")
    if written.startswith("="):
        raise Unfit("formula")
    if is_cut(written):
        raise Unfit("cut")
    if FRACTION.fullmatch(written):
        raise Unfit("decimal")
    if INVISIBLE.search(written):
        raise Unfit("unseen")
    return written
