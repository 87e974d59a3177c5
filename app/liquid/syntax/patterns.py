"""The pieces that Liquid's lenient reading looks for. Letters, digits and blanks are those of ASCII."""

from __future__ import annotations

import re

BLANK = r"[\t\n\v\f\r ]"
NO_BLANK = r"[^\t\n\v\f\r ]"
LETTER = r"[a-zA-Z0-9_]"
NAME = rf"(?:{LETTER}|-)"
QUOTED = r"""(?:"[^"]*"|'[^']*')"""
VALUE = rf"""(?:{QUOTED}|(?:[^\t\n\v\f\r ,|'"]|{QUOTED})+)"""  # a text in quotes, or anything up to a blank, `,` or `|`
TARGET = rf"(?:\(?(?:{NAME}|[.\[\]])\)?)+"  # what `assign` and `capture` take for a name

ATTRIBUTE = re.compile(rf"({LETTER}{NAME}*){BLANK}*:{BLANK}*({VALUE})")  # limit: 3
