"""In which encoding a text file is written: its mark, else UTF-8 where nearly all of it is, else by its letters."""

from __future__ import annotations

import codecs
import re
import unicodedata
from itertools import pairwise
from math import log
from typing import NamedTuple

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CYRILLIC = ("cp1251", "koi8-r", "cp866", "iso-8859-5", "mac-cyrillic")
WESTERN = ("cp1252", "cp1250")  # of equal likelihood the first
TURKISH, NO_TURKISH = set(b"\xd0\xdd\xde\xf0\xfd\xfe"), set(b"\xe1\xe6\xe9\xed\xf3\xfa")  # ğ ı ş, but not á æ é í ó ú
VOWELS = set("aeiouy")
LOOKED_AT = 200_000  # bytes by which the encoding is told
MOST_STRAY = 0.05  # the share of letters that may be damaged in a text which is UTF-8 all the same
# How often each letter stands in Russian text, in thousandths.
LETTERS = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё"
SHARES = (110, 85, 80, 74, 67, 63, 55, 47, 45, 44, 35, 32, 30, 28, 26, 20, 19, 17, 17, 16, 16, 14, 12, 10, 9, 7, 6, 5)
OFTEN = dict(zip(LETTERS, (*SHARES, 4, 3, 3, 1, 1), strict=True)) | dict.fromkeys("іїєґў", 5)  # of the neighbours
SELDOM, UNLIKELY = 0.05, -4.0
STRAY = "\N{REPLACEMENT CHARACTER}"


class Decoded(NamedTuple):
    """The text, and how it was read. Bytes that are no text there stand as U+FFFD."""

    text: str
    encoding: str


def decoded(content: bytes, encoding: str | None = None) -> Decoded:
    """Decode a file; `encoding` when a person chose it."""
    if encoding is None:
        encoding = _marked(content) or _without_mark(content) or _told_by_letters(content)
    return Decoded(content.decode(encoding, errors="replace").removeprefix("\ufeff"), encoding.removesuffix("-sig"))


def _marked(content: bytes) -> str | None:
    return next((encoding for mark, encoding in MARKS if content.startswith(mark)), None)


def _without_mark(content: bytes) -> str | None:
    """UTF-8 hardly happens by accident; UTF-16 has NULs, all at odd places or all at even ones."""
    if b"\0" in content:
        return next((encoding for encoding in ("utf-16-le", "utf-16-be") if _is_utf16(content, encoding)), None)
    text = content.decode("utf-8", errors="replace")
    whole = sum(1 for sign in text if sign > "\x7f" and sign != STRAY)
    stray = text.count(STRAY)
    return "utf-8" if stray == 0 or stray <= whole * MOST_STRAY else None


def _is_utf16(content: bytes, encoding: str) -> bool:
    text = content.decode(encoding, errors="replace")
    return len(content) % 2 == 0 and bool(re.search(r"[\n,;\t@ ]", text)) and not re.search(r"[\0-\x08\ufffd]", text)


def _told_by_letters(content: bytes) -> str:
    """Western letters stand among Latin ones; Russian words are made of Russian letters, the frequent ones most."""
    found = re.findall(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*", content[:LOOKED_AT])
    words = [word for word in found if len(word) > 1 or word.decode("cp1252", "replace").isalpha()]  # no dash, no euro
    mixed = [word for word in words if re.search(rb"[A-Za-z]", word)]
    if len(mixed) * 2 >= len(words):
        return _western(mixed)
    return max(CYRILLIC, key=lambda encoding: sum(_likelihood(word.decode(encoding, "replace")) for word in words))


def _western(words: list[bytes]) -> str:
    """Between Western and Central Europe vowels decide: `Dvo?ák` wants a consonant, `Bj?rn` a vowel."""
    signs = {sign for word in words for sign in word}
    if signs & TURKISH and not signs & NO_TURKISH and STRAY not in bytes(signs).decode("cp1254", "replace"):
        return "cp1254"
    return max(WESTERN, key=lambda encoding: sum(_sounds(word.decode(encoding, "replace").lower()) for word in words))


def _sounds(word: str) -> int:
    """How many neighbours of its special letters are of the other kind; a sign in a word counts against it."""
    kinds = ["v" if _plain(sign) in VOWELS else "c" if sign.isalpha() and sign not in "ªº" else "" for sign in word]
    special = [place for place, sign in enumerate(word) if sign > "\x7f"]
    around = [(kinds[place], kinds[place - 1 : place] + kinds[place + 1 : place + 2]) for place in special]
    return sum(sum(other not in {own, ""} for other in beside) if own else -3 for own, beside in around)


def _plain(sign: str) -> str:
    """A letter without its marks; the vowels of the north have none that could be taken off."""
    return {"ø": "o", "æ": "a", "œ": "o", "ı": "i"}.get(sign, unicodedata.normalize("NFD", sign)[:1])


def _likelihood(word: str) -> float:
    """How likely a word is Russian: by its letters, and by capitals that stand where capitals do."""
    letters = sum(log(OFTEN.get(sign.lower(), SELDOM)) if sign.lower() in OFTEN else UNLIKELY for sign in word)
    odd_capitals = sum(1 for left, right in pairwise(word) if left.islower() and right.isupper())
    return letters - 6 * odd_capitals
