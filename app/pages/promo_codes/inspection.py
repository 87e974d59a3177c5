"""Looking through codes before they are uploaded: what comes twice, what is no code, what looks mistyped."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from statistics import median
from typing import Any

from app.pages.promo_codes.columns import WORDS, are_running, names_codes
from app.web.cells.spreadsheet_errors import is_cut, is_error
from app.web.cells.tidying import HIDDEN, is_empty, trimmed

LONGEST = 255  # characters of a code, as the contract has it
MOST = 50_000  # codes in one batch
SHOWN = 50  # rows of each kind that are listed
HEADINGS = WORDS | {"promo code", "promo codes", "промо-код", "промо код"}
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060\ud800-\udfff\ufeff\ufffd]")
PLAIN = re.compile(r"[A-Za-z0-9_-]+")
LATIN, CYRILLIC = re.compile(r"[A-Za-z]"), re.compile(r"[\u0400-\u04ff]")
USUAL = 0.8  # the share of codes that must have one length before the others stand out
FEW = 5  # codes among which nothing stands out

Line = tuple[int, str]  # the row as people count it, and what stands there


@dataclass
class Found:
    """Some rows of one kind: all are counted, the first are shown."""

    count: int = 0
    rows: list[tuple[int, str, str]] = field(default_factory=list)  # number, text, why

    def add(self, number: int, text: str, why: str = "") -> None:
        self.count += 1
        if len(self.rows) < SHOWN:
            self.rows.append((number, text[:LONGEST], why))


@dataclass
class Inspection:
    """The codes that can be uploaded, in their order, and what was found on the way."""

    codes: list[str] = field(default_factory=list)
    heading: str | None = None
    blank: int = 0
    twice: Found = field(default_factory=Found)
    unusable: Found = field(default_factory=Found)
    odd: Found = field(default_factory=Found)
    length: Found = field(default_factory=Found)
    usual_length: int | None = None
    pattern: dict[str, object] | None = None  # what generated codes were made of
    elsewhere: dict[str, list[str]] = field(default_factory=dict)  # the list in which codes stand already, and these

    def findings(self) -> dict[str, Any]:
        """Everything but the codes, fit to be kept."""
        found = {name: vars(getattr(self, name)) for name in ("twice", "unusable", "odd", "length")}
        alone = ("heading", "blank", "usual_length", "pattern")
        there = {name: {"count": len(codes), "first": codes[:FEW]} for name, codes in self.elsewhere.items()}
        return found | {name: getattr(self, name) for name in alone} | {"elsewhere": there}


def inspect(lines: Iterable[Line], wide: Iterable[Line] = ()) -> Inspection:
    """Go through the lines once; `wide` are rows with more cells than columns, of which none is taken."""
    seen = Inspection()
    for number, line in wide:
        seen.unusable.add(number, line, "wide")
    first: dict[str, int] = {}
    for number, line in lines:
        text = trimmed(line).strip("\"'").strip()
        if text and not first and seen.heading is None and text.casefold() in HEADINGS:
            seen.heading = text
        elif is_empty(text):
            seen.blank += 1
        elif why := why_unusable(text):
            seen.unusable.add(number, CONTROL.sub("\N{REPLACEMENT CHARACTER}", text), why)
        elif text in first:
            seen.twice.add(number, text, str(first[text]))
        else:
            first[text] = number
    seen.codes = list(first)
    seen.usual_length = usual_length(seen.codes)
    for code, why in odd(seen.codes).items():
        seen.odd.add(first[code], code, why)
    for code in unusual(seen.codes):
        seen.length.add(first[code], code, str(len(code)))
    return seen


def why_unusable(text: str) -> str:
    """Say in a word why this is no code; "" when it may be one."""
    if is_error(text):
        return "formula"
    if is_cut(text):
        return "cut"
    if HIDDEN in text:
        return "masked"
    if len(text) > LONGEST:
        return "long"
    return "sign" if CONTROL.search(text) else ""


def odd(codes: Sequence[str]) -> dict[str, str]:
    """Name the codes that are hard to type, and why: a blank inside, look-alike alphabets, signs, only case differs."""
    spelt = Counter(code.casefold() for code in codes)
    found = {code: why for code in codes if (why := _why_odd(code, twins=spelt[code.casefold()] > 1))}
    if are_running(codes):
        found |= {code: "running" for code in codes if code.isdigit()}
    return found


def unusual(codes: Sequence[str]) -> list[str]:
    """Name the codes whose length stands out."""
    if len(codes) < FEW:
        return []
    usual = usual_length(codes)
    if usual is not None:
        return [code for code in codes if len(code) != usual]
    middle = median(map(len, codes))
    return [code for code in codes if not middle / 2 <= len(code) <= middle * 2]


def usual_length(codes: Sequence[str]) -> int | None:
    """Find the length that nearly all codes have."""
    if not codes:
        return None
    length, count = Counter(map(len, codes)).most_common(1)[0]
    return length if count >= USUAL * len(codes) else None


def _why_odd(code: str, *, twins: bool) -> str | None:
    if re.search(r"\s", code):
        return "blank"
    if LATIN.search(code) and CYRILLIC.search(code):
        return "mixed"
    if not PLAIN.fullmatch(code):
        return "sign"
    return "case" if twins else None


def is_table(text: str) -> bool:
    """Whether pasted text is a table: its first line has several cells, one of which names codes."""
    first = [cell.strip().strip('"').casefold() for cell in re.split(r"[,;\t|]", text.lstrip().partition("\n")[0])]
    return len(first) > 1 and any(names_codes(cell) for cell in first)


def pasted(text: str) -> list[Line]:
    """Split what was pasted: a code a line, or several with commas, semicolons, bars or tabs between them."""
    rows = enumerate(text.splitlines(), 1)
    return list(chain.from_iterable(((number, part) for part in re.split(r"[,;\t|]", row)) for number, row in rows))
