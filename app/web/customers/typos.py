"""Typing mistakes: what somebody may have meant by an address or a number that leads to nobody."""

from __future__ import annotations

import re
from difflib import get_close_matches
from itertools import pairwise
from typing import TYPE_CHECKING

from app.web.cells.emails import read_email
from app.web.cells.phones import FULL, read_phone
from app.web.customers.parse import DIGITS, tidy

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST = 200  # spellings that are tried in one call
DOMAINS = (
    "gmail.com",
    "mail.ru",
    "yandex.ru",
    "ya.ru",
    "yandex.com",
    "bk.ru",
    "list.ru",
    "inbox.ru",
    "rambler.ru",
    "internet.ru",
    "outlook.com",
    "hotmail.com",
    "yahoo.com",
    "icloud.com",
    "me.com",
    "proton.me",
    "example.com",
)
# Letters that look alike, from the wrong alphabet.
LATIN = str.maketrans("асеорхуіАВЕКМНОРСТХУ", "aceopxyiABEKMHOPCTXY")
# Keys that were pressed in the wrong layout: what stands on the same key of a Russian keyboard.
KEYS = str.maketrans("йцукенгшщзфывапролдячсмить.бю", "qwertyuiopasdfghjklzxcvbnm/,.")
TEN = "0123456789"


def likely_emails(text: str) -> list[str]:
    """List addresses that may have been meant, the likeliest first; not the one that was typed."""
    spoken = tidy(text).lower()
    typed = read_email(spoken)
    closed_up = re.sub(r"\s*@\s*", "@", spoken).strip(".,;:")
    ways = (closed_up, *_of_the_whole(spoken), *(_of_the_parts(closed_up) if closed_up.count("@") == 1 else ()))
    found = [read_email(way) for way in ways]
    return [address for address in dict.fromkeys(found) if address and address != typed][:MOST]


def _of_the_whole(spoken: str) -> Iterator[str]:
    """Mend what stands in the wrong alphabet, and an @ that is a comma, a quote, a blank or missing."""
    yield spoken.translate(LATIN)
    if not re.search("[a-z]", spoken):
        yield re.sub(r"[\"']", "@", spoken.translate(KEYS), count=1)
    if "@" not in spoken:
        for domain in DOMAINS:
            if spoken.endswith(domain):
                yield f"{spoken.removesuffix(domain).rstrip('.,#2 ')}@{domain}"
        yield re.sub(r"(\s|#|\"|'|\(at\)|\[at\])+", "@", spoken, count=1)


def _of_the_parts(address: str) -> Iterator[str]:
    """Mend the domain, then each of the two parts by one letter left out, doubled or swapped."""
    name, _, domain = address.partition("@")
    name, domain = name.translate(LATIN), re.sub(r"[,/]|\.\.+", ".", domain.translate(LATIN))
    yield f"{name}@{domain}"
    if not re.search("[a-z]", name):
        yield f"{name.translate(KEYS)}@{domain}"
    for near in get_close_matches(domain, DOMAINS, n=3, cutoff=0.7):
        yield f"{name}@{near}"
    if "." not in domain:
        yield from (f"{name}@{domain}.{ending}" for ending in ("ru", "com"))
    yield from (f"{way}@{domain}" for way in _one_off(name))


def likely_phones(text: str) -> list[str]:
    """List numbers that may have been meant: one digit left out, doubled, wrong or swapped with its neighbour."""
    digits = re.sub(r"\D", "", tidy(text).translate(DIGITS))
    typed = read_phone(text)
    if not 9 <= len(digits) <= 12:  # one more or less than phone numbers have
        return []
    start = typed.lstrip("+") if typed else digits
    ways = [start, *_one_off(start), *(_one_more(start) if not typed else ()), *_one_wrong(start)]
    found = [read_phone(f"+{way}" if len(way) >= FULL else way) for way in ways]
    return [number for number in dict.fromkeys(found) if number and number != typed][:MOST]


def _one_off(word: str) -> Iterator[str]:
    """Swap neighbours; leave one sign out."""
    for place, (left, right) in enumerate(pairwise(word)):
        if left != right:
            yield word[:place] + right + left + word[place + 2 :]
    yield from (word[:place] + word[place + 1 :] for place in range(len(word)) if len(word) > 1)


def _one_more(digits: str) -> Iterator[str]:
    yield from (digits[:place] + one + digits[place:] for place in range(len(digits) + 1) for one in TEN)


def _one_wrong(digits: str) -> Iterator[str]:
    yield from (digits[:place] + one + digits[place + 1 :] for place in range(len(digits)) for one in TEN)
