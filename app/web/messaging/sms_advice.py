"""What makes an SMS dear or odd without need, and what to write instead: accents, signs, letters that look alike."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

Script = Literal["Latin", "Cyrillic", "Greek", "other"]

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = frozenset("\f^{}\\[~]|€")  # an escape goes before each of them: two septets
INSTEAD = {
    **dict.fromkeys("«»„“”‟″‶ʺ˝〝〞〟❝❞", '"'),
    **dict.fromkeys("‘’‚‛′‵´`ʼʻʽʹˈ‹›❛❜՚ꞌ", "'"),
    **dict.fromkeys("‐‑‒–—―−⁃⸺⸻➖¯", "-"),
    **dict.fromkeys("\u200b\u200c\u200d\u200e\u200f\u061c\u180e\u2060\u2061\u2062\u2063\ufeff\u00ad\ufe0e\ufe0f", ""),
    **dict.fromkeys("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", ""),
    **dict.fromkeys("\u2028\u2029\u0085\u000b", "\n"),
    **dict.fromkeys("•·∙‧●◦▪■◆★☆✱", "*"),
    **dict.fromkeys("⁄∕÷", "/"),
    "…": "...",
    "×": "x",
    "\t": " ",
    "№": "No.",
    "™": "(TM)",
    "©": "(C)",
    "®": "(R)",
    "℠": "(SM)",
    "→": "->",
    "➔": "->",
    "➜": "->",
    "←": "<-",
    "↔": "<->",
    "⇒": "=>",
    "≈": "~",
    "≠": "!=",
    "≤": "<=",
    "≥": ">=",
    "±": "+/-",
    "¦": "|",
    "‖": "||",
    "‗": "_",
    "¢": "c",
    "₽": "RUB",
    "₴": "UAH",
    "₸": "KZT",
    "₹": "INR",
    "₺": "TRY",
    "₪": "ILS",
    "₩": "KRW",
    "₿": "BTC",
    "ł": "l",
    "Ł": "L",
    "đ": "d",
    "Đ": "D",
    "ħ": "h",
    "Ħ": "H",
    "ŧ": "t",
    "Ŧ": "T",
    "ı": "i",
    "ĸ": "k",
    "ŋ": "n",
    "Ŋ": "N",
    "œ": "oe",
    "Œ": "OE",
    "þ": "th",
    "Þ": "Th",
    "ð": "d",
    "Ð": "D",
    "ſ": "s",
    "ɡ": "g",
    "ẞ": "SS",
}
CYRILLIC_TWINS = dict(zip("АВСЕНІЈКМОРЅТХУасеіјкорѕху", "ABCEHIJKMOPSTXYaceijkopsxy", strict=True))
GREEK_TWINS = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEZHIKMNOPTYXo", strict=True))
LATIN_TWINS = dict(zip("ABCEHKMOPTXYacekopxy", "АВСЕНКМОРТХУасекорху", strict=True))
WORD = re.compile(r"[^\W\d_]+")
CLUSTER = re.compile(r"\r\n|(?s:.)[\u0300-\u036f\u0483-\u0487\u1ab0-\u1aff\u20d0-\u20ff]*")


@dataclass(frozen=True)
class LookAlike:
    """A letter of another alphabet in a word, and the one that it looks like."""

    letter: str
    instead: str
    word: str
    script: Script  # of the letter


def is_gsm(text: str) -> bool:
    return all(character in BASIC or character in EXTENDED for character in text)


def clusters(text: str) -> list[str]:
    """Cut a text into characters as people see them: a letter with its accents is one."""
    return CLUSTER.findall(text)


def instead_of(cluster: str) -> str | None:
    """What GSM-7 has for a character: itself, a likeness, an accented letter without its accent; None for nothing."""
    composed = unicodedata.normalize("NFC", cluster)
    for text in (cluster, composed):
        if is_gsm(text):
            return text
        if text in INSTEAD:
            return INSTEAD[text]
    bare = (character for character in unicodedata.normalize("NFKD", composed) if not unicodedata.combining(character))
    plain = "".join(" " if character.isspace() else INSTEAD.get(character, character) for character in bare)
    return plain if plain and plain != cluster and is_gsm(plain) else None


def replaced(text: str) -> str | None:
    """The text with everything replaced that GSM-7 does not have; None if something cannot be."""
    parts: list[str] = []
    for cluster in clusters(text):
        instead = instead_of(cluster)
        if instead is None:
            return None
        is_fraction = len(cluster) == 1 and unicodedata.decomposition(cluster).startswith("<fraction>")
        if is_fraction and parts and parts[-1][-1:].isdigit():
            parts.append(" ")  # 2½ is no 21/2
        parts.append(instead)
    return "".join(parts)


def look_alikes(text: str) -> list[LookAlike]:
    """Name letters of one alphabet in words of another, each once a word."""
    found = [alike for _word, alikes in _strangers(text) for alike in alikes.values()]
    return list(dict.fromkeys(found))


def tidied(text: str) -> str:
    """The text with accents and letters put together, and letters of the alphabet that their word is of."""
    composed = unicodedata.normalize("NFC", text)
    parts, place = [], 0
    for match, alikes in _strangers(composed):
        parts += [
            composed[place : match.start()],
            *(alikes[at].instead if at in alikes else letter for at, letter in enumerate(match[0])),
        ]
        place = match.end()
    return "".join([*parts, composed[place:]])


def _strangers(text: str) -> list[tuple[re.Match[str], dict[int, LookAlike]]]:
    """Find the words that hold such letters, and which, by their places in the word."""
    letters = [script_of(letter) for letter in text if letter.isalpha()]
    counts = {script: letters.count(script) for script in ("Latin", "Cyrillic", "Greek")}
    home: Script = "Cyrillic" if counts["Cyrillic"] > counts["Latin"] else "Latin"
    others = [letter for letter in text if script_of(letter) in {"Cyrillic", "Greek"}]
    is_latin = home == "Latin" and counts["Latin"] > 0 and all(letter in TWINS["Latin"] for letter in others)
    found = ((match, _in_word(match[0], home, is_latin=is_latin)) for match in WORD.finditer(text))
    return [(match, alikes) for match, alikes in found if alikes]


def _in_word(word: str, home: Script, *, is_latin: bool) -> dict[int, LookAlike]:
    """Find the strangers of a word: runs of letters of another alphabet all of which have a twin in its own."""
    scripts = [script_of(letter) for letter in word]
    main: Script = max(("Latin", "Cyrillic"), key=lambda script: (scripts.count(script), script == home))
    if is_latin or (home == "Cyrillic" and len(word) == 1 and word.islower()):
        main = home  # no word of the other alphabet is expected here
    twins = TWINS[main]
    alikes: dict[int, LookAlike] = {}
    for script, places in groupby(range(len(word)), key=lambda place: scripts[place]):
        run = list(places)
        if script != main and all(word[place] in twins for place in run):
            alikes |= {place: LookAlike(word[place], twins[word[place]], word, script) for place in run}
    return alikes


TWINS: dict[Script, dict[str, str]] = {"Latin": CYRILLIC_TWINS | GREEK_TWINS, "Cyrillic": LATIN_TWINS}


def script_of(letter: str) -> Script:
    for script, first, last in (("Cyrillic", "\u0400", "\u052f"), ("Greek", "\u0370", "\u03ff")):
        if first <= letter <= last:
            return script  # type: ignore[return-value]  # one of the two above
    return "Latin" if unicodedata.name(letter, "").startswith("LATIN") else "other"
