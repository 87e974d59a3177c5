"""Is a password easy to guess? zxcvbn knows the common ones, words, names, dates and rows of keys."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.store.people import Person

WORST_GOOD = 3  # of 4: would hold for a while against somebody who has the database
LONGEST = 72  # characters that are judged: it takes long, and such a one is good by then
OF_THE_DESK = ("desk46", "rees46")
# Russian words are often typed on Latin keys ("gfhjkm"), and common passwords on Russian ones.
KEYS = str.maketrans("йцукенгшщзхъфывапролджэячсмитьбюё", "qwertyuiop[]asdfghjkl;'zxcvbnm,.`")


def is_easy_to_guess(password: str, person: Person) -> bool:
    """Judge a password, and what is left of it without the person's own name and address."""
    from zxcvbn import zxcvbn  # noqa: PLC0415  # its lists are 11 MB, and few processes are ever asked

    own = _words_of(person)
    written = password.lower()[:LONGEST]
    rest = re.sub("|".join(map(re.escape, own)), "", written)
    candidates = {written, rest, written.translate(KEYS), rest.translate(KEYS)}
    return any(zxcvbn(candidate or "-", user_inputs=own)["score"] < WORST_GOOD for candidate in candidates)


def _words_of(person: Person) -> list[str]:
    """Name the words that belong to a person, longest first, on either keyboard."""
    words = re.findall(r"\w{3,}", f"{person.name} {person.email}".lower())
    both = {written for word in (*words, *OF_THE_DESK) for written in (word, word.translate(KEYS))}
    return sorted(both, key=len, reverse=True)
