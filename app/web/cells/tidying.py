"""What is taken off a cell before it is read: a closed list. Whatever else stands in a cell makes it what it is."""

from __future__ import annotations

import re
import unicodedata

UNSEEN = r"\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
INVISIBLE = re.compile(f"[{UNSEEN}]")
AT_ENDS = re.compile(rf"\A[\s{UNSEEN}]+|[\s{UNSEEN}]+\Z")
TEXT_FORMULA = re.compile(r'="([^"]*)"')  # how text is written for spreadsheets that would take it for a number
QUOTES = (('"', '"'), ("'", "'"), ("«", "»"), ("“", "”"), ("„", "“"), ("„", "”"), ("‘", "’"), ("`", "`"))
DASHES = re.compile(r"[\u2010-\u2015\u2212\u2043\ufe58\ufe63\uff0d]")
WIDE = str.maketrans("＋（）．／", "+()./")
HIDDEN = "•••"  # stands in a masked contact or code (app/web/masking.py), so nothing with it is one
EMPTY = {"null", "n/a", "#n/a", "nan", "none", "нет", "-"}  # in lower case, any dash being the plain one


class Unfit(Exception):
    """A cell that cannot be what it should be; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def trimmed(text: str) -> str:
    """Take off what nobody sees, blanks at both ends (also no-break ones), and quotation marks around the whole."""
    trimmed_text = AT_ENDS.sub("", text)
    if formula := TEXT_FORMULA.fullmatch(trimmed_text):
        return AT_ENDS.sub("", formula[1])
    for opening, closing in QUOTES:
        inner = trimmed_text[1:-1]
        is_quoted = len(trimmed_text) > 1 and trimmed_text.startswith(opening) and trimmed_text.endswith(closing)
        if is_quoted and (opening == "'" or not {opening, closing} & set(inner)):
            return AT_ENDS.sub("", inner)
    return trimmed_text


def is_empty(text: str, *, is_id: bool = False) -> bool:
    """Whether a cell stands for nothing. In a column of IDs, so does 0."""
    plain = plain_dashes(trimmed(text)).casefold()
    return not plain or plain in EMPTY or (is_id and re.fullmatch(r"0+([.,]0+)?", plain) is not None)


def plain_dashes(text: str) -> str:
    """Write dashes of any kind as the plain one."""
    return DASHES.sub("-", text)


def plain_digits(text: str) -> str:
    """Write digits of any alphabet as ASCII ones, dashes of any kind as the plain one, blanks of any kind as one."""
    seen = INVISIBLE.sub("", text)
    digits = "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in seen)
    return " ".join(plain_dashes(digits).translate(WIDE).split())
