"""The second step of signing in: a code, after the password was right.

In between the browser holds a token that opens nothing (store/tokens.py); only the right code begins a session.
"""

from __future__ import annotations

from flask import session
from flask_babel import gettext as _
from structlog import get_logger

from app.store import second_factors, tokens
from app.store.people import Person
from app.store.wrong_passwords import of_second_factor
from app.vault import KeyChanged
from app.web.context import desk, settings
from app.web.sign_in.passwords import TooManyTries, counted, known_device

HALF = "half_signed_in"  # where the browser's cookie keeps the token


class TooManyCodes(TooManyTries):
    """There were so many wrong codes that the next one has to wait."""

    def words(self) -> str:
        return _("Too many wrong codes. Your code was not looked at. Try again %(wait)s.", wait=self.in_words)


def is_asked_of(person: Person) -> bool:
    """Whether a password alone does not sign this person in."""
    with desk().reading() as db:
        return second_factors.of_person(db, person.id) is not None


def begin_half(person: Person) -> None:
    """Remember that the password was right; what this browser kept before is forgotten."""
    with desk().writing() as db:
        token = tokens.give(db, person.id, "sign_in")
    session.clear()
    session[HALF] = token


def half_signed_in() -> Person | None:
    """Give the person whose password was right a moment ago, and who may still sign in."""
    with desk().reading() as db:
        number = tokens.person_of(db, str(session.get(HALF, "")), "sign_in")
        person = db.get(Person, number) if number else None
    return person if person and person.active and not person.is_password_expired else None


def end_half() -> bool:
    """Use the token up; False when it was used up meanwhile."""
    with desk().writing() as db:
        return tokens.take(db, str(session.get(HALF, "")), "sign_in") is not None


def is_right_code(person: Person, code: str) -> bool:
    """Check a code and count the try; raise TooManyCodes if there were too many wrong ones before."""
    limits = [of_second_factor(person.id, known_device(person))]
    return counted(limits, lambda: _use(person, code), TooManyCodes)


def _use(person: Person, code: str) -> bool:
    with desk().writing() as db:
        factor = second_factors.of_person(db, person.id)
        try:
            return factor is not None and second_factors.use(db, factor, code, settings().key)
        except KeyChanged:  # recovery codes are still good
            get_logger().error("a second factor was kept under another secret key", person=person.id)
            return False
